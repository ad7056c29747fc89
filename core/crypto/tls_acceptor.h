// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/certificate_builder.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

namespace crypto {

/// The most bytes that a client may send within one handshake; those of today take two or three thousand.
inline constexpr qsizetype MaximumTlsHandshake = 16 * 1024;

struct TlsAcceptorState;
struct TlsSession;

/// The server's side of one TLS handshake (1.2 or 1.3), on bytes that somebody else sends and receives.
class TlsHandshake {
public:
    enum class State {
        Running,
        Done, ///< agreed on protocol and certificate; nothing is read afterwards
        Failed, ///< what the client sent is no handshake, or asks for something else than is offered
    };

    /// Takes what the client sent and returns what it has to get, an alert included (RFC 8446 section 6).
    QByteArray receive(QByteArrayView bytes);
    State state() const { return m_state; }

    ~TlsHandshake();
    TlsHandshake(TlsHandshake&&) noexcept;
    TlsHandshake& operator=(TlsHandshake&&) noexcept;

private:
    friend class TlsAcceptor;
    explicit TlsHandshake(std::unique_ptr<TlsSession> session);

    std::unique_ptr<TlsSession> m_session;
    qsizetype m_received = 0;
    State m_state = State::Running;
};

/// A TLS server for one application protocol (RFC 7301) that shows the certificate of the name it is asked for
/// (RFC 6066 section 3), and nothing at all to who offers another protocol, several, or none, or asks for another name.
///
/// Keeps nothing of a client: no sessions, no tickets. Lives on one thread with its handshakes, which may outlive it.
class TlsAcceptor {
public:
    /// `protocol` is the name on the wire ("acme-tls/1"), 1 to 255 bytes.
    explicit TlsAcceptor(const QByteArray& protocol);
    ~TlsAcceptor();

    /// Shows `identity` to who asks for `serverName` (an ASCII host name) from now on, instead of any other one.
    void show(const QString& serverName, const Identity& identity);
    void remove(const QString& serverName);

    TlsHandshake begin() const;

private:
    std::shared_ptr<TlsAcceptorState> m_state;
};

} // namespace crypto
