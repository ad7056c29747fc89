// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/openssl_ptr.h"

#include <QString>

namespace crypto {

/// For reading, most specific part first (RFC 4514).
QString distinguishedName(const X509_NAME* name);
/// The last part of one kind (NID_commonName, …), or empty.
QString lastPart(const X509_NAME* name, int nid);

} // namespace crypto
