// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/persist_records.h"

#include "app/cli/documents.h"
#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"
#include "lifecycle/solvers.h"

#include <algorithm>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::PersistRecord;
using Records = QList<PersistRecord>;

QString stateOf(const PersistRecord& record)
{
    if (record.verdict)
        return challenge::persistVerdictName(*record.verdict);
    return record.checkedAt.isValid() ? u"unknown"_s : u"unchecked"_s;
}

QJsonObject documentOf(const PersistRecord& record, const QDateTime& now)
{
    return {{u"id"_s, record.id},
            {u"name"_s, record.name},
            {u"account"_s, record.accountId},
            {u"record"_s, record.recordName()},
            {u"value"_s, QString::fromLatin1(record.value)},
            {u"zoneLine"_s, record.zoneFileLine()},
            {u"wildcard"_s, record.isWildcard()},
            {u"persistUntil"_s, timeValue(record.persistUntil())},
            {u"ending"_s, record.isEnding(now)},
            {u"createdAt"_s, timeValue(record.createdAt)},
            {u"checkedAt"_s, timeValue(record.checkedAt)},
            {u"state"_s, stateOf(record)},
            {u"detail"_s, record.detail}};
}

/// Failed where something has to be done about one: for cron.
Reply replyWith(Session& session, const Records& records, const QStringList& columns)
{
    const QDateTime now = session.engine().clock().now();
    QJsonArray documents;
    for (const PersistRecord& record : records)
        documents.append(documentOf(record, now));
    const bool bad = std::any_of(records.begin(), records.end(), [&now](const PersistRecord& record) {
        return record.checkedAt.isValid() && (!record.verdict || record.needsAttention(now));
    });
    return {documents, columns, bad ? exit_code::Failed : exit_code::Done};
}

Task<Result<lifecycle::PersistWish>> wishFrom(Session& session, Arguments arguments)
{
    const auto name = requiredOption(arguments, u"authority"_s);
    if (!name)
        co_return tl::unexpected(name.error());
    const QDateTime until = lifecycle::persistEnd(arguments.value(u"until"_s));
    if (arguments.has(u"until"_s) && !until.isValid())
        co_return badOption(u"until"_s, u"write 2027-12-31 or 2027-12-31T12:00:00Z"_s);
    auto authority = co_await authorityNamed(session, *name);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    lifecycle::PersistWish wish;
    wish.authorityId = authority->id;
    wish.accountId = arguments.value(u"account"_s);
    wish.names = arguments.words;
    wish.wildcard = arguments.has(u"wildcard"_s);
    wish.until = until;
    wish.reusable = arguments.has(u"any-name"_s);
    wish.issuer = arguments.value(u"issuer"_s);
    co_return wish;
}

/// What is to be done with new records beyond printing them.
Task<Result<Records>> follow(Session& session, Arguments arguments, Records records)
{
    if (arguments.has(u"solver"_s)) {
        auto solver = co_await session.engine().solvers().find(arguments.value(u"solver"_s));
        if (!solver)
            co_return tl::unexpected(std::move(solver).error());
        auto placed =
            co_await session.engine().persistRecords().putInPlace(std::move(records), solver->id, session.stop());
        if (!placed)
            co_return base::failed(std::move(placed), u"putting the records in place");
        co_return placed;
    }
    if (arguments.has(u"watch"_s)) {
        auto kept = co_await session.engine().persistRecords().watch(std::move(records));
        if (!kept || !arguments.has(u"verify"_s))
            co_return kept;
        co_return co_await session.engine().persistRecords().check(*std::move(kept), session.stop());
    }
    if (arguments.has(u"verify"_s))
        co_return co_await session.engine().persistRecords().check(std::move(records), session.stop());
    co_return records;
}

Task<Result<Reply>> make(Session& session, Arguments arguments)
{
    auto wish = co_await wishFrom(session, arguments);
    if (!wish)
        co_return tl::unexpected(std::move(wish).error());
    auto records = co_await session.engine().persistRecords().make(*std::move(wish), session.stop());
    if (!records)
        co_return base::failed(std::move(records), u"making the records");
    auto followed = co_await follow(session, std::move(arguments), *std::move(records));
    if (!followed)
        co_return tl::unexpected(std::move(followed).error());
    co_return replyWith(session, *followed, {u"zoneLine"_s, u"state"_s, u"detail"_s});
}

QStringList listColumns()
{
    return {u"id"_s, u"record"_s, u"state"_s, u"persistUntil"_s, u"checkedAt"_s, u"detail"_s};
}

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto records = co_await session.engine().persistRecords().watched();
    if (!records)
        co_return base::failed(std::move(records), u"reading the watched records");
    Reply reply = replyWith(session, *records, listColumns());
    reply.exitCode = exit_code::Done;
    co_return reply;
}

Task<Result<Reply>> check(Session& session, Arguments arguments)
{
    auto records = co_await session.engine().persistRecords().watched();
    if (!records)
        co_return base::failed(std::move(records), u"reading the watched records");
    for (const QString& id : std::as_const(arguments.words))
        if (std::none_of(records->cbegin(), records->cend(), [&id](const auto& record) { return record.id == id; }))
            co_return base::failed(base::ErrorCode::NotFound, u"there is no watched record \"%1\""_s.arg(id.left(100)));
    if (!arguments.words.isEmpty())
        records->removeIf([&arguments](const auto& record) { return !arguments.words.contains(record.id); });
    auto checked = co_await session.engine().persistRecords().check(*std::move(records), session.stop());
    if (!checked)
        co_return base::failed(std::move(checked), u"looking for the records");
    co_return replyWith(session, *checked, listColumns());
}

/// Keys of DNS servers are in the vault.
Task<Result<void>> removeFromDns(Session& session, Arguments arguments)
{
    auto opened = co_await session.openVault();
    if (!opened)
        co_return opened;
    QString solverId;
    if (arguments.has(u"solver"_s)) {
        auto solver = co_await session.engine().solvers().find(arguments.value(u"solver"_s));
        if (!solver)
            co_return tl::unexpected(std::move(solver).error());
        solverId = solver->id;
    }
    co_return co_await session.engine().persistRecords().removeFromDns(arguments.words, solverId, session.stop());
}

Task<Result<Reply>> forget(Session& session, Arguments arguments)
{
    if (arguments.has(u"remove-record"_s)) {
        auto removed = co_await removeFromDns(session, arguments);
        if (!removed)
            co_return base::failed(std::move(removed), u"removing the record from DNS");
        co_return removedReply(arguments.words[0]);
    }
    if (arguments.has(u"solver"_s))
        co_return badOption(u"solver"_s, u"only goes with --remove-record"_s);
    auto forgotten = co_await session.engine().persistRecords().forget(arguments.words[0]);
    if (!forgotten)
        co_return base::failed(std::move(forgotten), u"forgetting the record");
    co_return removedReply(arguments.words[0]);
}

QList<Option> makeOptions()
{
    return {
        {u"authority"_s, u"NAME"_s, u"The authority that is to accept them."_s},
        {u"account"_s, u"ID"_s, u"The account that they are for; else the authority's only one."_s},
        {u"wildcard"_s, {}, u"Also for wildcards and the names below (policy=wildcard)."_s},
        {u"until"_s, u"DAY"_s,
         u"The last day in UTC, or the moment, on which they prove anything (persistUntil); else none."_s},
        {u"any-name"_s, {}, u"One value for all names, where the authority hashes accounts."_s},
        {u"issuer"_s, u"DOMAIN"_s, u"Which name of the authority's stands in them; else its first."_s},
        {u"verify"_s, {}, u"Looks whether they are in DNS; fails where one is not."_s},
        {u"watch"_s, {}, u"Keeps them in the list of what is looked after."_s},
        {u"solver"_s, u"NAME"_s, u"Puts them in place with this solver, once, and watches them."_s},
    };
}

QList<Option> forgetOptions()
{
    return {
        {u"remove-record"_s, {}, u"Takes its value out of DNS first; others at the same name stay."_s},
        {u"solver"_s, u"NAME"_s, u"With --remove-record: by which solver, where none claims the zone."_s},
    };
}

} // namespace

QList<Command> persistRecordCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"persist-record"_s;
    return {
        {noun, u"make"_s, u"NAME…"_s, 1, -1, u"Prints the TXT records that prove names by dns-persist-01."_s,
         makeOptions(), Needs::OpenVault, make},
        {noun,
         u"list"_s,
         {},
         0,
         0,
         u"Lists those that are watched, with what was found last."_s,
         {},
         Needs::Data,
         list},
        {noun,
         u"check"_s,
         u"[ID…]"_s,
         0,
         -1,
         u"Asks DNS for them now; fails where one is missing, wrong or ends soon."_s,
         {},
         Needs::Data,
         check},
        {noun, u"forget"_s, u"ID"_s, 1, 1, u"Watches one no more; what is in DNS stays."_s, forgetOptions(),
         Needs::Data, forget},
    };
}

} // namespace cli
