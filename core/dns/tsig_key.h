// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/digest.h"

#include <QString>

namespace dns {

/// A key shared with a DNS server, which signs requests and answers (RFC 8945).
struct TsigKey {
    QString name; ///< lower case, without a trailing dot
    QString algorithm; ///< as BIND writes it: hmac-sha1, hmac-sha256, hmac-sha384 or hmac-sha512
    base::Secret secret;

    TsigKey clone() const { return {name, algorithm, secret.clone()}; }
};

/// The digest of an algorithm. Unsupported, with the ways out in words, for hmac-md5, hmac-sha224, shortened MACs and
/// GSS-TSIG.
base::Result<crypto::DigestAlgorithm> tsigDigest(const QString& algorithm);

/// Reads the key from a file as `tsig-keygen` writes and `nsupdate -k` takes it:
/// `key "name" { algorithm hmac-sha256; secret "base64"; };` with comments of any of BIND's kinds.
///
/// InvalidInput about "tsigFile" where it holds no such key, or several; Unsupported as of tsigDigest().
base::Result<TsigKey> parseTsigKeyFile(const base::Secret& contents);

} // namespace dns
