// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "crypto/certificate_builder.h"

#include <QByteArrayView>
#include <QDateTime>

namespace crypto {

/// The self-signed certificate that answers a tls-alpn-01 challenge (RFC 8737 section 3, RFC 8738 section 6): the one
/// name, and the SHA-256 digest of the key authorization in the critical acmeIdentifier extension.
///
/// Its new P-256 key takes a fraction of a millisecond. No authority looks at the validity; it is a week around `now`.
base::Result<Identity> makeValidationCertificate(const base::Identifier& name, QByteArrayView keyAuthorization,
                                                 const QDateTime& now);

} // namespace crypto
