// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/name_warnings.h"

#include "acme/server_traits.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/policy_repository.h"
#include "lifecycle/repositories.h"

#include <QHash>
#include <QHostAddress>
#include <QSet>

#include <algorithm>
#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Result;
using base::Task;
using Kind = NameWarning::Kind;

// RFC 6761, RFC 6762 section 3 and appendix G, RFC 8375, and "internal" as ICANN set it aside in 2024.
constexpr std::array internalDomains {u"local",   u"lan",       u"internal", u"intranet", u"corp",    u"home",
                                      u"private", u"localhost", u"test",     u"example",  u"invalid", u"home.arpa"};

bool isBelow(const QString& name, QStringView domain)
{
    return name == domain || (name.endsWith(domain) && name.chopped(domain.size()).endsWith(u'.'));
}

bool isInternalAddress(const QHostAddress& address)
{
    static const std::array networks {u"10.0.0.0/8"_s,  u"172.16.0.0/12"_s,  u"192.168.0.0/16"_s, u"100.64.0.0/10"_s,
                                      u"127.0.0.0/8"_s, u"169.254.0.0/16"_s, u"fc00::/7"_s,       u"fe80::/10"_s,
                                      u"::1/128"_s,     u"192.0.2.0/24"_s,   u"2001:db8::/32"_s};
    return std::any_of(networks.begin(), networks.end(),
                       [&](const QString& network) { return address.isInSubnet(QHostAddress::parseSubnet(network)); });
}

NameWarning warning(Kind kind, const Identifier& name, const QString& detail = QString())
{
    NameWarning made;
    made.kind = kind;
    made.name = name.value();
    made.detail = detail;
    return made;
}

/// What is known about the names of one question, by name.
struct Knowledge {
    Authority authority;
    QList<IssuancePolicy> policies;
    QHash<QString, NameRefusal> refusals;
    QHash<QString, NameHolder> holders;
};

void addDenial(QList<NameWarning>& warnings, const Identifier& name, const Knowledge& known)
{
    const NameDecision decision = decide(known.policies, name);
    if (decision.verdict != NameDecision::Verdict::Denied)
        return;
    warnings.append(warning(Kind::Denied, name, decision.rule));
    warnings.last().ofAccount = decision.accountId;
}

void addRefusal(QList<NameWarning>& warnings, const Identifier& name, const Knowledge& known)
{
    const auto refusal = known.refusals.constFind(name.value());
    if (refusal == known.refusals.constEnd())
        return;
    warnings.append(warning(Kind::Refused, name, refusal->detail));
    warnings.last().ofAccount = refusal->accountId;
    warnings.last().at = refusal->at;
}

void addHolder(QList<NameWarning>& warnings, const Identifier& name, const Knowledge& known)
{
    auto holder = known.holders.constFind(name.value());
    if (holder == known.holders.constEnd())
        holder = known.holders.constFind(coveringWildcard(name));
    if (holder == known.holders.constEnd())
        return;
    warnings.append(warning(Kind::Covered, name, holder->title));
    warnings.last().certificateId = holder->certificateId;
}

QStringList namesAndWildcards(const QList<Identifier>& names)
{
    QSet<QString> asked;
    for (const Identifier& name : names) {
        asked.insert(name.value());
        if (const QString wildcard = coveringWildcard(name); !wildcard.isEmpty())
            asked.insert(wildcard);
    }
    return QStringList(asked.begin(), asked.end());
}

QList<NameWarning> warningsFrom(const QList<Identifier>& names, const Knowledge& known)
{
    QList<NameWarning> warnings;
    const bool isPublic = isPublicAuthority(known.authority);
    for (const Identifier& name : names) {
        addDenial(warnings, name, known);
        addRefusal(warnings, name, known);
        if (isPublic && isInternalName(name))
            warnings.append(warning(Kind::Internal, name));
        addHolder(warnings, name, known);
    }
    return warnings;
}

} // namespace

NameWarnings::NameWarnings(Repositories& repositories, IssuancePolicies& policies, const base::Clock& clock)
    : m_repositories(repositories)
    , m_policies(policies)
    , m_clock(clock)
{
}

Task<Result<QList<NameWarning>>> NameWarnings::about(NameQuestion question)
{
    Knowledge known;
    auto authority = co_await m_repositories.authorities.byId(question.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto policies = co_await m_policies.applying(question.authorityId, question.accountId);
    if (!policies)
        co_return tl::unexpected(std::move(policies).error());
    const QStringList values = base::identifierValues(question.names);
    auto refusals = co_await m_repositories.policies.refusalsOf(question.authorityId, values);
    if (!refusals)
        co_return tl::unexpected(std::move(refusals).error());
    const QStringList asked = namesAndWildcards(question.names);
    auto holders = co_await m_repositories.policies.holders(asked, m_clock.now());
    if (!holders)
        co_return tl::unexpected(std::move(holders).error());
    known.authority = *std::move(authority);
    known.policies = *std::move(policies);
    for (const NameRefusal& refusal : std::as_const(*refusals))
        if (known.refusals.value(refusal.name).at < refusal.at || !known.refusals.contains(refusal.name))
            known.refusals.insert(refusal.name, refusal);
    for (const NameHolder& holder : std::as_const(*holders))
        if (holder.certificateId != question.certificateId)
            known.holders.insert(holder.name, holder);
    co_return warningsFrom(question.names, known);
}

bool isInternalName(const Identifier& name)
{
    if (name.type() == Identifier::Type::Ip)
        return isInternalAddress(QHostAddress(name.value()));
    const QString base = name.baseName();
    if (!base.contains(u'.'))
        return true;
    return std::any_of(internalDomains.begin(), internalDomains.end(),
                       [&](const char16_t* domain) { return isBelow(base, QStringView(domain)); });
}

bool isPublicAuthority(const Authority& authority)
{
    const acme::ServerTraits& traits = acme::traitsOf(authority.meta.kind);
    if (traits.isPublic || !authority.rootsPem.isEmpty() || traits.kind == acme::ServerKind::Pebble)
        return traits.isPublic;
    const auto host = Identifier::parse(authority.directoryUrl.host());
    const bool anyonesServer = traits.kind == acme::ServerKind::StepCa || traits.kind == acme::ServerKind::Caddy;
    return !anyonesServer && host && !isInternalName(*host);
}

QString coveringWildcard(const Identifier& name)
{
    if (name.type() == Identifier::Type::Ip || name.isWildcard() || !name.value().contains(u'.'))
        return QString();
    return u"*."_s + name.value().section(u'.', 1);
}

} // namespace lifecycle
