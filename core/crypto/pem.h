// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace crypto {

/// One block of a PEM text (RFC 7468): "CERTIFICATE" and the bytes inside.
struct PemBlock {
    QByteArray label;
    QByteArray der;
};

/// The blocks of a text, in order; what stands around them is passed over.
///
/// An empty list where there is none. InvalidInput for a block that does not end or is not base64. Blocks of the old
/// encryption ("Proc-Type" headers) are passed over; PrivateKey::fromPem() reads them. Blocks may hold private keys:
/// whoever reads such a file wipes them (base::wipe).
base::Result<QList<PemBlock>> decodePem(QByteArrayView text);

/// One block with lines of 64 characters and a newline at the end.
QByteArray encodePem(QByteArrayView label, QByteArrayView der);

} // namespace crypto
