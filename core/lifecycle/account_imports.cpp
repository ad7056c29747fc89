// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_imports.h"

#include "acme/acme_client.h"
#include "base/work_pool.h"
#include "jose/jwk.h"
#include "lifecycle/account_finding.h"
#include "lifecycle/account_words.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

#include <QUuid>

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Outcome = ImportedAccount::Outcome;

struct AccountImports::Candidate {
    ImportedAccount seen;
    std::optional<crypto::PrivateKey> key; ///< where it could be read
};

namespace {

ImportedAccount seenIn(const exchange::AccountFile& file)
{
    ImportedAccount seen;
    seen.format = exchange::accountFormatName(file.format);
    seen.path = file.path;
    seen.contacts = file.contacts;
    seen.keyDescription = file.key.publicKey().description();
    seen.keyThumbprint = QString::fromLatin1(jose::thumbprint(file.key.publicKey()).value_or(QByteArray()));
    seen.url = file.url;
    return seen;
}

/// What can be said before the authority is asked.
void judge(ImportedAccount& seen, const exchange::AccountFile& file, const Authority& authority,
           const QList<Account>& stored)
{
    for (const Account& account : stored) {
        if (account.authorityId != authority.id || account.keyThumbprint != seen.keyThumbprint)
            continue;
        seen.outcome = Outcome::Known;
        seen.accountId = account.id;
        seen.detail = u"an account with this key is here already"_s;
        return;
    }
    if (!file.key.type()) {
        seen.outcome = Outcome::Unusable;
        seen.detail = u"a key of %1 cannot be used for accounts here"_s.arg(seen.keyDescription);
    } else if (!file.url.isEmpty() && file.url.host() != authority.directoryUrl.host()) {
        seen.outcome = Outcome::Elsewhere;
        seen.detail = u"it was used with %1"_s.arg(file.url.host());
    }
}

ImportedAccount unreadable(const QString& problem)
{
    ImportedAccount seen;
    seen.outcome = Outcome::Unusable;
    seen.detail = problem;
    return seen;
}

Account accountFrom(const ImportedAccount& seen, const crypto::PrivateKey& key, const acme::Account& answer,
                    const Authority& authority, const QDateTime& now)
{
    Account account;
    account.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    account.authorityId = authority.id;
    account.contacts = answer.contacts.isEmpty() ? seen.contacts : answer.contacts;
    account.keyType = *key.type();
    account.keyThumbprint = seen.keyThumbprint;
    account.url = answer.url;
    account.status = accountStatusOf(answer.status);
    account.termsAgreed = answer.termsOfServiceAgreed;
    account.createdAt = now;
    account.lastUsedAt = now;
    return account;
}

/// Whether the operator wants it: by name, or because nothing speaks against it.
bool isWanted(const ImportedAccount& seen, const QStringList& thumbprints)
{
    if (seen.outcome != Outcome::Found && seen.outcome != Outcome::Elsewhere)
        return false;
    return thumbprints.isEmpty() ? seen.outcome == Outcome::Found : thumbprints.contains(seen.keyThumbprint);
}

} // namespace

QString importOutcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Found:
        return u"found"_s;
    case Outcome::Imported:
        return u"imported"_s;
    case Outcome::Known:
        return u"known"_s;
    case Outcome::Absent:
        return u"absent"_s;
    case Outcome::Elsewhere:
        return u"elsewhere"_s;
    case Outcome::Unusable:
        return u"unusable"_s;
    case Outcome::Failed:
        return u"failed"_s;
    }
    return QString();
}

AccountImports::AccountImports(Repositories& repositories, AcmeClients& clients, Vault& vault, Journal& journal)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
{
}

Task<Result<QList<AccountImports::Candidate>>> AccountImports::candidates(AccountImport wanted)
{
    auto authority = co_await m_repositories.authorities.byId(wanted.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error().about(u"authority"_s));
    auto stored = co_await m_repositories.accounts.all();
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    auto read = [path = wanted.path, format = wanted.format] { return exchange::readAccountFiles(path, format); };
    auto files = co_await base::inPool(std::move(read));
    if (!files)
        co_return tl::unexpected(std::move(files).error());
    QList<Candidate> found;
    for (const exchange::AccountFile& file : std::as_const(files->accounts)) {
        Candidate candidate {seenIn(file), file.key};
        judge(candidate.seen, file, *authority, *stored);
        found.append(std::move(candidate));
    }
    for (const QString& problem : std::as_const(files->problems))
        found.append(Candidate {unreadable(problem), std::nullopt});
    co_return found;
}

Task<Result<QList<ImportedAccount>>> AccountImports::look(AccountImport wanted)
{
    auto found = co_await candidates(std::move(wanted));
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    QList<ImportedAccount> seen;
    for (const Candidate& candidate : std::as_const(*found))
        seen.append(candidate.seen);
    co_return seen;
}

Task<Result<QList<ImportedAccount>>> AccountImports::import(AccountImport wanted, std::stop_token stop)
{
    if (!m_vault.isOpen(Ring::Renewal))
        co_return base::failed(ErrorCode::Locked, u"the vault is locked"_s);
    auto found = co_await candidates(wanted);
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    auto authority = co_await m_repositories.authorities.byId(wanted.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    QList<ImportedAccount> outcomes;
    for (const Candidate& candidate : std::as_const(*found)) {
        ImportedAccount outcome = candidate.seen;
        if (isWanted(outcome, wanted.thumbprints) && !stop.stop_requested())
            outcome = co_await take(candidate, *authority, stop);
        outcomes.append(std::move(outcome));
    }
    co_return outcomes;
}

Task<ImportedAccount> AccountImports::take(Candidate candidate, Authority authority, std::stop_token stop)
{
    ImportedAccount outcome = candidate.seen;
    outcome.outcome = Outcome::Failed;
    auto client = m_clients.of(authority);
    if (!client) {
        outcome.detail = client.error().message();
        co_return outcome;
    }
    acme::AccountContext context {*candidate.key, candidate.seen.url};
    auto found = co_await findUsableAccount(**client, std::move(context), std::move(stop));
    if (!found) {
        if (found.error().code() == ErrorCode::Rejected)
            outcome.outcome = Outcome::Absent;
        outcome.detail = found.error().message();
        co_return outcome;
    }
    const Account account = accountFrom(candidate.seen, *candidate.key, *found, authority, m_journal.now());
    outcome.url = account.url;
    if (account.status != Account::Status::Valid) {
        outcome.outcome = Outcome::Absent;
        outcome.detail = u"the authority says that the account is %1"_s.arg(accountStatusName(account.status));
        co_return outcome;
    }
    auto stored = co_await store(std::move(candidate), account);
    if (!stored) {
        outcome.detail = stored.error().message();
        co_return outcome;
    }
    outcome.outcome = Outcome::Imported;
    outcome.accountId = *stored;
    outcome.contacts = account.contacts;
    co_return outcome;
}

Task<Result<QString>> AccountImports::store(Candidate candidate, Account account)
{
    auto sealed = sealAccountKey(m_vault, account.id, *candidate.key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto stored = co_await m_repositories.accounts.insert(account, *std::move(sealed));
    if (!stored)
        co_return base::failed(std::move(stored), u"storing the account");
    const QString detail = candidate.seen.format + u": "_s + candidate.seen.path;
    co_await m_journal.done(u"account.import"_s, account.id, accountTitle(account), Change::Accounts, detail);
    co_return account.id;
}

} // namespace lifecycle
