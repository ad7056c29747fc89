// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QEventLoop>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>
#include <QTimer>

/// Runs the event loop until a connection is over: false where that takes too long. Sleeps no moment longer, as
/// QTest::qWaitFor() does.
inline bool untilClosed(QAbstractSocket& socket)
{
    QEventLoop loop;
    QTimer deadline;
    QObject::connect(&deadline, &QTimer::timeout, &loop, &QEventLoop::quit);
    deadline.start(20'000);
    const auto look = [&] {
        if (socket.state() == QAbstractSocket::UnconnectedState)
            loop.quit();
    };
    QObject::connect(&socket, &QAbstractSocket::stateChanged, &loop, look);
    QTimer::singleShot(0, &loop, look);
    loop.exec();
    return socket.state() == QAbstractSocket::UnconnectedState;
}

/// What an authority sees that validates tls-alpn-01 on a port of loopback, by Qt's TLS client.
struct AcmeTlsClient {
    quint16 port;
    QByteArray protocol = "acme-tls/1";
    QHostAddress host {QHostAddress::LocalHost};

    /// A connection whose handshake has begun.
    std::unique_ptr<QSslSocket> begin(const QString& serverName) const
    {
        auto socket = std::make_unique<QSslSocket>();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setAllowedNextProtocols({protocol});
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // the certificate is what it is about
        socket->setSslConfiguration(configuration);
        socket->setPeerVerifyName(serverName);
        QSslSocket* const started = socket.get();
        QObject::connect(started, &QSslSocket::connected, started, [started] { started->startClientEncryption(); });
        started->connectToHost(host, port);
        return socket;
    }

    /// The certificate that is shown for `serverName` once the connection is over; null where there is none.
    static QSslCertificate shownBy(QSslSocket& socket)
    {
        QSslCertificate shown;
        QObject::connect(&socket, &QSslSocket::encrypted, &socket, [&] {
            shown = socket.sslConfiguration().nextNegotiatedProtocol() == "acme-tls/1" ? socket.peerCertificate()
                                                                                       : QSslCertificate();
        });
        if (!untilClosed(socket))
            qFatal("the responder does not close connections");
        return shown;
    }

    QSslCertificate shown(const QString& serverName) const
    {
        const auto socket = begin(serverName);
        return shownBy(*socket);
    }
};
