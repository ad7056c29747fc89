// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"

#include <QString>

namespace challenge {

/// Where the record of a name is, for the challenges whose record has the value of dns-01.
class Dns01Naming {
public:
    /// RFC 8555 section 8.4: one record for all accounts.
    static Dns01Naming dns01();
    /// dns-account-01: a record of its own for each account, whose URL (`kid`) tells its name.
    static Dns01Naming dnsAccount01(QString accountUrl);

    /// "dns-01" or "dns-account-01"
    QString challengeType() const;
    /// For a name and its wildcard alike.
    QString recordName(const base::Identifier& identifier) const;

private:
    explicit Dns01Naming(QString accountUrl);

    QString m_accountUrl; ///< null: the record is dns-01's
};

} // namespace challenge
