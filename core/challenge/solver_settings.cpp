// SPDX-License-Identifier: Apache-2.0
#include "challenge/solver_settings.h"

#include "base/name_table.h"
#include "dns/record.h"

namespace challenge {
namespace {

constexpr std::array methodNames {
    base::Named {DnsMethod::Rfc2136, u"rfc2136"},
    base::Named {DnsMethod::CertbotHooks, u"certbot-hooks"},
    base::Named {DnsMethod::DehydratedHook, u"dehydrated-hook"},
    base::Named {DnsMethod::Lexicon, u"lexicon"},
    base::Named {DnsMethod::ByHand, u"manual"},
};

/// The length of the longest zone of `settings` that `name` lies in; -1 where it lies in none.
qsizetype fit(const SolverSettings& settings, const QString& name)
{
    qsizetype longest = -1;
    for (const QString& zone : settings.zones)
        if (dns::isWithin(name, zone))
            longest = qMax(longest, zone.size());
    return longest;
}

} // namespace

QString dnsMethodName(DnsMethod method)
{
    return base::nameIn(methodNames, method);
}

std::optional<DnsMethod> dnsMethodFromName(QStringView name)
{
    return base::valueIn(methodNames, name);
}

const SolverSettings* settingsFor(const QList<SolverSettings>& all, const QString& name, const QString& usual)
{
    const SolverSettings* best = nullptr;
    qsizetype bestFit = -1;
    for (const SolverSettings& settings : all) {
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
