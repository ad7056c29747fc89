// SPDX-License-Identifier: Apache-2.0
#include "crypto/tls_acceptor.h"

#include "crypto/certificate_handle.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"

#include <QHash>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <utility>

namespace crypto {

using TlsContextPtr = std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>>;
using TlsPtr = std::unique_ptr<SSL, Freeing<SSL_free>>;

struct TlsAcceptorState {
    QByteArray offer; ///< the only list of protocols that is answered, as it is on the wire: a length and the name
    QHash<QByteArray, Identity> identities; ///< by server name in lower case
    TlsContextPtr context;
};

struct TlsSession {
    std::shared_ptr<const TlsAcceptorState> acceptor;
    TlsPtr tls;
};

namespace {

// Fast ones only, so that nobody can make us compute for long: finite fields and P-521 are not among them.
constexpr auto keyExchanges = "X25519:P-256:P-384";

QByteArray keyOf(const char* serverName)
{
    return QByteArray(serverName).toLower();
}

/// Refuses before anything else of the hello is looked at. The extension is a list with a length of two bytes before
/// it: it has to be ours byte for byte.
int checkProtocols(SSL* tls, int* alert, void* state)
{
    const QByteArray& offer = static_cast<const TlsAcceptorState*>(state)->offer;
    const unsigned char* list = nullptr;
    std::size_t length = 0;
    const bool offered =
        SSL_client_hello_get0_ext(tls, TLSEXT_TYPE_application_layer_protocol_negotiation, &list, &length) == 1;
    if (offered && QByteArrayView(list, static_cast<qsizetype>(length)).sliced(qMin<qsizetype>(2, length)) == offer)
        return SSL_CLIENT_HELLO_SUCCESS;
    *alert = SSL_AD_NO_APPLICATION_PROTOCOL;
    return SSL_CLIENT_HELLO_ERROR;
}

int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* list, unsigned int,
                   void*)
{
    *chosen = list + 1;
    *length = list[0]; // the list is the offer: checkProtocols() saw it
    return SSL_TLSEXT_ERR_OK;
}

/// Called for every hello, also for one without a name.
int chooseCertificate(SSL* tls, int* alert, void* state)
{
    const auto& identities = static_cast<const TlsAcceptorState*>(state)->identities;
    const auto identity = identities.constFind(keyOf(SSL_get_servername(tls, TLSEXT_NAMETYPE_host_name)));
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    if (identity == identities.cend())
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *alert = SSL_AD_INTERNAL_ERROR;
    const bool usable = SSL_use_certificate(tls, x509Of(identity->certificate)) == 1
        && SSL_use_PrivateKey(tls, identity->key.handle().key.get()) == 1;
    return usable ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

TlsContextPtr makeContext(TlsAcceptorState* state)
{
    TlsContextPtr context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* const made = context.get();
    SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION); // RFC 8737 section 4
    SSL_CTX_set_options(made, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_num_tickets(made, 0);
    SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(made, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set1_groups_list(made, keyExchanges);
    SSL_CTX_set_client_hello_cb(made, checkProtocols, state);
    SSL_CTX_set_alpn_select_cb(made, chooseProtocol, nullptr);
    SSL_CTX_set_tlsext_servername_callback(made, chooseCertificate);
    SSL_CTX_set_tlsext_servername_arg(made, state);
    return context;
}

QByteArray takeWritten(SSL* tls)
{
    BIO* const sink = SSL_get_wbio(tls);
    const QByteArray bytes = writtenTo(sink).toByteArray();
    BIO_reset(sink);
    return bytes;
}

} // namespace

TlsHandshake::TlsHandshake(std::unique_ptr<TlsSession> session)
    : m_session(std::move(session))
{
}

TlsHandshake::~TlsHandshake() = default;
TlsHandshake::TlsHandshake(TlsHandshake&&) noexcept = default;
TlsHandshake& TlsHandshake::operator=(TlsHandshake&&) noexcept = default;

QByteArray TlsHandshake::receive(QByteArrayView bytes)
{
    m_received += bytes.size();
    if (m_state != State::Running)
        return {};
    if (m_received > MaximumTlsHandshake) {
        m_state = State::Failed;
        return {};
    }
    SSL* const tls = m_session->tls.get();
    ERR_clear_error(); // SSL_get_error() reads the thread's queue
    BIO_write(SSL_get_rbio(tls), bytes.data(), static_cast<int>(bytes.size()));
    const int accepted = SSL_accept(tls);
    if (accepted == 1) {
        m_state = State::Done;
        SSL_shutdown(tls);
    } else if (SSL_get_error(tls, accepted) != SSL_ERROR_WANT_READ) {
        m_state = State::Failed;
    }
    ERR_clear_error();
    return takeWritten(tls);
}

TlsAcceptor::TlsAcceptor(const QByteArray& protocol)
    : m_state(std::make_shared<TlsAcceptorState>())
{
    m_state->offer = static_cast<char>(protocol.size()) + protocol;
    m_state->context = makeContext(m_state.get());
}

TlsAcceptor::~TlsAcceptor() = default;

void TlsAcceptor::show(const QString& serverName, const Identity& identity)
{
    m_state->identities.insert(keyOf(serverName.toLatin1().constData()), identity);
}

void TlsAcceptor::remove(const QString& serverName)
{
    m_state->identities.remove(keyOf(serverName.toLatin1().constData()));
}

TlsHandshake TlsAcceptor::begin() const
{
    auto session = std::make_unique<TlsSession>(TlsSession {m_state, TlsPtr(SSL_new(m_state->context.get()))});
    SSL* const tls = session->tls.get();
    SSL_set_bio(tls, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(tls);
    return TlsHandshake(std::move(session));
}

} // namespace crypto
