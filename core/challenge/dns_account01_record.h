// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"

#include <QString>

/// The TXT record of a dns-account-01 challenge (draft-ietf-acme-dns-account-label section 3.2). Its value is that of
/// dns-01.
namespace challenge {

/// "_ujmmovf2vn55tgye._acme-challenge.example.org", for example.org and for its wildcard. `accountUrl` is the account's
/// URL as requests carry it in `kid`: it is hashed byte for byte.
QString dnsAccount01RecordName(const base::Identifier& identifier, const QString& accountUrl);

} // namespace challenge
