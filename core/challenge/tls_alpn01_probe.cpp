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
using Code = Statement::Code;
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

Finding found(Verdict verdict, Code code, const QStringList& details)
{
    return {{}, Finding::Check::AnswerArrives, verdict, {{code, details}}};
}

Finding judged(const QString& where, const Result<QByteArray>& certificate, const QByteArray& digest)
{
    if (!certificate && certificate.error().code() == ErrorCode::Timeout)
        return found(Verdict::Warning, Code::NotInTime, {where}); // a firewall may let the authority through
    if (!certificate)
        return found(Verdict::Bad, Code::NotReached, {where, certificate.error().message()});
    return answers(*certificate, digest) ? found(Verdict::Good, Code::ShowsAnswer, {where})
                                         : found(Verdict::Bad, Code::ShowsOther, {where});
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
        findings.append(found(Verdict::Unknown, Code::AddressUnknown, {name, addresses.error().message()}));
    else if (addresses->isEmpty())
        findings.append(found(Verdict::Bad, Code::NoAddress, {name}));
    else
        for (const QHostAddress& address : addresses->first(qMin(addressesLookedAt, addresses->size()))) {
            auto shown = co_await shownForValidation(address, port, name, m_limit, stop);
            findings.append(judged(placeText(name, address, port), shown, digest));
        }
    co_return summaryOf(findings);
}

} // namespace challenge
