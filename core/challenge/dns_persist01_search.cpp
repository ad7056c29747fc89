// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_persist01_search.h"

#include "challenge/dns_persist01_record.h"
#include "dns/network_resolver.h"

namespace challenge {
namespace {

using base::Result;
using base::Task;

/// The names above, the nearest first, without top-level domains.
QStringList namesAbove(const QString& name)
{
    QStringList above;
    for (QString next = dns::parentName(name); next.contains(u'.'); next = dns::parentName(next))
        above.append(next);
    return above;
}

DnsPersist01Demand demandAt(const DnsPersist01Question& question, const QString& domain)
{
    const bool isAbove = domain != question.identifier.baseName();
    return {question.terms, question.account, domain, isAbove || question.identifier.isWildcard(), question.now};
}

} // namespace

DnsPersist01Search::DnsPersist01Search(SolverStore& store, QString usual, QStringList resolvers)
    : m_store(store)
    , m_usual(std::move(usual))
    , m_resolvers(std::move(resolvers))
{
}

Task<Result<std::shared_ptr<dns::Resolver>>> DnsPersist01Search::resolverFor(QString record) const
{
    auto all = co_await m_store.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    const SolverSettings* settings = settingsFor(*all, record, m_usual);
    const bool hasServer = settings && !settings->server.isEmpty();
    co_return dns::resolverAsking(hasServer ? QStringList(settings->server) : m_resolvers);
}

Task<Result<DnsPersist01Finding>> DnsPersist01Search::findAt(DnsPersist01Question question, QString domain,
                                                             std::stop_token stop) const
{
    const QString record = dnsPersist01RecordName(domain);
    auto resolver = co_await resolverFor(record);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    auto answer = co_await (*resolver)->lookup(record, dns::RecordType::Txt, std::move(stop));
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    QList<QByteArray> values;
    for (const dns::Record& each : std::as_const(answer->records))
        values.append(each.value);
    co_return judgeDnsPersist01(values, demandAt(question, domain));
}

Task<Result<DnsPersist01Finding>> DnsPersist01Search::find(DnsPersist01Question question, std::stop_token stop) const
{
    const QString name = question.identifier.baseName();
    auto own = co_await findAt(question, name, stop);
    if (!own || own->isUsable())
        co_return own;
    const QStringList above = namesAbove(name);
    for (const QString& domain : above) {
        auto other = co_await findAt(question, domain, stop);
        if (other && other->isUsable())
            co_return other;
    }
    co_return own;
}

} // namespace challenge
