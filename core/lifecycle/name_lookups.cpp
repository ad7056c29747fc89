// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/name_lookups.h"

#include "base/task_scope.h"
#include "dns/network_resolver.h"
#include "lifecycle/repositories.h"

#include <memory>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Result;
using base::Task;
using dns::Lookup;
using dns::RecordType;

constexpr int atOnce = 8;
constexpr int silencesUntilGivingUp = 8;

/// The lookups of one question, handed out to the jobs one by one.
struct Search {
    std::shared_ptr<dns::Resolver> resolver;
    QStringList names;
    QList<bool> missing; ///< of the name at the same place
    std::stop_token stop;
    qsizetype next = 0;
    int silences = 0; ///< in a row

    bool isOver() const { return next >= names.size() || stop.stop_requested() || silences >= silencesUntilGivingUp; }
};

bool hasNothing(const Result<Lookup>& answer)
{
    return answer && (answer->status == Lookup::Status::NoSuchName || answer->status == Lookup::Status::NoData);
}

Task<void> job(std::shared_ptr<Search> search)
{
    while (!search->isOver()) {
        const qsizetype index = search->next++;
        const QString name = search->names[index];
        auto answer = co_await search->resolver->lookup(name, RecordType::A, search->stop);
        if (hasNothing(answer) && answer->status == Lookup::Status::NoData)
            answer = co_await search->resolver->lookup(name, RecordType::Aaaa, search->stop);
        search->missing[index] = hasNothing(answer);
        search->silences = answer ? 0 : search->silences + 1;
    }
}

/// A wildcard needs no record, and names of this machine are not in the DNS.
QStringList namesToLookUp(const QList<Identifier>& names)
{
    QStringList wanted;
    for (const Identifier& name : names) {
        const bool local = name.value() == u"localhost" || name.value().endsWith(u".localhost"_s);
        if (name.type() == Identifier::Type::Dns && !name.isWildcard() && !local)
            wanted.append(name.value());
    }
    return wanted;
}

QList<NameWarning> warningsFrom(const Search& search)
{
    QList<NameWarning> warnings;
    for (qsizetype i = 0; i < search.names.size(); ++i) {
        if (!search.missing[i])
            continue;
        NameWarning warning;
        warning.kind = NameWarning::Kind::Unknown;
        warning.name = search.names[i];
        warnings.append(std::move(warning));
    }
    return warnings;
}

} // namespace

NameLookups::NameLookups(Repositories& repositories)
    : m_repositories(repositories)
{
}

Task<Result<QList<NameWarning>>> NameLookups::missing(NameQuestion question, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(question.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto resolver = dns::resolverAsking(authority->resolvers);
    if (!resolver)
        co_return tl::unexpected(std::move(resolver).error());
    auto search = std::make_shared<Search>();
    search->resolver = *std::move(resolver);
    search->names = namesToLookUp(question.names);
    search->missing = QList<bool>(search->names.size(), false);
    search->stop = std::move(stop);
    base::TaskScope jobs;
    for (int i = 0; i < atOnce; ++i)
        jobs.start(job(search));
    co_await jobs.drain();
    co_return warningsFrom(*search);
}

} // namespace lifecycle
