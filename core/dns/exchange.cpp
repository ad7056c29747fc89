// SPDX-License-Identifier: Apache-2.0
#include "dns/exchange.h"

#include "base/delivery.h"
#include "dns/message.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QTcpSocket>
#include <QtEndian>
#include <QTimer>
#include <QUdpSocket>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Reply = base::Delivery<Result<QByteArray>>;

constexpr qsizetype lengthSize = 2; // before each message on TCP (RFC 1035 section 4.2.2)
constexpr qint64 longestReply = 65535 + lengthSize;

Result<QByteArray> cancelled()
{
    return base::failed(ErrorCode::Cancelled, u"stopped"_s);
}

/// Delivers the first of: what `reply` gets elsewhere, the end of the time, a stop.
Task<Result<QByteArray>> firstOf(Reply reply, std::chrono::milliseconds limit, std::stop_token stop)
{
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout,
                     [reply] { reply.deliver(base::failed(ErrorCode::Timeout, u"no answer in time"_s)); });
    timer.start(limit);
    const std::stop_callback onStop(stop, [reply] { reply.deliver(cancelled()); });
    co_return co_await reply;
}

void readDatagrams(QUdpSocket& socket, const Reply& reply, const QByteArray& query)
{
    if (!socket.hasPendingDatagrams()) // Qt tells so of an ICMP error
        reply.deliver(base::failed(ErrorCode::Network, u"nobody listens there"_s));
    while (socket.hasPendingDatagrams()) {
        QByteArray datagram(socket.pendingDatagramSize(), Qt::Uninitialized);
        datagram.resize(qMax<qint64>(0, socket.readDatagram(datagram.data(), datagram.size())));
        if (isReplyTo(datagram, query))
            reply.deliver(std::move(datagram));
    }
}

void connectFailure(QAbstractSocket& socket, const Reply& reply)
{
    QObject::connect(&socket, &QAbstractSocket::errorOccurred,
                     [&socket, reply] { reply.deliver(base::failed(ErrorCode::Network, socket.errorString())); });
}

Task<Result<QByteArray>> askOverUdp(QByteArray query, QHostAddress address, quint16 port,
                                    std::chrono::milliseconds limit, std::stop_token stop)
{
    const Reply reply;
    QUdpSocket socket;
    connectFailure(socket, reply);
    QObject::connect(&socket, &QUdpSocket::connected, [&socket, query] { socket.write(query); });
    QObject::connect(&socket, &QUdpSocket::readyRead, [&socket, reply, query] { readDatagrams(socket, reply, query); });
    socket.connectToHost(address, port);
    co_return co_await firstOf(reply, limit, std::move(stop));
}

void readStream(QTcpSocket& socket, const Reply& reply, const QByteArray& query)
{
    const QByteArray head = socket.peek(lengthSize);
    if (head.size() < lengthSize)
        return;
    const qsizetype length = qFromBigEndian<quint16>(head.constData());
    if (socket.bytesAvailable() < lengthSize + length)
        return;
    QByteArray message = socket.read(lengthSize + length).sliced(lengthSize);
    if (isReplyTo(message, query))
        reply.deliver(std::move(message));
    else
        reply.deliver(base::failed(ErrorCode::Protocol, u"the answer over TCP is none to what was asked"_s));
}

Task<Result<QByteArray>> askOverTcp(QByteArray query, QHostAddress address, quint16 port,
                                    std::chrono::milliseconds limit, std::stop_token stop)
{
    const Reply reply;
    QTcpSocket socket;
    socket.setReadBufferSize(longestReply);
    connectFailure(socket, reply);
    QObject::connect(&socket, &QTcpSocket::connected, [&socket, query] {
        QByteArray length(lengthSize, Qt::Uninitialized);
        qToBigEndian(static_cast<quint16>(query.size()), length.data());
        socket.write(length + query);
    });
    QObject::connect(&socket, &QTcpSocket::readyRead, [&socket, reply, query] { readStream(socket, reply, query); });
    socket.connectToHost(address, port);
    co_return co_await firstOf(reply, limit, std::move(stop));
}

Task<Result<QHostAddress>> addressOf(QString host, std::stop_token stop)
{
    if (const QHostAddress address(host); !address.isNull())
        co_return address;
    const base::Delivery<std::optional<QHostInfo>> found;
    QObject context;
    const int lookup = QHostInfo::lookupHost(host, &context, [found](const QHostInfo& info) { found.deliver(info); });
    const std::stop_callback onStop(stop, [found] { found.deliver(std::nullopt); });
    const auto info = co_await found;
    QHostInfo::abortHostLookup(lookup);
    if (!info)
        co_return base::failed(ErrorCode::Cancelled, u"stopped"_s);
    if (info->addresses().isEmpty())
        co_return base::failed(ErrorCode::Network, u"this machine cannot resolve its name: "_s + info->errorString());
    co_return info->addresses().constFirst();
}

Task<Result<QByteArray>> askRepeatedly(QByteArray message, QHostAddress address, quint16 port, ExchangeLimits limits,
                                       std::stop_token stop)
{
    Result<QByteArray> reply = base::failed(ErrorCode::Timeout, u"it was never asked"_s);
    for (int attempt = 0; attempt < limits.tries; ++attempt) {
        reply = co_await askOverUdp(message, address, port, limits.perTry, stop);
        if (reply || reply.error().code() != ErrorCode::Timeout)
            break;
    }
    if (!reply || !isTruncated(*reply))
        co_return reply;
    co_return co_await askOverTcp(std::move(message), address, port, limits.perTry, std::move(stop));
}

} // namespace

Task<Result<QByteArray>> exchange(QByteArray message, ServerAddress server, ExchangeLimits limits, std::stop_token stop)
{
    auto address = co_await addressOf(server.host, stop);
    if (!address)
        co_return base::failed(std::move(address), u"the DNS server %1"_s.arg(server.toString()));
    auto reply = co_await askRepeatedly(std::move(message), *address, server.port, limits, std::move(stop));
    if (!reply)
        co_return base::failed(std::move(reply), u"the DNS server %1"_s.arg(server.toString()));
    co_return reply;
}

} // namespace dns
