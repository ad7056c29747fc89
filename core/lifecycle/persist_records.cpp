// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/persist_records.h"

#include "acme/acme_client.h"
#include "base/logging.h"
#include "challenge/dns_persist01_record.h"
#include "challenge/dns_persist01_search.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/accounts.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/authorities.h"
#include "lifecycle/journal.h"
#include "lifecycle/persist_record_repository.h"
#include "lifecycle/repositories.h"

#include <QMap>

#include <vector>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using challenge::DnsPersist01Record;
using challenge::DnsPersist01Terms;
using challenge::ProvingAccount;

constexpr qsizetype recordsAtOnce = 8;
constexpr std::chrono::hours betweenLooksAtDns {12};
constexpr std::chrono::minutes betweenRounds {10};

Result<QList<base::Identifier>> namesFrom(const QStringList& texts)
{
    auto names = base::parseIdentifiers(texts);
    if (!names)
        return base::failed(std::move(names).error().about(u"names"_s));
    if (names->isEmpty())
        return base::invalid(u"names"_s, u"name at least one domain"_s);
    for (const base::Identifier& name : *names)
        if (name.type() != base::Identifier::Type::Dns)
            return base::invalid(u"names"_s, u"dns-persist-01 cannot prove the IP address %1"_s.arg(name.value()));
    return names;
}

Result<QString> issuerFor(const PersistWish& wish, const DnsPersist01Terms& terms)
{
    const QString issuer = wish.issuer.trimmed().toLower();
    if (issuer.isEmpty() && !terms.issuerNames.isEmpty())
        return terms.issuerNames.constFirst();
    if (issuer.isEmpty())
        return base::invalid(u"issuer"_s,
                             u"this authority's directory does not say which name stands for it in DNS: name it"_s);
    const auto name = base::Identifier::parse(issuer);
    if (!name || name->isWildcard() || name->type() != base::Identifier::Type::Dns)
        return base::invalid(u"issuer"_s, u"\"%1\" is no domain name"_s.arg(issuer.left(100)));
    if (!terms.issuerNames.isEmpty() && !terms.issuerNames.contains(name->value()))
        return base::invalid(u"issuer"_s, u"the authority goes by %1"_s.arg(terms.issuerNames.join(u" or "_s)));
    return name->value();
}

ProvingAccount accountIn(const Account& account)
{
    return {account.url.toString(QUrl::FullyEncoded), account.keyThumbprint};
}

} // namespace

challenge::DnsPersist01Directory persistenceOf(const Authority& authority)
{
    return {authority.meta.accountHashPrefix, authority.meta.issuerDomainNames, authority.meta.caaIdentities};
}

/// Whom records speak for, and to whom.
struct PersistRecords::Speaker {
    Account account;
    DnsPersist01Terms terms;
};

PersistRecords::PersistRecords(PersistServices services)
    : m_services(services)
    , m_solvers(services.repositories.solvers, services.vault)
{
}

Task<Result<Account>> PersistRecords::accountOf(PersistWish wish)
{
    if (wish.accountId.isEmpty())
        co_return co_await m_services.accounts.onlyOneOf(wish.authorityId);
    auto account = co_await m_services.accounts.byId(wish.accountId);
    if (!account)
        co_return account;
    if (account->status != Account::Status::Valid)
        co_return base::invalid(u"account"_s, u"this account is %1"_s.arg(accountStatusName(account->status)));
    co_return account;
}

Task<Result<void>> PersistRecords::prove(Account account, acme::AcmeClient& client, std::stop_token stop)
{
    auto signer = co_await m_services.keys.signer(account.id, stop);
    if (!signer)
        co_return tl::unexpected(std::move(signer).error());
    acme::AccountContext context {std::move(signer->key), signer->account.url};
    auto shown = co_await client.account(std::move(context), std::move(stop));
    if (!shown)
        co_return base::failed(std::move(shown), u"asking the authority for the account");
    if (shown->status != acme::AccountStatus::Valid)
        co_return base::invalid(u"account"_s, u"the authority says that this account is %1"_s.arg(shown->statusText));
    co_return Result<void>();
}

Task<Result<PersistRecords::Speaker>> PersistRecords::speakerFor(PersistWish wish, std::stop_token stop)
{
    auto account = co_await accountOf(std::move(wish));
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    auto authority = co_await m_services.authorities.refresh(account->authorityId, stop);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto terms = DnsPersist01Terms::before(persistenceOf(*authority));
    if (!terms)
        co_return tl::unexpected(std::move(terms).error());
    if (terms->isHashed()) {
        auto client = m_services.clients.of(*authority);
        if (!client)
            co_return tl::unexpected(std::move(client).error());
        auto proved = co_await prove(*account, **client, std::move(stop));
        if (!proved)
            co_return tl::unexpected(std::move(proved).error());
        // the key may have been changed while we waited for it
        account = co_await m_services.accounts.byId(account->id);
        if (!account)
            co_return tl::unexpected(std::move(account).error());
    }
    Speaker speaker {*std::move(account), *std::move(terms)};
    co_return speaker;
}

Task<Result<QList<PersistRecord>>> PersistRecords::make(PersistWish wish, std::stop_token stop)
{
    const auto names = namesFrom(wish.names);
    if (!names)
        co_return tl::unexpected(names.error());
    if (wish.until.isValid() && wish.until <= m_services.clock.now())
        co_return base::invalid(u"until"_s, u"this moment is past"_s);
    auto speaker = co_await speakerFor(wish, std::move(stop));
    if (!speaker)
        co_return tl::unexpected(std::move(speaker).error());
    const auto issuer = issuerFor(wish, speaker->terms);
    if (!issuer)
        co_return tl::unexpected(issuer.error());
    wish.issuer = *issuer;
    co_return recordsFor(*speaker, wish, *names);
}

QList<PersistRecord> PersistRecords::recordsFor(const Speaker& speaker, const PersistWish& wish,
                                                const QList<base::Identifier>& names) const
{
    QMap<QString, bool> wildcards; // by name, sorted; a wildcard shares the record of its name
    for (const base::Identifier& name : names)
        wildcards[name.baseName()] |= wish.wildcard || name.isWildcard();
    QList<PersistRecord> records;
    for (auto each = wildcards.cbegin(); each != wildcards.cend(); ++each) {
        const QString domain = wish.reusable ? QString::fromLatin1(challenge::AnyDomain) : each.key();
        const QString uri = challenge::persistentAccountUri(speaker.terms, accountIn(speaker.account), domain);
        DnsPersist01Record record {wish.issuer, uri, each.value(), {}};
        if (wish.until.isValid())
            record.persistUntil = wish.until.toSecsSinceEpoch();
        PersistRecord made;
        made.accountId = speaker.account.id;
        made.name = each.key();
        made.value = record.toValue();
        made.createdAt = m_services.clock.now();
        records.append(std::move(made));
    }
    return records;
}

Task<Result<challenge::DnsPersist01Finding>> PersistRecords::find(PersistRecord record, std::stop_token stop)
{
    auto account = co_await m_services.accounts.byId(record.accountId);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    auto authority = co_await m_services.repositories.authorities.byId(account->authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    const auto identifier = base::Identifier::parse(record.isWildcard() ? u"*."_s + record.name : record.name);
    if (!identifier)
        co_return tl::unexpected(identifier.error());
    // the issuer that the record names, since the operator may know what the directory does not say
    DnsPersist01Terms terms {{challenge::dnsPersist01Issuer(record.value)}, authority->meta.accountHashPrefix};
    challenge::DnsPersist01Question question {*identifier, std::move(terms), accountIn(*account),
                                              m_services.clock.now()};
    const challenge::DnsPersist01Search search(m_solvers, QString(), authority->resolvers);
    co_return co_await search.find(std::move(question), std::move(stop));
}

Task<PersistRecord> PersistRecords::checked(PersistRecord record, std::stop_token stop)
{
    auto finding = co_await find(record, std::move(stop));
    record.checkedAt = m_services.clock.now();
    record.verdict.reset();
    if (finding)
        record.verdict = finding->verdict;
    record.detail = finding ? finding->detail : finding.error().message();
    co_return record;
}

Task<Result<QList<PersistRecord>>> PersistRecords::check(QList<PersistRecord> records, std::stop_token stop)
{
    QList<PersistRecord> all;
    QList<PersistRecord> kept;
    for (qsizetype first = 0; first < records.size(); first += recordsAtOnce) {
        std::vector<Task<PersistRecord>> running;
        for (const PersistRecord& record : records.mid(first, recordsAtOnce))
            running.push_back(checked(record, stop));
        for (Task<PersistRecord>& each : running) {
            auto record = co_await std::move(each);
            if (!record.id.isEmpty())
                kept.append(record);
            all.append(std::move(record));
        }
    }
    if (stop.stop_requested())
        co_return base::failed(ErrorCode::Cancelled, u"stopped while asking DNS"_s);
    if (kept.isEmpty())
        co_return all;
    auto noted = co_await m_services.repositories.persistRecords.noteFindings(std::move(kept));
    if (!noted)
        co_return tl::unexpected(std::move(noted).error());
    m_services.journal.announce(Change::Solvers);
    co_return all;
}

Task<void> PersistRecords::checkDue(std::stop_token stop)
{
    auto records = co_await watched();
    if (!records)
        co_return;
    const QDateTime before = m_services.clock.now().addSecs(-std::chrono::seconds(betweenLooksAtDns).count());
    records->removeIf([&before](const PersistRecord& record) { return record.checkedAt > before; });
    if (records->isEmpty())
        co_return;
    auto looked = co_await check(*std::move(records), stop);
    if (!looked && !stop.stop_requested())
        qCWarning(base::log::lifecycle) << "watched records cannot be looked at:" << looked.error().message();
}

Task<void> PersistRecords::run(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        co_await checkDue(stop);
        co_await m_services.clock.sleep(betweenRounds, stop);
    }
}

} // namespace lifecycle
