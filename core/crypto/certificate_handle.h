// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/certificate_structure.h"
#include "crypto/openssl_ptr.h"

#include <QByteArray>

#include <mutex>

namespace crypto {

/// What a Certificate shares.
struct CertificateHandle {
    QByteArray der;
    SignedCertificatePtr outer;
    CertificateFieldsPtr fields;
    mutable X509Ptr decoded;
    mutable std::once_flag decoding;

    /// OpenSSL's form, made when first asked for; its functions take it without const, though they do not change it.
    X509* x509() const;
};

/// A certificate of the library, or a failure while `doing` where `x509` is null.
base::Result<Certificate> wrapCertificate(const X509Ptr& x509, const QString& doing);

inline X509* x509Of(const Certificate& certificate)
{
    return certificate.handle().x509();
}

inline const CertificateFields& fieldsOf(const Certificate& certificate)
{
    return *certificate.handle().fields;
}

} // namespace crypto
