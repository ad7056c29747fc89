// SPDX-License-Identifier: Apache-2.0
#include "challenge/bounded_listener.h"

#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

constexpr int firstUnprivilegedPort = 1024;
constexpr qint64 readAtOnce = 8 * 1024; // bytes of one client that wait to be heard
constexpr int backlog = 512; // connections that the system keeps until they are taken up; a client beyond waits seconds

QString cannotListen(const ListenAddress& address, const QTcpServer& server, const QString& elsewhere)
{
    const QString at = address.toString();
    switch (server.serverError()) {
    case QAbstractSocket::SocketAccessError:
        if (address.port < firstUnprivilegedPort)
            return u"%1 cannot be listened on: ports below 1024 need a privilege. Give it to the program (setcap "
                   "cap_net_bind_service=+ep PROGRAM), %2"_s.arg(at, elsewhere);
        break;
    case QAbstractSocket::AddressInUseError:
        return u"%1 is in use (ss -ltnp shows by which program). Stop that, %2"_s.arg(at, elsewhere);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return u"%1 cannot be listened on: this machine has no such address. Use one of its own or * for all"_s.arg(at);
    default:
        break;
    }
    return u"%1 cannot be listened on: %2"_s.arg(at, server.errorString());
}

/// What tells hosts apart that connect too often: the network's half of an IPv6 address, since a host may choose the
/// other half as it likes.
quint64 networkOf(const QTcpSocket& socket)
{
    bool isIpv4 = false;
    const quint32 ipv4 = socket.peerAddress().toIPv4Address(&isIpv4);
    if (isIpv4)
        return ipv4;
    const Q_IPV6ADDR ipv6 = socket.peerAddress().toIPv6Address();
    return qFromBigEndian<quint64>(ipv6.c);
}

struct OpenConnection {
    QTcpSocket* socket;
    quint64 network;
};

/// The oldest connection of the network that has most.
QTcpSocket* mostDispensable(const QList<OpenConnection>& open)
{
    QHash<quint64, int> counts;
    for (const OpenConnection& each : open)
        ++counts[each.network];
    const int most = *std::max_element(counts.cbegin(), counts.cend());
    const auto found = std::find_if(open.begin(), open.end(), [&counts, most](const OpenConnection& each) {
        return counts.value(each.network) == most;
    });
    return found->socket;
}

} // namespace

struct BoundedListener::Private {
    ResponderLimits limits;
    std::function<std::unique_ptr<Conversation>()> begin;
    QList<OpenConnection> open; ///< oldest first
    QTcpServer server;

    void accept();
    void adopt(QTcpSocket* socket);
    void dropOne();
    void forget(QTcpSocket* socket);
    void hear(QTcpSocket* socket, std::unique_ptr<Conversation>& conversation) const;
};

void BoundedListener::Private::accept()
{
    while (QTcpSocket* socket = server.nextPendingConnection())
        adopt(socket);
}

void BoundedListener::Private::adopt(QTcpSocket* socket)
{
    open.append({socket, networkOf(*socket)});
    socket->setReadBufferSize(readAtOnce);
    auto conversation = std::make_shared<std::unique_ptr<Conversation>>();
    QObject::connect(socket, &QTcpSocket::readyRead, socket,
                     [this, socket, conversation] { hear(socket, *conversation); });
    QObject::connect(socket, &QTcpSocket::disconnected, &server, [this, socket] { forget(socket); });
    auto* deadline = new QTimer(socket); // gone with the connection, however many come in a second
    deadline->setSingleShot(true);
    QObject::connect(deadline, &QTimer::timeout, socket, &QTcpSocket::abort);
    deadline->start(limits.perConnection);
    if (open.size() > limits.connections)
        dropOne();
    if (socket->state() != QAbstractSocket::ConnectedState)
        forget(socket); // gone before it was looked at: no signal will tell
}

// In a rush of good clients many connections are taken up before the first of them is heard: what one has said already
// is answered, so that only who has asked nothing is cut off.
void BoundedListener::Private::dropOne()
{
    QTcpSocket* socket = mostDispensable(open);
    const QPointer<QTcpSocket> kept(socket);
    socket->waitForReadyRead(0);
    if (kept && socket->bytesToWrite() > 0)
        socket->flush(); // closes behind it
    if (kept && socket->state() != QAbstractSocket::UnconnectedState)
        socket->abort();
}

void BoundedListener::Private::forget(QTcpSocket* socket)
{
    open.removeIf([socket](const OpenConnection& each) { return each.socket == socket; });
    socket->deleteLater();
}

void BoundedListener::Private::hear(QTcpSocket* socket, std::unique_ptr<Conversation>& conversation) const
{
    if (socket->state() != QAbstractSocket::ConnectedState)
        return;
    if (!conversation)
        conversation = begin();
    const Conversation::Turn turn = conversation->hear(socket->readAll());
    socket->write(turn.reply);
    if (!turn.over)
        return;
    QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
    socket->readAll(); // unread bytes would make the system answer with a reset
    socket->disconnectFromHost();
}

BoundedListener::BoundedListener(ResponderLimits limits, std::function<std::unique_ptr<Conversation>()> begin)
    : d(std::make_unique<Private>())
{
    d->limits = limits;
    d->begin = std::move(begin);
    d->server.setListenBacklogSize(backlog);
    QObject::connect(&d->server, &QTcpServer::newConnection, &d->server, [this] { d->accept(); });
}

BoundedListener::~BoundedListener()
{
    for (const OpenConnection& each : std::exchange(d->open, {})) {
        each.socket->disconnect();
        each.socket->abort();
    }
}

base::Result<void> BoundedListener::listen(const ListenAddress& address, const QString& elsewhere)
{
    if (!d->server.listen(address.address, address.port))
        return base::failed(base::ErrorCode::AddressInUse, cannotListen(address, d->server, elsewhere));
    return {};
}

bool BoundedListener::isListening() const
{
    return d->server.isListening();
}

quint16 BoundedListener::port() const
{
    return d->server.serverPort();
}

int BoundedListener::connections() const
{
    return static_cast<int>(d->open.size());
}

} // namespace challenge
