// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace support {

/// A website on port 80 that serves a folder, and lets everybody wait until it is released.
///
/// Works by the event loop of its thread. Ends the test program where it cannot listen.
class HeldWebsite {
public:
    HeldWebsite(const QString& address, QString folder)
        : m_folder(std::move(folder))
    {
        constexpr quint16 http = 80;
        if (!m_server.listen(QHostAddress(address), http))
            qFatal("cannot listen on port 80 of %s: %s", qPrintable(address), qPrintable(m_server.errorString()));
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    }

    /// How many connections came so far.
    int asked() const { return m_asked; }
    void release()
    {
        m_released = true;
        for (QTcpSocket* socket : m_server.findChildren<QTcpSocket*>())
            answer(socket);
    }

private:
    void accept()
    {
        QTcpSocket* socket = m_server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        ++m_asked;
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { answer(socket); });
    }

    void answer(QTcpSocket* socket)
    {
        if (!m_released || !socket->canReadLine())
            return;
        const QByteArray path = socket->readLine().split(' ').value(1);
        QFile file(m_folder + QString::fromUtf8(path));
        const bool found = file.open(QIODevice::ReadOnly);
        const QByteArray body = found ? file.readAll() : QByteArray();
        socket->write((found ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found")
                      + QByteArray("\r\nConnection: close\r\nContent-Length: ") + QByteArray::number(body.size())
                      + "\r\n\r\n" + body);
        socket->disconnectFromHost();
    }

    QString m_folder;
    QTcpServer m_server;
    int m_asked = 0;
    bool m_released = false;
};

} // namespace support
