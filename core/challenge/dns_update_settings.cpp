// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_update_settings.h"

#include "dns/record.h"

namespace challenge {
namespace {

/// The length of the longest zone of `settings` that `name` lies in; -1 where it lies in none.
qsizetype fit(const DnsUpdateSettings& settings, const QString& name)
{
    qsizetype longest = -1;
    for (const QString& zone : settings.zones)
        if (dns::isWithin(name, zone))
            longest = qMax(longest, zone.size());
    return longest;
}

} // namespace

const DnsUpdateSettings* settingsFor(const QList<DnsUpdateSettings>& all, const QString& name, const QString& usual)
{
    const DnsUpdateSettings* best = nullptr;
    qsizetype bestFit = -1;
    for (const DnsUpdateSettings& settings : all) {
        const qsizetype own = fit(settings, name);
        const bool isUsual = settings.id == usual;
        if (own > bestFit || (own == bestFit && isUsual)) {
            best = own < 0 && !isUsual ? best : &settings;
            bestFit = own;
        }
    }
    return best;
}

} // namespace challenge
