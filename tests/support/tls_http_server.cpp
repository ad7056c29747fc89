// SPDX-License-Identifier: Apache-2.0
#include "support/tls_http_server.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 fillerBlock = 256 * 1024;

http::Headers parseHeaders(const QList<QByteArray>& lines)
{
    http::Headers headers;
    for (const QByteArray& line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    return headers;
}

ServedRequest parseHead(const QByteArray& head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    return ServedRequest {words.value(0), words.value(1), parseHeaders(lines), {}};
}

QByteArray encodeHead(const ServedAnswer& answer)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Scripted\r\n";
    bool chunked = false;
    for (const auto& [name, value] : answer.headers) {
        chunked = chunked || name == "Transfer-Encoding";
        head += name + ": " + value + "\r\n";
    }
    if (!chunked)
        head += "Content-Length: " + QByteArray::number(answer.body.size() + answer.filler) + "\r\n";
    return head + "\r\n";
}

} // namespace

QByteArray ServedRequest::header(QByteArrayView name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(), [name](const auto& field) {
        return field.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == headers.end() ? QByteArray() : found->second;
}

TlsHttpServer::TlsHttpServer(const QByteArray& certificatesPem, const QByteArray& keyPem)
{
    setIdentity(certificatesPem, keyPem);
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, &TlsHttpServer::accept);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no free port on 127.0.0.1");
}

TlsHttpServer::~TlsHttpServer()
{
    const QList<QSslSocket*> sockets = m_received.keys();
    for (QSslSocket* socket : sockets)
        socket->disconnect(this);
}

void TlsHttpServer::setIdentity(const QByteArray& certificatesPem, const QByteArray& keyPem)
{
    QSslConfiguration configuration;
    configuration.setLocalCertificateChain(QSslCertificate::fromData(certificatesPem, QSsl::Pem));
    configuration.setPrivateKey(QSslKey(keyPem, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server.setSslConfiguration(configuration);
}

QUrl TlsHttpServer::url(const QString& path, const QString& host) const
{
    return QUrl(u"https://%1:%2%3"_s.arg(host).arg(port()).arg(path));
}

void TlsHttpServer::dropConnections()
{
    const QList<QSslSocket*> sockets = m_received.keys();
    for (QSslSocket* socket : sockets)
        socket->abort();
}

void TlsHttpServer::accept()
{
    auto* socket = static_cast<QSslSocket*>(m_server.nextPendingConnection());
    ++m_connections;
    m_received.insert(socket, {});
    connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QSslSocket::encryptedBytesWritten, this, [this, socket] { writeFiller(socket); });
    connect(socket, &QSslSocket::disconnected, this, [this, socket] {
        m_received.remove(socket);
        m_filler.remove(socket);
        socket->deleteLater();
    });
    read(socket);
}

void TlsHttpServer::read(QSslSocket* socket)
{
    m_received[socket] += socket->readAll();
    while (m_received.contains(socket) && takeRequest(socket)) { }
}

bool TlsHttpServer::takeRequest(QSslSocket* socket)
{
    QByteArray& received = m_received[socket];
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    ServedRequest request = parseHead(received.left(end));
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (received.size() < end + 4 + length)
        return false;
    request.body = received.mid(end + 4, length);
    received.remove(0, end + 4 + length);
    ++m_requests;
    ServedAnswer reply = m_handler(request);
    if (request.method == "HEAD")
        reply.body.clear();
    answer(socket, reply);
    return true;
}

void TlsHttpServer::answer(QSslSocket* socket, const ServedAnswer& answer)
{
    switch (answer.ending) {
    case ServedAnswer::Ending::Reset:
        return socket->abort();
    case ServedAnswer::Ending::Hang:
        return;
    case ServedAnswer::Ending::Cut:
        socket->write(encodeHead(answer) + answer.body.left(answer.body.size() / 2));
        return socket->disconnectFromHost();
    case ServedAnswer::Ending::Keep:
        break;
    }
    socket->write(encodeHead(answer) + answer.body);
    m_filler[socket] = answer.filler;
    writeFiller(socket);
}

void TlsHttpServer::writeFiller(QSslSocket* socket)
{
    const qint64 left = m_filler.value(socket);
    if (left == 0 || socket->encryptedBytesToWrite() > fillerBlock)
        return;
    const qint64 block = std::min(left, fillerBlock);
    m_filler[socket] = left - block;
    socket->write(QByteArray(block, 'x'));
}

} // namespace support
