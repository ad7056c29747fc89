// SPDX-License-Identifier: Apache-2.0
#include "crypto/tls_acceptor.h"

#include "crypto/validation_certificate.h"
#include "support/memory_tls_client.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr qsizetype longestAnswer = 4096; // a hello, a certificate of one name and its signature

/// A responder to one name, and what a good client says first.
struct Scene {
    crypto::TlsAcceptor acceptor {"acme-tls/1"};
    QByteArray hello = support::MemoryTlsClient({"a.example.test", {"acme-tls/1"}, TLS1_3_VERSION, {}}).receive();
    QByteArray oldHello = support::MemoryTlsClient({"a.example.test", {"acme-tls/1"}, TLS1_2_VERSION, {}}).receive();

    Scene()
    {
        const auto name = base::Identifier::parse(QStringLiteral("a.example.test"));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        acceptor.show(name->value(), *crypto::makeValidationCertificate(*name, "token.thumbprint", now));
    }
};

/// The input itself, or a good hello with a part of it replaced by the input and more of it behind.
QByteArray said(const Scene& scene, QByteArrayView input)
{
    constexpr qsizetype control = 3;
    if (input.size() <= control || input[0] % 4 == 0)
        return input.toByteArray();
    QByteArray bytes = input[0] % 4 == 1 ? scene.oldHello : scene.hello;
    const qsizetype at =
        (static_cast<unsigned char>(input[1]) * 256 + static_cast<unsigned char>(input[2])) % bytes.size();
    const QByteArrayView patch = input.sliced(control);
    return input[0] % 4 == 3 ? bytes + patch.toByteArray() : bytes.replace(at, patch.size(), patch.toByteArray());
}

} // namespace

/// Whatever strangers send, in one piece or in two: it is answered in few bytes and never completes a handshake, which
/// takes a secret.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using crypto::TlsHandshake;
    static const Scene scene;
    const QByteArray bytes = said(scene, QByteArrayView(data, static_cast<qsizetype>(size)));
    for (const qsizetype first : {bytes.size(), bytes.size() / 2}) {
        TlsHandshake handshake = scene.acceptor.begin();
        const qsizetype answered = handshake.receive(QByteArrayView(bytes).first(first)).size()
            + handshake.receive(QByteArrayView(bytes).sliced(first)).size();
        if (answered > longestAnswer || handshake.state() == TlsHandshake::State::Done)
            std::abort();
        if (bytes.size() > crypto::MaximumTlsHandshake && handshake.state() != TlsHandshake::State::Failed)
            std::abort();
    }
    return 0;
}
