// SPDX-License-Identifier: Apache-2.0
#include "crypto/spki_prefix.h"

namespace crypto {

QByteArray spkiPrefix(KeyType type)
{
    switch (type) {
    case KeyType::EcP256:
        return QByteArrayLiteral(
            "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00");
    case KeyType::EcP384:
        return QByteArrayLiteral(
            "\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\x00");
    case KeyType::Ed25519:
        return QByteArrayLiteral("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00");
    default:
        return QByteArray();
    }
}

} // namespace crypto
