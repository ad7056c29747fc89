// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_responder.h"

#include "challenge/http01_request.h"

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

constexpr int firstUnprivilegedPort = 1024;

QByteArray response(const QByteArray& status, const QByteArray& body, bool headOnly)
{
    const QByteArray head = "HTTP/1.1 " + status + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n";
    return headOnly ? head : head + body;
}

QString cannotListen(const ListenAddress& address, const QTcpServer& server)
{
    constexpr QStringView elsewhere = u"listen on another port behind a redirect, or answer from the folder of the web "
                                      "server that runs there (webroot)";
    const QString at = address.toString();
    switch (server.serverError()) {
    case QAbstractSocket::SocketAccessError:
        if (address.port < firstUnprivilegedPort)
            return u"%1 cannot be listened on: ports below 1024 need a privilege. Give it to the program (setcap "
                   "cap_net_bind_service=+ep PROGRAM), %2"_s.arg(at, elsewhere);
        break;
    case QAbstractSocket::AddressInUseError:
        return u"%1 is in use by another program (ss -ltnp shows which). Stop that, %2"_s.arg(at, elsewhere);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return u"%1 cannot be listened on: this machine has no such address. Use one of its own or * for all"_s.arg(at);
    default:
        break;
    }
    return u"%1 cannot be listened on: %2"_s.arg(at, server.errorString());
}

} // namespace

struct Http01Responder::Private {
    Http01Limits limits;
    QHash<QByteArray, QByteArray> answers;
    QList<QTcpSocket*> open; ///< oldest first
    QTcpServer server;

    void accept();
    void adopt(QTcpSocket* socket);
    void read(QTcpSocket* socket) const;
    QByteArray answerTo(const Http01Request& request) const;
};

void Http01Responder::Private::accept()
{
    while (QTcpSocket* socket = server.nextPendingConnection())
        adopt(socket);
}

void Http01Responder::Private::adopt(QTcpSocket* socket)
{
    open.append(socket);
    socket->setReadBufferSize(MaximumHttp01Request);
    QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
    QObject::connect(socket, &QTcpSocket::disconnected, &server, [this, socket] {
        open.removeOne(socket);
        socket->deleteLater();
    });
    QTimer::singleShot(limits.perConnection, socket, &QTcpSocket::abort);
    if (open.size() > limits.connections)
        open.constFirst()->abort();
    if (socket->state() != QAbstractSocket::ConnectedState) {
        open.removeOne(socket); // gone before it was looked at: no signal will tell
        socket->deleteLater();
    }
}

void Http01Responder::Private::read(QTcpSocket* socket) const
{
    if (socket->state() != QAbstractSocket::ConnectedState)
        return;
    const Http01Request request = parseHttp01Request(socket->peek(MaximumHttp01Request));
    if (request.kind == Http01Request::Kind::Incomplete)
        return;
    QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
    socket->readAll(); // unread bytes would make the system answer with a reset
    socket->write(answerTo(request));
    socket->disconnectFromHost();
}

QByteArray Http01Responder::Private::answerTo(const Http01Request& request) const
{
    const auto answer = answers.constFind(request.token);
    if (request.kind != Http01Request::Kind::Token || answer == answers.cend())
        return response("404 Not Found", {}, request.headOnly);
    return response("200 OK", *answer, request.headOnly);
}

Http01Responder::Http01Responder(Http01Limits limits)
    : d(std::make_unique<Private>())
{
    d->limits = limits;
    d->server.setListenBacklogSize(limits.connections);
    QObject::connect(&d->server, &QTcpServer::newConnection, &d->server, [this] { d->accept(); });
}

Http01Responder::~Http01Responder()
{
    for (QTcpSocket* socket : std::exchange(d->open, {})) {
        socket->disconnect();
        socket->abort();
    }
}

base::Result<void> Http01Responder::listen(const ListenAddress& address)
{
    if (!d->server.listen(address.address, address.port))
        return base::failed(base::ErrorCode::AddressInUse, cannotListen(address, d->server));
    return {};
}

bool Http01Responder::isListening() const
{
    return d->server.isListening();
}

quint16 Http01Responder::port() const
{
    return d->server.serverPort();
}

void Http01Responder::present(const QString& token, const QString& keyAuthorization)
{
    d->answers.insert(token.toLatin1(), keyAuthorization.toUtf8());
}

void Http01Responder::remove(const QString& token)
{
    d->answers.remove(token.toLatin1());
}

int Http01Responder::connections() const
{
    return static_cast<int>(d->open.size());
}

} // namespace challenge
