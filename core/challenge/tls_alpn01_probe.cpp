// SPDX-License-Identifier: Apache-2.0
#include "challenge/tls_alpn01_probe.h"

#include "base/delivery.h"

#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Verdict = Finding::Verdict;

constexpr qsizetype addressesLookedAt = 4;
/// The acmeIdentifier extension (RFC 8737 section 3), and the head of the OCTET STRING of 32 bytes in it.
constexpr QStringView acmeIdentifier = u"1.3.6.1.5.5.7.1.31";
constexpr QByteArrayView digestHead = "\x04\x20";

/// One handshake; ends by delivering the certificate that was shown.
class Handshake {
public:
    Handshake(const QHostAddress& address, quint16 port, const QString& serverName, std::chrono::milliseconds limit)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setAllowedNextProtocols({"acme-tls/1"});
        m_socket.setSslConfiguration(configuration);
        m_socket.setProxy(QNetworkProxy::NoProxy); // no authority goes through ours
        m_socket.setPeerVerifyName(serverName);
        QObject::connect(&m_socket, &QSslSocket::connected, &m_socket, [this] { m_socket.startClientEncryption(); });
        QObject::connect(&m_socket, &QSslSocket::sslErrors, &m_socket, [this] { report(); });
        QObject::connect(&m_socket, &QSslSocket::encrypted, &m_socket, [this] { report(); });
        QObject::connect(&m_socket, &QSslSocket::errorOccurred, &m_socket,
                         [this] { fail(ErrorCode::Network, m_socket.errorString()); });
        QTimer::singleShot(limit, &m_socket, [this] { fail(ErrorCode::Timeout, u"no answer in time"_s); });
        m_socket.connectToHost(address, port);
    }

    void fail(ErrorCode code, const QString& detail) { m_shown.deliver(base::failed(code, detail)); }
    const base::Delivery<Result<QByteArray>>& shown() const { return m_shown; }

private:
    void report() { m_shown.deliver(m_socket.peerCertificate().toDer()); }

    base::Delivery<Result<QByteArray>> m_shown;
    QSslSocket m_socket;
};

bool answers(const QByteArray& certificate, const QByteArray& digest)
{
    const auto extensions = QSslCertificate(certificate, QSsl::Der).extensions();
    return std::any_of(extensions.begin(), extensions.end(), [&digest](const QSslCertificateExtension& extension) {
        return extension.oid() == acmeIdentifier && extension.isCritical()
            && extension.value().toByteArray() == digestHead.toByteArray() + digest;
    });
}

Finding judged(const QString& where, const Result<QByteArray>& certificate, const QByteArray& digest)
{
    Finding finding {{}, Finding::Check::AnswerArrives, Verdict::Bad, {}};
    if (!certificate && certificate.error().code() == ErrorCode::Timeout) {
        finding.verdict = Verdict::Warning; // a firewall between here and there may let the authority through
        finding.sentence = u"%1 does not answer this machine in time"_s.arg(where);
    } else if (!certificate) {
        finding.sentence = u"%1: %2"_s.arg(where, certificate.error().message());
    } else if (answers(*certificate, digest)) {
        finding.verdict = Verdict::Good;
        finding.sentence = u"%1 shows our answer"_s.arg(where);
    } else {
        finding.sentence = u"%1 shows another certificate: another TLS server is there"_s.arg(where);
    }
    return finding;
}

} // namespace

Task<Result<QByteArray>> shownForValidation(QHostAddress address, quint16 port, QString serverName,
                                            std::chrono::milliseconds limit, std::stop_token stop)
{
    Handshake handshake(address, port, serverName, limit);
    const std::stop_callback onStop(stop, [&handshake] { handshake.fail(ErrorCode::Cancelled, u"stopped"_s); });
    auto shown = co_await handshake.shown();
    co_return shown;
}

TlsAlpn01Probe::TlsAlpn01Probe(std::shared_ptr<AddressView> view, std::chrono::milliseconds limit)
    : m_view(std::move(view))
    , m_limit(limit)
{
}

Task<Finding> TlsAlpn01Probe::look(QString name, quint16 port, QByteArray digest, std::stop_token stop) const
{
    auto addresses = co_await m_view->addresses(name, stop);
    QList<Finding> findings;
    if (!addresses)
        findings.append({{}, Finding::Check::AnswerArrives, Verdict::Unknown, addresses.error().message()});
    else if (addresses->isEmpty())
        findings.append(
            {{}, Finding::Check::AnswerArrives, Verdict::Bad, u"%1 has no address to be looked at"_s.arg(name)});
    else
        for (const QHostAddress& address : addresses->first(qMin(addressesLookedAt, addresses->size()))) {
            auto shown = co_await shownForValidation(address, port, name, m_limit, stop);
            findings.append(judged(u"%1 at %2, port %3"_s.arg(name, address.toString()).arg(port), shown, digest));
        }
    co_return summaryOf(findings);
}

} // namespace challenge
