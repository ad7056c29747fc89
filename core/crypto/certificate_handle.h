// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/openssl_ptr.h"

#include <QByteArray>

namespace crypto {

/// What a Certificate shares.
struct CertificateHandle {
    X509Ptr x509;
    QByteArray der;
};

/// A certificate of the library, or a failure while `doing` where `x509` is null.
base::Result<Certificate> wrapCertificate(X509Ptr x509, const QString& doing);
/// OpenSSL's form; its functions take it without const, though they do not change it.
inline X509* x509Of(const Certificate& certificate)
{
    return certificate.handle().x509.get();
}

} // namespace crypto
