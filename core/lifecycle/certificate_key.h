// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/certificate_request.h"
#include "crypto/private_key.h"

#include <variant>

namespace lifecycle {

struct IssueRequest;

/// What a certificate is issued for: a private key of ours, or a request (CSR) made where the key is and stays.
class CertificateKey {
public:
    explicit CertificateKey(crypto::PrivateKey key);
    explicit CertificateKey(crypto::CertificateRequest request);

    /// What the certificate must carry.
    const crypto::PublicKey& publicKey() const;
    /// Ours; null where the key is elsewhere.
    const crypto::PrivateKey* privateKey() const;
    /// The PKCS#10 request that finalize sends: the one from elsewhere as it came, else one for the names and wishes of
    /// `request`, signed now.
    base::Result<QByteArray> requestDer(const IssueRequest& request) const;

private:
    std::variant<crypto::PrivateKey, crypto::CertificateRequest> m_source;
};

} // namespace lifecycle
