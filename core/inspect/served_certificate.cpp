// SPDX-License-Identifier: Apache-2.0
#include "inspect/served_certificate.h"

#include "base/delivery.h"
#include "http/network_manager.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

namespace inspect {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_3:
        return u"TLSv1.3"_s;
    case QSsl::TlsV1_2:
        return u"TLSv1.2"_s;
    default:
        return u"older than TLSv1.2"_s;
    }
}

/// The only TLS connection of the project that verifies nothing: it looks, reports and hangs up.
class UnverifiedProbe {
public:
    UnverifiedProbe(const QString& host, quint16 port, const QString& sni, std::chrono::milliseconds timeout,
                    const http::Proxy& proxy);

    void fail(ErrorCode code, const QString& detail) const { m_outcome.deliver(base::failed(code, detail)); }
    const base::Delivery<Result<ServedChain>>& outcome() const { return m_outcome; }

private:
    void report() const;
    void reportError() const;

    base::Delivery<Result<ServedChain>> m_outcome;
    QSslSocket m_socket;
};

UnverifiedProbe::UnverifiedProbe(const QString& host, quint16 port, const QString& sni,
                                 std::chrono::milliseconds timeout, const http::Proxy& proxy)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::AnyProtocol);
    m_socket.setSslConfiguration(configuration);
    m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.setProxy(http::networkProxyFor(proxy, host, port));
    QObject::connect(&m_socket, &QSslSocket::encrypted, &m_socket, [this] { report(); });
    QObject::connect(&m_socket, &QSslSocket::errorOccurred, &m_socket, [this] { reportError(); });
    QTimer::singleShot(timeout, &m_socket, [this] { fail(ErrorCode::Timeout, u"no answer in time"_s); });
    m_socket.connectToHostEncrypted(host, port, sni.isEmpty() ? host : sni);
}

void UnverifiedProbe::report() const
{
    ServedChain chain;
    for (const QSslCertificate& certificate : m_socket.peerCertificateChain())
        chain.certificates.append(certificate.toDer());
    chain.protocol = protocolName(m_socket.sessionProtocol());
    chain.cipher = m_socket.sessionCipher().name();
    chain.peerAddress = m_socket.peerAddress().toString();
    m_outcome.deliver(std::move(chain));
}

void UnverifiedProbe::reportError() const
{
    const bool wasConnected = !m_socket.peerAddress().isNull();
    fail(wasConnected ? ErrorCode::Protocol : ErrorCode::Network, m_socket.errorString());
}

} // namespace

base::Task<Result<ServedChain>> servedCertificate(QString host, quint16 port, QString sni, std::stop_token stop,
                                                  std::chrono::milliseconds timeout, http::Proxy proxy)
{
    const UnverifiedProbe probe(host, port, sni, timeout, proxy);
    const std::stop_callback onStop(stop, [&probe] { probe.fail(ErrorCode::Cancelled, u"stopped"_s); });
    auto served = co_await probe.outcome();
    if (!served)
        co_return base::failed(std::move(served), u"looking at the served certificate");
    co_return served;
}

} // namespace inspect
