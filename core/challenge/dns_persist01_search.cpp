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

Task<Result<dns::Lookup>> textsFrom(QStringList servers, QString record, std::stop_token stop)
{
    auto resolver = dns::resolverAsking(servers);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    co_return co_await (*resolver)->lookup(record, dns::RecordType::Txt, std::move(stop));
}

/// Whether an update server does not know the record, because its zone is served by others.
bool isOfOthers(const Result<dns::Lookup>& answer)
{
    return answer ? answer->status == dns::Lookup::Status::Referral
                  : answer.error().code() == base::ErrorCode::Rejected;
}

} // namespace

DnsPersist01Search::DnsPersist01Search(SolverStore& store, QString usual, QStringList resolvers)
    : m_store(&store)
    , m_usual(std::move(usual))
    , m_resolvers(std::move(resolvers))
{
}

DnsPersist01Search::DnsPersist01Search(std::shared_ptr<dns::Resolver> eyes)
    : m_eyes(std::move(eyes))
{
}

Task<Result<QStringList>> DnsPersist01Search::serverFor(QString record) const
{
    auto all = co_await m_store->all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    const SolverSettings* settings = settingsFor(*all, record, m_usual);
    const bool hasServer = settings && !settings->server.isEmpty();
    co_return hasServer ? QStringList(settings->server) : QStringList();
}

Task<Result<dns::Lookup>> DnsPersist01Search::look(QString record, std::stop_token stop) const
{
    if (m_eyes)
        co_return co_await m_eyes->lookup(record, dns::RecordType::Txt, stop);
    auto server = co_await serverFor(record);
    if (!server)
        co_return tl::unexpected(std::move(server).error());
    if (server->isEmpty())
        co_return co_await textsFrom(m_resolvers, record, stop);
    auto own = co_await textsFrom(*server, record, stop);
    if (!isOfOthers(own))
        co_return own;
    auto seen = co_await textsFrom(m_resolvers, record, stop);
    co_return seen ? seen : own;
}

Task<Result<DnsPersist01Finding>> DnsPersist01Search::findAt(DnsPersist01Question question, QString domain,
                                                             std::stop_token stop) const
{
    const QString record = dnsPersist01RecordName(domain);
    auto answer = co_await look(record, std::move(stop));
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
