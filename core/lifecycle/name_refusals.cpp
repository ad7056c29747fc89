// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/name_refusals.h"

#include "base/identifier.h"

#include <QJsonArray>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

constexpr int forbidden = 403;

QJsonObject subproblem(const QString& name, const base::Error& error)
{
    const auto& problem = error.problem();
    const auto identifier = base::Identifier::parse(name);
    const QString type = identifier ? identifier->typeName() : u"dns"_s;
    return {
        {u"type"_s, problem ? problem->type : u"urn:ietf:params:acme:error:unauthorized"_s},
        {u"detail"_s, problem ? problem->detail : error.detail()},
        {u"identifier"_s, QJsonObject {{u"type"_s, type}, {u"value"_s, name}}},
    };
}

} // namespace

void NameRefusals::add(const QString& name, base::Error error)
{
    m_refusals.append({name, std::move(error)});
}

base::Error NameRefusals::error() const
{
    if (m_refusals.size() == 1)
        return m_refusals.first().error;
    QJsonArray parts;
    for (const Refusal& refusal : m_refusals)
        parts.append(subproblem(refusal.name, refusal.error));
    const QJsonObject compound {
        {u"type"_s, u"urn:ietf:params:acme:error:compound"_s},
        {u"detail"_s, u"%1 names could not be proved"_s.arg(m_refusals.size())},
        {u"status"_s, forbidden},
        {u"subproblems"_s, parts},
    };
    return base::Error(base::ProblemDocument::fromJson(compound, forbidden));
}

} // namespace lifecycle
