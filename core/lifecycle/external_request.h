// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace lifecycle {

/// A certificate request (CSR, PKCS#10) from elsewhere, read and found usable.
struct ExternalRequest {
    QByteArray der;
    QList<base::Identifier> names; ///< of subjectAltName, with the common name
    QString key; ///< for reading: "RSA 3072 bits"
};

/// Reads PEM or DER. InvalidInput about "csr" where it is no request, is not signed by its own key, names nothing, asks
/// for what is no host name, or has a key that no authority may certify (RSA below 2048 bits, elliptic curves below
/// 256).
base::Result<ExternalRequest> readExternalRequest(QByteArrayView pemOrDer);

/// Whether both are the same names, in any order and letter case.
bool sameNames(const QList<base::Identifier>& left, const QList<base::Identifier>& right);

} // namespace lifecycle
