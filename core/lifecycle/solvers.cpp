// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/solvers.h"

#include "challenge/dns01_updater.h"
#include "lifecycle/candidate_solvers.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/journal.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using challenge::SolverSettings;

/// The place of the record that proves `name`, which may be changed there.
Task<Result<QString>> tryOut(challenge::Dns01Updater updater, base::Identifier name, std::stop_token stop)
{
    auto place = co_await updater.locate(challenge::dns01RecordName(name), stop);
    if (!place)
        co_return tl::unexpected(std::move(place).error());
    auto allowed = co_await updater.probe(*place, std::move(stop));
    if (!allowed)
        co_return tl::unexpected(std::move(allowed).error());
    co_return place->zone.isEmpty() ? place->name : u"%1 in the zone %2"_s.arg(place->name, place->zone);
}

} // namespace

Solvers::Solvers(SolverRepository& repository, Vault& vault, base::Clock& clock, Journal& journal)
    : m_repository(repository)
    , m_vault(vault)
    , m_clock(clock)
    , m_journal(journal)
    , m_stored(repository, vault)
{
}

Task<Result<QList<SolverSettings>>> Solvers::list()
{
    return m_repository.all();
}

Task<Result<SolverSettings>> Solvers::find(QString nameOrId)
{
    auto all = co_await m_repository.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    for (const SolverSettings& settings : std::as_const(*all))
        if (settings.id == nameOrId || settings.name.compare(nameOrId, Qt::CaseInsensitive) == 0)
            co_return settings;
    co_return base::failed(
        base::Error(ErrorCode::NotFound, u"there is no solver \"%1\""_s.arg(nameOrId.left(100))).about(u"solver"_s));
}

Task<Result<SolverSettings>> Solvers::add(SolverDetails details)
{
    auto candidate = co_await solverFrom(std::move(details));
    if (!candidate)
        co_return tl::unexpected(std::move(candidate).error());
    co_return co_await insert(*std::move(candidate));
}

Task<Result<SolverCandidate>> Solvers::candidate(SolverDetails details)
{
    auto candidate = co_await solverFrom(std::move(details));
    if (!candidate)
        co_return candidate;
    auto namesake = co_await find(candidate->settings.name);
    if (namesake)
        candidate->settings.id = namesake->id;
    co_return candidate;
}

Task<Result<SolverSettings>> Solvers::put(SolverDetails details, base::Identifier name, QStringList resolvers,
                                          std::stop_token stop)
{
    auto candidate = co_await this->candidate(std::move(details));
    if (!candidate)
        co_return tl::unexpected(std::move(candidate).error());
    CandidateSolvers store(m_stored, *candidate);
    const challenge::Dns01Updater updater(store, m_clock, candidate->settings.id, std::move(resolvers));
    auto proved = co_await tryOut(updater, std::move(name), std::move(stop));
    if (!proved)
        co_return tl::unexpected(std::move(proved).error());
    auto known = co_await find(candidate->settings.id);
    if (!known)
        co_return co_await insert(*std::move(candidate));
    auto former = co_await m_stored.secret(known->id);
    const bool isSame = *known == candidate->settings && former && **former == *candidate->secret;
    if (isSame)
        co_return candidate->settings;
    auto sealed = sealedSecret(*candidate);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto stored = co_await m_repository.update(candidate->settings, *std::move(sealed));
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    co_await m_journal.done(u"solver.update"_s, known->id, known->name, Change::Solvers);
    co_return candidate->settings;
}

Result<QByteArray> Solvers::sealedSecret(const SolverCandidate& candidate)
{
    if (candidate.secret->isEmpty())
        return QByteArray("");
    return m_vault.seal(Ring::Renewal, solverSecretPlace(candidate.settings.id), *candidate.secret);
}

Task<Result<SolverSettings>> Solvers::insert(SolverCandidate candidate)
{
    auto sealed = sealedSecret(candidate);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    const SolverSettings settings = candidate.settings;
    auto stored = co_await m_repository.insert(settings, *std::move(sealed));
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    co_await m_journal.done(u"solver.add"_s, settings.id, settings.name, Change::Solvers);
    co_return settings;
}

Task<Result<void>> Solvers::remove(QString id)
{
    auto known = co_await find(id);
    if (!known)
        co_return tl::unexpected(std::move(known).error());
    auto removed = co_await m_repository.remove(known->id);
    if (!removed)
        co_return removed;
    co_await m_journal.done(u"solver.remove"_s, known->id, known->name, Change::Solvers);
    co_return removed;
}

Task<Result<QString>> Solvers::test(QString id, base::Identifier name, QStringList resolvers, std::stop_token stop)
{
    const challenge::Dns01Updater updater(m_stored, m_clock, std::move(id), std::move(resolvers));
    co_return co_await tryOut(updater, std::move(name), std::move(stop));
}

} // namespace lifecycle
