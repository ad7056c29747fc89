// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "crypto/openssl_ptr.h"

#include <QList>
#include <QStringList>

namespace crypto {

/// The value of a subjectAltName extension (RFC 5280 section 4.2.1.6).
GeneralNamesPtr generalNames(const QList<base::Identifier>& identifiers);
/// The DNS names among `names` as they are written; null is an empty list.
QStringList dnsNamesOf(const GENERAL_NAMES* names);
/// The IP addresses among `names` in canonical text form.
QStringList ipAddressesOf(const GENERAL_NAMES* names);
/// The addresses among `names`.
QStringList urisOf(const GENERAL_NAMES* names);

} // namespace crypto
