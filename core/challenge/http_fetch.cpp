// SPDX-License-Identifier: Apache-2.0
#include "base/delivery.h"
#include "challenge/http01_probe.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using Reply = base::Delivery<Result<ProbeReply>>;

constexpr qsizetype longestReply = 64 * 1024;

quint16 usualPort(const QUrl& url)
{
    return url.scheme() == "https"_L1 ? 443 : 80;
}

QByteArray requestFor(const QUrl& url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    QString authority = host.contains(u':') ? u"[%1]"_s.arg(host) : host;
    if (fetchPort(url) != usualPort(url))
        authority += u":%1"_s.arg(url.port());
    const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    return u"GET %1 HTTP/1.1\r\nHost: %2\r\nUser-Agent: Sealwright\r\nAccept: */*\r\nConnection: close\r\n\r\n"_s
        .arg(target.isEmpty() ? u"/"_s : QString::fromLatin1(target), authority)
        .toLatin1();
}

/// The bodies of some servers come in chunks (RFC 9112 section 7.1); of these the first one is enough to compare.
QByteArray withoutChunks(const QByteArray& body)
{
    const qsizetype lineEnd = body.indexOf("\r\n");
    bool valid = false;
    const qsizetype size =
        body.left(qMax<qsizetype>(0, lineEnd)).split(';').constFirst().trimmed().toLongLong(&valid, 16);
    return valid && size >= 0 ? body.mid(lineEnd + 2, size) : body;
}

Result<ProbeReply> readReply(const QByteArray& bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    const QList<QByteArray> lines = bytes.left(headEnd).split('\n');
    const QList<QByteArray> statusLine = lines.constFirst().simplified().split(' ');
    if (headEnd < 0 || statusLine.size() < 2 || !statusLine[0].startsWith("HTTP/1."))
        return base::failed(ErrorCode::Protocol, u"what answers there does not speak HTTP"_s);
    ProbeReply reply {statusLine[1].toInt(), {}, bytes.mid(headEnd + 4)};
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(qMax<qsizetype>(0, colon)).trimmed().toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "location")
            reply.location = QString::fromLatin1(value.left(2000));
        if (name == "transfer-encoding" && value.toLower() == "chunked")
            reply.body = withoutChunks(reply.body);
    }
    return reply;
}

/// Whether everything came that Content-Length promised: some servers keep the connection open all the same.
bool isWhole(const QByteArray& bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return false;
    constexpr QByteArrayView field = "content-length:";
    for (const QByteArray& line : bytes.left(headEnd).split('\n'))
        if (line.toLower().startsWith(field))
            return bytes.size() - headEnd - 4 >= line.mid(field.size()).trimmed().toLongLong();
    return false;
}

/// One connection; ends by delivering.
class Fetch {
public:
    Fetch(QUrl url, QHostAddress address, std::chrono::milliseconds limit)
        : m_request(requestFor(url))
        , m_isOverTls(url.scheme() == "https"_L1)
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setPeerVerifyName(url.host()); // what the server chooses its certificate by
        m_socket.setProxy(QNetworkProxy::NoProxy); // no authority goes through ours
        m_socket.setReadBufferSize(longestReply);
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] { begin(); });
        QObject::connect(&m_socket, &QSslSocket::encrypted, &m_socket, [this] { m_socket.write(m_request); });
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { read(); });
        QObject::connect(&m_socket, &QTcpSocket::errorOccurred, &m_socket, [this] { end(); });
        QTimer::singleShot(limit, &m_socket, [this] { fail(ErrorCode::Timeout, u"no answer in time"_s); });
        m_socket.connectToHost(address, fetchPort(url));
    }

    void fail(ErrorCode code, const QString& detail) { m_reply.deliver(base::failed(code, detail)); }
    const Reply& reply() const { return m_reply; }

private:
    void begin()
    {
        if (m_isOverTls)
            m_socket.startClientEncryption();
        else
            m_socket.write(m_request);
    }

    void read()
    {
        m_received += m_socket.readAll();
        if (m_received.size() > longestReply)
            fail(ErrorCode::Protocol, u"the answer is larger than 64 KiB"_s);
        else if (isWhole(m_received))
            m_reply.deliver(readReply(m_received));
    }

    void end()
    {
        m_received += m_socket.readAll();
        if (m_socket.error() == QAbstractSocket::RemoteHostClosedError && !m_received.isEmpty())
            m_reply.deliver(readReply(m_received));
        else
            fail(ErrorCode::Network, m_socket.errorString());
    }

    QByteArray m_request;
    bool m_isOverTls;
    QByteArray m_received;
    Reply m_reply;
    QSslSocket m_socket;
};

} // namespace

quint16 fetchPort(const QUrl& url)
{
    return static_cast<quint16>(url.port(usualPort(url)));
}

base::Task<Result<ProbeReply>> fetchForProbe(QUrl url, QHostAddress address, std::chrono::milliseconds limit,
                                             std::stop_token stop)
{
    Fetch fetch(url, address, limit);
    const std::stop_callback onStop(stop, [&fetch] { fetch.fail(ErrorCode::Cancelled, u"stopped"_s); });
    auto reply = co_await fetch.reply();
    co_return reply;
}

} // namespace challenge
