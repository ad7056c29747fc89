// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/key_type.h"

class QComboBox;

namespace ui {

/// "ECDSA P-256", "RSA 3072 bits", …
QString keyTypeText(crypto::KeyType type);
/// The signature algorithm that an account key of the type uses: "ES256".
QString accountAlgorithm(crypto::KeyType type);
/// Fills `box` with every kind of key, the recommended one first; `withAlgorithm` adds accountAlgorithm().
void fillKeyTypes(QComboBox* box, bool withAlgorithm);
crypto::KeyType chosenKeyType(const QComboBox* box);

} // namespace ui
