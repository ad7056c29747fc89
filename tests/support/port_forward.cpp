// SPDX-License-Identifier: Apache-2.0
#include "support/port_forward.h"

#include <QNetworkDatagram>

namespace support {

PortForward::PortForward(const QString& address, quint16 port, quint16 target)
    : m_target(target)
{
    const QHostAddress own(address);
    if (!m_tcp.listen(own, port) || !m_udp.bind(own, port))
        qFatal("%s:%d is needed for this test: %s", qPrintable(address), port, qPrintable(m_tcp.errorString()));
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] { connectThrough(m_tcp.nextPendingConnection()); });
    connect(&m_udp, &QUdpSocket::readyRead, this, [this] {
        while (m_udp.hasPendingDatagrams()) {
            const QNetworkDatagram datagram = m_udp.receiveDatagram();
            sendOn(datagram.data(), datagram.senderAddress(), static_cast<quint16>(datagram.senderPort()));
        }
    });
}

void PortForward::connectThrough(QTcpSocket* client)
{
    auto* server = new QTcpSocket(client);
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    server->connectToHost(QHostAddress::LocalHost, m_target);
    server->write(client->readAll());
}

void PortForward::sendOn(const QByteArray& datagram, const QHostAddress& from, quint16 fromPort)
{
    auto* socket = new QUdpSocket(this);
    connect(socket, &QUdpSocket::readyRead, this, [this, socket, from, fromPort] {
        m_udp.writeDatagram(socket->receiveDatagram().data(), from, fromPort);
        socket->deleteLater();
    });
    socket->writeDatagram(datagram, QHostAddress::LocalHost, m_target);
}

} // namespace support
