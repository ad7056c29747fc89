// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/openssl_ptr.h"

#include <QList>

namespace crypto {

/// A stack that shares the certificates' OpenSSL objects.
X509StackPtr stackOf(const QList<Certificate>& certificates);
/// The certificates of a stack, in order; null is an empty one.
base::Result<QList<Certificate>> certificatesOf(const STACK_OF(X509) * stack);

} // namespace crypto
