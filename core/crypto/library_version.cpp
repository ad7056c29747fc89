// SPDX-License-Identifier: Apache-2.0
#include "crypto/library_version.h"

#include <openssl/crypto.h>

namespace crypto {

QString libraryVersion()
{
    return QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION_STRING));
}

} // namespace crypto
