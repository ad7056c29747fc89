// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "crypto/private_key.h"

#include <QByteArray>
#include <QList>

namespace crypto {

/// What a request may ask for beside its names.
struct RequestOptions {
    bool mustStaple = false; ///< the TLS feature extension with status_request (RFC 7633)
};

/// A PKCS#10 request (RFC 2986) for `names` signed by `key`, as finalize wants it (RFC 8555 section 7.4).
///
/// Empty subject, the names in subjectAltName, what `options` say, nothing else. InvalidInput where `names` is empty.
base::Result<QByteArray> certificateRequestDer(const PrivateKey& key, const QList<base::Identifier>& names,
                                               const RequestOptions& options = {});

/// A request made elsewhere. Its signature was checked at birth.
class CertificateRequest {
public:
    /// InvalidInput where `der` is no request, its signature is wrong or it asks for a name that is none.
    static base::Result<CertificateRequest> fromDer(QByteArrayView der);
    /// The first request of a PEM text.
    static base::Result<CertificateRequest> fromPem(QByteArrayView pem);

    const QByteArray& der() const { return m_der; }
    const PublicKey& publicKey() const { return m_publicKey; }
    /// The names of subjectAltName; the common name first where the subject has one that is not among them.
    const QList<base::Identifier>& names() const { return m_names; }

private:
    CertificateRequest(QByteArray der, PublicKey key, QList<base::Identifier> names);

    QByteArray m_der;
    PublicKey m_publicKey;
    QList<base::Identifier> m_names;
};

} // namespace crypto
