// SPDX-License-Identifier: Apache-2.0
#include "challenge/solver_settings.h"

#include "dns/record.h"

#include <array>
#include <utility>

namespace challenge {
namespace {

constexpr std::array<std::pair<DnsMethod, QStringView>, 5> names {{
    {DnsMethod::Rfc2136, u"rfc2136"},
    {DnsMethod::CertbotHooks, u"certbot-hooks"},
    {DnsMethod::DehydratedHook, u"dehydrated-hook"},
    {DnsMethod::Lexicon, u"lexicon"},
    {DnsMethod::ByHand, u"manual"},
}};

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
    for (const auto& [each, name] : names)
        if (each == method)
            return name.toString();
    return {};
}

std::optional<DnsMethod> dnsMethodFromName(QStringView name)
{
    for (const auto& [method, each] : names)
        if (each == name)
            return method;
    return std::nullopt;
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
