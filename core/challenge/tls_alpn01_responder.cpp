// SPDX-License-Identifier: Apache-2.0
#include "challenge/tls_alpn01_responder.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

class Handshaking final : public Conversation {
public:
    explicit Handshaking(crypto::TlsHandshake handshake)
        : m_handshake(std::move(handshake))
    {
    }

    Turn hear(QByteArrayView bytes) override
    {
        QByteArray reply = m_handshake.receive(bytes);
        return {std::move(reply), m_handshake.state() != crypto::TlsHandshake::State::Running};
    }

private:
    crypto::TlsHandshake m_handshake;
};

} // namespace

TlsAlpn01Responder::TlsAlpn01Responder(ResponderLimits limits)
    : m_acceptor("acme-tls/1")
    , m_listener(limits, [this] { return std::make_unique<Handshaking>(m_acceptor.begin()); })
{
}

base::Result<void> TlsAlpn01Responder::listen(const ListenAddress& address)
{
    return m_listener.listen(
        address, u"or listen on another port that connections to port 443 with acme-tls/1 are passed on to"_s);
}

void TlsAlpn01Responder::present(const QString& serverName, const QString& keyAuthorization,
                                 const crypto::Identity& identity)
{
    m_presented.insert(serverName, keyAuthorization);
    m_acceptor.show(serverName, identity);
}

void TlsAlpn01Responder::remove(const QString& serverName)
{
    m_presented.remove(serverName);
    m_acceptor.remove(serverName);
}

} // namespace challenge
