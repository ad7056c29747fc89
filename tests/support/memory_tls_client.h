// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace support {

/// What a TLS client asks for.
struct TlsWishes {
    QByteArray serverName; ///< empty: none is sent
    QList<QByteArray> protocols; ///< of ALPN; empty: none are offered
    int version = TLS1_3_VERSION; ///< the only one
    QByteArray curves; ///< as OpenSSL lists them; empty: its own
};

/// The client's side of a TLS handshake by OpenSSL's own client, on bytes. Verifies nothing.
class MemoryTlsClient {
public:
    explicit MemoryTlsClient(const TlsWishes& wishes)
        : m_context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free)
        , m_tls(SSL_new(m_context.get()), SSL_free)
    {
        QByteArray list;
        for (const QByteArray& protocol : wishes.protocols)
            list += static_cast<char>(protocol.size()) + protocol;
        SSL* const tls = m_tls.get();
        SSL_set_min_proto_version(tls, wishes.version);
        SSL_set_max_proto_version(tls, wishes.version);
        SSL_set_alpn_protos(tls, reinterpret_cast<const unsigned char*>(list.constData()), unsigned(list.size()));
        if (!wishes.serverName.isEmpty())
            SSL_set_tlsext_host_name(tls, wishes.serverName.constData());
        if (!wishes.curves.isEmpty())
            SSL_set1_groups_list(tls, wishes.curves.constData());
        SSL_set_bio(tls, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(tls);
    }

    /// Takes what the server sent and returns what it has to get; at first without anything.
    QByteArray receive(const QByteArray& bytes = {})
    {
        ERR_clear_error();
        BIO_write(SSL_get_rbio(m_tls.get()), bytes.constData(), int(bytes.size()));
        m_connected = SSL_do_handshake(m_tls.get()) == 1;
        if (const unsigned long code = ERR_peek_last_error())
            m_complaint = ERR_reason_error_string(code);
        ERR_clear_error();
        QByteArray sent(int(BIO_ctrl_pending(SSL_get_wbio(m_tls.get()))), Qt::Uninitialized);
        BIO_read(SSL_get_wbio(m_tls.get()), sent.data(), int(sent.size()));
        return sent;
    }

    bool isConnected() const { return m_connected; }
    /// What the client found wrong, such as the alert it got.
    QByteArray complaint() const { return m_complaint; }

    QByteArray protocol() const
    {
        const unsigned char* name = nullptr;
        unsigned int length = 0;
        SSL_get0_alpn_selected(m_tls.get(), &name, &length);
        return QByteArray(reinterpret_cast<const char*>(name), int(length));
    }

    /// The certificate that the server showed, empty for none.
    QByteArray certificateDer() const
    {
        unsigned char* der = nullptr;
        X509* const certificate = SSL_get0_peer_certificate(m_tls.get());
        const int length = certificate ? i2d_X509(certificate, &der) : 0;
        const QByteArray copy(reinterpret_cast<const char*>(der), length);
        OPENSSL_free(der);
        return copy;
    }

    /// Whether the server gave something to come back with.
    bool hasTicket() const { return SSL_SESSION_has_ticket(SSL_get_session(m_tls.get())) == 1; }

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> m_context;
    std::unique_ptr<SSL, decltype(&SSL_free)> m_tls;
    bool m_connected = false;
    QByteArray m_complaint;
};

} // namespace support
