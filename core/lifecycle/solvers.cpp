// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/solvers.h"

#include "base/platform.h"
#include "base/work_pool.h"
#include "challenge/dns01_updater.h"
#include "dns/record.h"
#include "dns/server_address.h"
#include "dns/tsig_key.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/journal.h"

#include <QUuid>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using challenge::DnsUpdateSettings;

constexpr qint64 longestKeyFile = 64 * 1024;

Result<QStringList> zonesFrom(const QStringList& texts)
{
    QStringList zones;
    for (const QString& text : texts) {
        const auto zone = base::Identifier::parse(dns::normalName(text.trimmed()));
        if (!zone || zone->isWildcard() || zone->type() != base::Identifier::Type::Dns)
            return base::invalid(u"zones"_s, u"\"%1\" is no DNS zone"_s.arg(text.left(100)));
        zones.append(zone->value());
    }
    return zones;
}

Result<DnsUpdateSettings> settingsFrom(const SolverDetails& details, const dns::TsigKey& key)
{
    const auto server = dns::ServerAddress::parse(details.server);
    if (!server)
        return base::failed(server.error());
    auto zones = zonesFrom(details.zones);
    if (!zones)
        return base::failed(std::move(zones).error());
    DnsUpdateSettings settings;
    settings.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    settings.server = server->toString();
    settings.keyName = key.name;
    settings.algorithm = key.algorithm;
    settings.zones = *std::move(zones);
    settings.name = details.name.trimmed();
    if (settings.name.isEmpty())
        settings.name = u"%1 at %2"_s.arg(settings.keyName, settings.server);
    return settings;
}

/// Settings that are not stored, with their key.
struct Candidate {
    DnsUpdateSettings settings;
    std::shared_ptr<const dns::TsigKey> key;
};

Result<dns::TsigKey> readKeyFile(const QString& path)
{
    auto bytes = base::platform::readFile(path, longestKeyFile);
    if (!bytes)
        return base::failed(std::move(bytes).error().during(u"reading the key file").about(u"tsigFile"_s));
    const base::Secret contents {QByteArrayView(*bytes)};
    base::wipe(*bytes);
    return dns::parseTsigKeyFile(contents);
}

Task<Result<Candidate>> candidateFrom(SolverDetails details)
{
    auto read = [path = details.keyFilePath] { return readKeyFile(path); };
    auto key = co_await base::inPool(std::move(read));
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    auto settings = settingsFrom(details, *key);
    if (!settings)
        co_return tl::unexpected(std::move(settings).error());
    Candidate candidate {*std::move(settings), std::make_shared<const dns::TsigKey>(*std::move(key))};
    co_return candidate;
}

/// The stored settings as they would be with one candidate more, or changed.
class WithCandidate final : public challenge::DnsUpdateStore {
public:
    WithCandidate(challenge::DnsUpdateStore& stored, Candidate candidate)
        : m_stored(stored)
        , m_candidate(std::move(candidate))
    {
    }

    Task<Result<QList<DnsUpdateSettings>>> all() override
    {
        auto all = co_await m_stored.all();
        if (!all)
            co_return all;
        all->removeIf([this](const DnsUpdateSettings& settings) { return settings.id == m_candidate.settings.id; });
        all->append(m_candidate.settings);
        co_return all;
    }

    Task<Result<std::shared_ptr<const dns::TsigKey>>> key(QString id) override
    {
        if (id == m_candidate.settings.id)
            co_return std::as_const(m_candidate.key);
        co_return co_await m_stored.key(std::move(id));
    }

private:
    challenge::DnsUpdateStore& m_stored;
    Candidate m_candidate;
};

/// The place of the record that proves `name`, which may be changed there.
Task<Result<QString>> tryOut(challenge::Dns01Updater updater, base::Identifier name, std::stop_token stop)
{
    auto place = co_await updater.locate(challenge::dns01RecordName(name), stop);
    if (!place)
        co_return tl::unexpected(std::move(place).error());
    auto allowed = co_await updater.probe(*place, std::move(stop));
    if (!allowed)
        co_return tl::unexpected(std::move(allowed).error());
    co_return u"%1 in the zone %2"_s.arg(place->name, place->zone);
}

} // namespace

Solvers::Solvers(SolverRepository& repository, Vault& vault, base::Clock& clock, Journal& journal)
    : m_repository(repository)
    , m_vault(vault)
    , m_clock(clock)
    , m_journal(journal)
    , m_updates(repository, vault)
{
}

Task<Result<QList<DnsUpdateSettings>>> Solvers::list()
{
    return m_repository.all();
}

Task<Result<DnsUpdateSettings>> Solvers::find(QString nameOrId)
{
    auto all = co_await m_repository.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    for (const DnsUpdateSettings& settings : std::as_const(*all))
        if (settings.id == nameOrId || settings.name.compare(nameOrId, Qt::CaseInsensitive) == 0)
            co_return settings;
    co_return base::failed(
        base::Error(ErrorCode::NotFound, u"there is no solver \"%1\""_s.arg(nameOrId.left(100))).about(u"solver"_s));
}

Task<Result<DnsUpdateSettings>> Solvers::add(SolverDetails details)
{
    auto candidate = co_await candidateFrom(std::move(details));
    if (!candidate)
        co_return tl::unexpected(std::move(candidate).error());
    co_return co_await insert(candidate->settings, candidate->key);
}

Task<Result<DnsUpdateSettings>> Solvers::put(SolverDetails details, base::Identifier name, std::stop_token stop)
{
    auto candidate = co_await candidateFrom(std::move(details));
    if (!candidate)
        co_return tl::unexpected(std::move(candidate).error());
    auto known = co_await find(candidate->settings.name);
    if (known)
        candidate->settings.id = known->id;
    WithCandidate updates(m_updates, *candidate);
    const challenge::Dns01Updater updater(updates, m_clock, candidate->settings.id);
    auto proved = co_await tryOut(updater, std::move(name), std::move(stop));
    if (!proved)
        co_return tl::unexpected(std::move(proved).error());
    if (!known)
        co_return co_await insert(candidate->settings, candidate->key);
    auto former = co_await m_updates.key(known->id);
    const bool isSame = *known == candidate->settings && former && (*former)->secret == candidate->key->secret;
    if (isSame)
        co_return candidate->settings;
    auto sealed = m_vault.seal(Ring::Renewal, tsigSecretPlace(known->id), candidate->key->secret);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto stored = co_await m_repository.update(candidate->settings, *std::move(sealed));
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    co_await m_journal.done(u"solver.update"_s, known->id, known->name, Change::Solvers);
    co_return candidate->settings;
}

Task<Result<DnsUpdateSettings>> Solvers::insert(DnsUpdateSettings settings, std::shared_ptr<const dns::TsigKey> key)
{
    auto sealed = m_vault.seal(Ring::Renewal, tsigSecretPlace(settings.id), key->secret);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
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

Task<Result<QString>> Solvers::test(QString id, base::Identifier name, std::stop_token stop)
{
    const challenge::Dns01Updater updater(m_updates, m_clock, std::move(id));
    co_return co_await tryOut(updater, std::move(name), std::move(stop));
}

} // namespace lifecycle
