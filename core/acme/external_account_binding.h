// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/public_key.h"
#include "jose/jws.h"

#include <QString>
#include <QUrl>

namespace acme {

/// A credential of the CA's own account system (RFC 8555 section 7.3.4). Usually good for one account only.
struct ExternalAccountBinding {
    QString kid;
    base::Secret macKey; ///< the key's bytes, see decodeMacKey()
    jose::MacAlgorithm algorithm = jose::MacAlgorithm::HS256;

    /// The JWS that goes into newAccount as `externalAccountBinding`: no nonce, `url` equal to newAccount's.
    base::Result<QJsonObject> sign(const crypto::PublicKey& accountKey, const QUrl& newAccountUrl) const;
    ExternalAccountBinding clone() const;
};

/// An HMAC key as read from what a CA's portal shows.
struct DecodedMacKey {
    base::Secret key;
    /// The bytes are base64 text themselves: some tools print the key encoded once more. Ask the operator before
    /// calling decodeMacKeyAgain(); never do so unasked.
    bool looksEncodedOnceMore = false;
};

/// Reads an HMAC key: quotes and white space are dropped, then base64url (padded or not), then standard base64.
///
/// InvalidInput about the field `eabKey` where it is neither, or shorter than 8 bytes; the text is never quoted.
base::Result<DecodedMacKey> decodeMacKey(const base::Secret& text);
/// Decodes a key once more, after the operator said so.
base::Result<DecodedMacKey> decodeMacKeyAgain(const DecodedMacKey& decoded);

} // namespace acme
