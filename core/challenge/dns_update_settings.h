// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace challenge {

/// A named DNS server that takes signed updates (RFC 2136), as operators set it up once and orders refer to it. Its
/// TSIG secret is in the vault.
struct DnsUpdateSettings {
    QString id;
    QString name; ///< unique without regard to case
    QString server; ///< "HOST:PORT" of the zones' primary server, which is asked and told
    QString keyName; ///< of the TSIG key
    QString algorithm; ///< "hmac-sha256", …
    /// Names in these zones are updated here, also where an order names another server: so an alias may lead into a
    /// zone with a key of its own. Lower case, without trailing dots.
    QStringList zones;

    friend bool operator==(const DnsUpdateSettings&, const DnsUpdateSettings&) = default;
};

/// The settings to change `name` with: those with the longest zone that it lies in, else those of the id `usual`; null
/// where there are none.
const DnsUpdateSettings* settingsFor(const QList<DnsUpdateSettings>& all, const QString& name, const QString& usual);

} // namespace challenge
