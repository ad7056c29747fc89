// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/http_message.h"

#include <QHash>
#include <QSslServer>

#include <functional>

namespace support {

/// A request as the server read it.
struct ServedRequest {
    QByteArray method;
    QByteArray path; ///< with its query
    http::Headers headers;
    QByteArray body;

    QByteArray header(QByteArrayView name) const;
};

/// What the server does with a request.
struct ServedAnswer {
    enum class Ending {
        Keep, ///< answer and keep the connection
        Cut, ///< close the connection in the middle of the body
        Reset, ///< close the connection without an answer
        Hang, ///< never answer
    };

    int status = 200;
    http::Headers headers = {};
    QByteArray body = {};
    qint64 filler = 0; ///< that many bytes more behind the body
    Ending ending = Ending::Keep;
};

/// An HTTPS server (HTTP/1.1 with keep-alive) on a free port of 127.0.0.1 whose answers a test decides.
class TlsHttpServer : public QObject {
public:
    using Handler = std::function<ServedAnswer(const ServedRequest&)>;

    TlsHttpServer(const QByteArray& certificatesPem, const QByteArray& keyPem);
    ~TlsHttpServer() override;

    void setHandler(Handler handler) { m_handler = std::move(handler); }
    /// Serves with another certificate from the next connection on.
    void setIdentity(const QByteArray& certificatesPem, const QByteArray& keyPem);

    quint16 port() const { return m_server.serverPort(); }
    /// https on 127.0.0.1, or on `host`.
    QUrl url(const QString& path, const QString& host = QStringLiteral("127.0.0.1")) const;
    int connections() const { return m_connections; }
    int requests() const { return m_requests; }
    /// Closes every connection that is open, as a server does after idling.
    void dropConnections();

private:
    void accept();
    void read(QSslSocket* socket);
    bool takeRequest(QSslSocket* socket);
    void answer(QSslSocket* socket, const ServedAnswer& answer);
    void writeFiller(QSslSocket* socket);

    QSslServer m_server;
    Handler m_handler;
    QHash<QSslSocket*, QByteArray> m_received;
    QHash<QSslSocket*, qint64> m_filler;
    int m_connections = 0;
    int m_requests = 0;
};

} // namespace support
