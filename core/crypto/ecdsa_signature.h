// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace crypto {

/// r and s side by side, `width` bytes each (RFC 7518 section 3.4), out of the DER form of X.509.
base::Result<QByteArray> ecdsaSideBySide(QByteArrayView der, int width);
/// The inverse; empty where `joined` is no pair.
QByteArray ecdsaDer(QByteArrayView joined);
/// Bytes of one coordinate or half signature on a curve of `bits`.
int coordinateWidth(int bits);

} // namespace crypto
