// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secret.h"

#include <QByteArray>

namespace crypto {

/// `count` bytes that cannot be guessed. Ends the program where the system has no randomness to give.
QByteArray randomBytes(int count);
/// The same for keys: the bytes are wiped when done with.
base::Secret randomSecret(int count);

} // namespace crypto
