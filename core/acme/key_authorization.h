// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/public_key.h"

#include <QByteArray>

namespace acme {

/// Whether `token` is base64url text of 1 to 512 characters, safe as a file name and in a URL (RFC 8555 section 8.3).
bool isSafeToken(QStringView token);

/// token "." thumbprint of the account key (RFC 8555 section 8.1).
///
/// Protocol for a token that is not base64url: a hostile one could name another file or resource.
base::Result<QByteArray> keyAuthorization(QStringView token, const crypto::PublicKey& accountKey);

} // namespace acme
