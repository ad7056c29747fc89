// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_handle.h"
#include "crypto/certificate_stack.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pkcs12.h"

#include <openssl/provider.h>

#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

struct Parts {
    PkeyPtr key;
    X509Ptr certificate;
    X509StackPtr others;
};

std::optional<Parts> parse(PKCS12* file, const char* password)
{
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* others = nullptr;
    if (PKCS12_parse(file, password, &key, &certificate, &others) != 1)
        return std::nullopt;
    return Parts {PkeyPtr(key), X509Ptr(certificate), X509StackPtr(others)};
}

/// Files of old Windows encrypt certificates with RC2, which lives in a provider of its own.
std::optional<Parts> parseWithOldCiphers(PKCS12* file, const char* password)
{
    if (auto parts = parse(file, password))
        return parts;
    OSSL_PROVIDER* const legacy = OSSL_PROVIDER_try_load(nullptr, "legacy", 1);
    auto parts = legacy ? parse(file, password) : std::nullopt;
    if (legacy)
        OSSL_PROVIDER_unload(legacy);
    return parts;
}

QString friendlyNameOf(X509* x509)
{
    int length = 0;
    const unsigned char* const name = X509_alias_get0(x509, &length);
    return name ? QString::fromUtf8(reinterpret_cast<const char*>(name), length) : QString();
}

base::Result<Pkcs12Contents> contentsOf(Parts parts)
{
    Pkcs12Contents contents;
    if (parts.certificate) {
        contents.friendlyName = friendlyNameOf(parts.certificate.get());
        auto certificate = wrapCertificate(std::move(parts.certificate), u"reading a certificate"_s);
        if (!certificate)
            return base::failed(std::move(certificate).error());
        contents.certificate = *std::move(certificate);
    }
    if (parts.key) {
        auto key = wrapPrivate(std::move(parts.key));
        if (!key)
            return base::failed(std::move(key).error());
        contents.key = *std::move(key);
    }
    auto others = certificatesOf(parts.others.get());
    if (!others)
        return base::failed(std::move(others).error());
    contents.others = *std::move(others);
    return contents;
}

} // namespace

base::Result<Pkcs12Contents> readPkcs12(QByteArrayView file, const base::Secret& password)
{
    const auto read = readDer<Pkcs12Ptr>(d2i_PKCS12, file);
    if (!read)
        return refused(base::ErrorCode::InvalidInput, u"this is no PKCS#12 file"_s);
    const TerminatedSecret text(password);
    // Without a password, programs differ in whether it is empty or missing.
    const bool missing = password.isEmpty() && PKCS12_verify_mac(read.get(), nullptr, 0) == 1;
    const char* const used = missing ? nullptr : text.data();
    if (PKCS12_mac_present(read.get()) && !missing && PKCS12_verify_mac(read.get(), used, -1) != 1)
        return refused(base::ErrorCode::WrongPassphrase, u"the password of the PKCS#12 file is another one"_s);
    auto parts = parseWithOldCiphers(read.get(), used);
    if (!parts)
        return opensslFailed(u"reading a PKCS#12 file"_s, base::ErrorCode::Unsupported);
    return contentsOf(*std::move(parts));
}

} // namespace crypto
