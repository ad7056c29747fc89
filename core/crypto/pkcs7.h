// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/chain.h"

#include <QByteArray>
#include <QList>

namespace crypto {

/// A certs-only PKCS#7 file in DER (degenerate SignedData, RFC 5652 section 5), leaf first.
base::Result<QByteArray> pkcs7(const CertificateChain& chain);
/// The certificates of a PKCS#7 file, DER or PEM. InvalidInput where it is none or holds no certificate.
base::Result<QList<Certificate>> certificatesFromPkcs7(QByteArrayView file);

} // namespace crypto
