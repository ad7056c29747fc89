// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

/// Base64 with the URL alphabet and without padding (RFC 4648 section 5, RFC 7515 section 2).
namespace jose::base64url {

QByteArray encode(QByteArrayView bytes);
/// Strict: InvalidInput for padding, white space, the other alphabet and bits that are not zero at the end.
base::Result<QByteArray> decode(QByteArrayView text);

} // namespace jose::base64url
