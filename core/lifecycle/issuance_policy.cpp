// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/issuance_policy.h"

#include <algorithm>
#include <utility>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Result;
using Verdict = NameDecision::Verdict;

constexpr int bitsOfIpv4 = 32;
constexpr int bitsOfIpv6 = 128;

tl::unexpected<base::Error> refuse(const QString& text, const QString& why)
{
    return base::invalid(u"rule"_s, u"“%1” %2"_s.arg(text, why));
}

const NameRule* firstMatch(const QList<NameRule>& rules, const Identifier& name)
{
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const NameRule& rule) { return rule.matches(name); });
    return found == rules.end() ? nullptr : &*found;
}

} // namespace

NameRule::NameRule(Kind kind, QString text, QString name, QHostAddress network, int bits)
    : m_kind(kind)
    , m_text(std::move(text))
    , m_name(std::move(name))
    , m_network(std::move(network))
    , m_bits(bits)
{
}

Result<NameRule> NameRule::parse(const QString& written)
{
    const QString text = written.trimmed();
    if (text.contains(u'/'))
        return parseNetwork(text);
    const bool suffix = text.startsWith(u'.');
    if (suffix && text.startsWith(u".*"_s))
        return refuse(text, u"is no rule; write “.example” for everything below, “*.example” for one label"_s);
    const auto name = Identifier::parse(suffix ? text.mid(1) : text);
    if (!name)
        return refuse(text, u"is no rule: write a name, “*.example”, “.example”, or a network such as 10.0.0.0/8"_s);
    if (name->type() == Identifier::Type::Ip) {
        if (suffix)
            return refuse(text, u"is no rule; write an address without the dot"_s);
        const QHostAddress address(name->value());
        const bool isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
        return NameRule(Kind::Network, name->value(), {}, address, isV4 ? bitsOfIpv4 : bitsOfIpv6);
    }
    if (suffix)
        return NameRule(Kind::Suffix, u'.' + name->value(), u'.' + name->value());
    return NameRule(name->isWildcard() ? Kind::Wildcard : Kind::Exact, name->value(), name->baseName());
}

Result<NameRule> NameRule::parseNetwork(const QString& text)
{
    const auto [network, bits] = QHostAddress::parseSubnet(text);
    const bool isV4 = network.protocol() == QAbstractSocket::IPv4Protocol;
    if (network.isNull() || bits < 0 || bits > (isV4 ? bitsOfIpv4 : bitsOfIpv6))
        return refuse(text, u"is no network; write it like 10.0.0.0/8 or fd00::/8"_s);
    const QHostAddress written(text.section(u'/', 0, 0));
    if (!written.isNull() && written != network)
        return refuse(text,
                      u"has bits set behind its prefix; the network is %1/%2"_s.arg(network.toString()).arg(bits));
    return NameRule(Kind::Network, u"%1/%2"_s.arg(network.toString()).arg(bits), {}, network, bits);
}

bool NameRule::matches(const Identifier& name) const
{
    if (m_kind == Kind::Network || name.type() == Identifier::Type::Ip)
        return m_kind == Kind::Network && name.type() == Identifier::Type::Ip
            && QHostAddress(name.value()).isInSubnet(m_network, m_bits);
    switch (m_kind) {
    case Kind::Exact:
        return name.value() == m_name;
    case Kind::Wildcard:
        return name.value().section(u'.', 1) == m_name;
    case Kind::Suffix:
        return name.value().endsWith(m_name);
    case Kind::Network:
        break;
    }
    return false;
}

Result<QList<NameRule>> parseNameRules(const QStringList& texts)
{
    QList<NameRule> rules;
    for (const QString& text : texts) {
        auto rule = NameRule::parse(text);
        if (!rule)
            return tl::unexpected(std::move(rule).error());
        if (!rules.contains(*rule))
            rules.append(*std::move(rule));
    }
    return rules;
}

QStringList ruleTexts(const QList<NameRule>& rules)
{
    QStringList texts;
    for (const NameRule& rule : rules)
        texts.append(rule.text());
    return texts;
}

NameDecision IssuancePolicy::decide(const Identifier& name) const
{
    if (const NameRule* rule = firstMatch(denied, name))
        return {Verdict::Denied, rule->text(), accountId};
    if (const NameRule* rule = firstMatch(allowed, name))
        return {Verdict::Allowed, rule->text(), accountId};
    return {allowed.isEmpty() ? Verdict::Unknown : Verdict::Denied, QString(), accountId};
}

NameDecision decide(const QList<IssuancePolicy>& policies, const Identifier& name)
{
    NameDecision together;
    for (const IssuancePolicy& policy : policies) {
        NameDecision one = policy.decide(name);
        if (one.verdict == Verdict::Denied)
            return one;
        if (one.verdict == Verdict::Allowed)
            together = std::move(one);
    }
    return together;
}

QString denialSentence(const Identifier& name, const NameDecision& decision)
{
    const QString whose = decision.accountId.isEmpty() ? u"the authority's policy"_s : u"the account's policy"_s;
    if (decision.rule.isEmpty())
        return u"“%1” is none of the names that %2 allows"_s.arg(name.displayName(), whose);
    return u"“%1” is denied by the rule “%2” of %3"_s.arg(name.displayName(), decision.rule, whose);
}

} // namespace lifecycle
