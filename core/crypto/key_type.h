// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace crypto {

/// The kinds of key that are offered for accounts and certificates.
enum class KeyType { EcP256, EcP384, Ed25519, Rsa2048, Rsa3072, Rsa4096 };

/// The stable name that the command line and the database use: "ec-p256", "ec-p384", "ed25519", "rsa-2048", …
QString keyTypeName(KeyType type);
/// The inverse of keyTypeName(); InvalidInput for any other text.
base::Result<KeyType> keyTypeFromName(QStringView name);
/// Every kind, the recommended one first.
QList<KeyType> allKeyTypes();

} // namespace crypto
