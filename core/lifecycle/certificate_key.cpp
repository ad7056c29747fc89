// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_key.h"

#include "lifecycle/managed_certificate.h"

namespace lifecycle {

CertificateKey::CertificateKey(crypto::PrivateKey key)
    : m_source(std::move(key))
{
}

CertificateKey::CertificateKey(crypto::CertificateRequest request)
    : m_source(std::move(request))
{
}

const crypto::PublicKey& CertificateKey::publicKey() const
{
    if (const auto* key = privateKey())
        return key->publicKey();
    return std::get<crypto::CertificateRequest>(m_source).publicKey();
}

const crypto::PrivateKey* CertificateKey::privateKey() const
{
    return std::get_if<crypto::PrivateKey>(&m_source);
}

base::Result<QByteArray> CertificateKey::requestDer(const IssueRequest& request) const
{
    if (const auto* key = privateKey())
        return crypto::certificateRequestDer(*key, request.names, {.mustStaple = request.mustStaple});
    return std::get<crypto::CertificateRequest>(m_source).der();
}

} // namespace lifecycle
