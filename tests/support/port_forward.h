// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUdpSocket>

namespace support {

/// Hands UDP and TCP of one loopback address and port on to another port of 127.0.0.1, while the event loop runs: for
/// programs that know one port only, in front of servers that listen on addresses of interfaces only.
class PortForward : public QObject {
    Q_OBJECT

public:
    /// Ends the test program where the address is taken or may not be used: ports below 1024 need root.
    PortForward(const QString& address, quint16 port, quint16 target);

private:
    void connectThrough(QTcpSocket* client);
    void sendOn(const QByteArray& datagram, const QHostAddress& from, quint16 fromPort);

    quint16 m_target;
    QTcpServer m_tcp;
    QUdpSocket m_udp;
};

} // namespace support
