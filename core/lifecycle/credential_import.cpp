// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/credential_import.h"

#include "base/delivery.h"
#include "base/work_pool.h"
#include "lifecycle/credential_lines.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

#include <QHash>
#include <QSet>
#include <QTimer>
#include <QUuid>

#include <chrono>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using Verdict = CredentialImportLine::Verdict;

/// The vault belongs to this thread, so that sealing does not go to the pool; orders that run must not notice it.
constexpr qsizetype sealedInOneGo = 50;

/// Resumes once the thread has looked after everybody else: by a timer, since sockets wait for posted events.
Task<void> turnOfOthers()
{
    const base::Delivery<bool> turn;
    QTimer::singleShot(std::chrono::milliseconds(1), [turn] { turn.deliver(true); });
    co_await turn;
}

/// Authorities by their name in lower case and by their id.
QHash<QString, Authority> byName(const QList<Authority>& authorities)
{
    QHash<QString, Authority> found;
    for (const Authority& authority : authorities) {
        found.insert(authority.name.toCaseFolded(), authority);
        found.insert(authority.id, authority);
    }
    return found;
}

QString place(const QString& authorityId, const QString& kid)
{
    return authorityId + u'\n' + kid;
}

void refuse(CredentialImportLine& line, const QString& field, const QString& why)
{
    line.verdict = Verdict::Bad;
    line.error = base::Error(base::ErrorCode::InvalidInput, why).about(field);
    line.key.reset();
}

void findAuthority(CredentialImportLine& line, const QHash<QString, Authority>& authorities)
{
    auto found = authorities.constFind(line.authorityName.toCaseFolded());
    if (found == authorities.constEnd())
        found = authorities.constFind(line.authorityName);
    if (found != authorities.constEnd()) {
        line.credential.authorityId = found->id;
        line.authorityName = found->name;
    } else if (line.verdict == Verdict::Add) {
        refuse(line, u"authority"_s,
               line.authorityName.isEmpty() ? u"the line names no authority"_s
                                            : u"there is no authority “%1”"_s.arg(line.authorityName));
    }
}

void judge(CredentialImportPreview& preview, const QList<Authority>& authorities, const QList<EabCredential>& stored)
{
    const auto names = byName(authorities);
    QSet<QString> known;
    for (const EabCredential& credential : stored)
        known.insert(place(credential.authorityId, credential.kid));
    QHash<QString, int> seen;
    for (CredentialImportLine& line : preview.lines) {
        findAuthority(line, names);
        if (line.verdict != Verdict::Add)
            continue;
        const QString here = place(line.credential.authorityId, line.credential.kid);
        if (known.contains(here))
            line.verdict = Verdict::Known;
        else if (const int first = seen.value(here))
            refuse(line, u"kid"_s, u"line %1 has this key identifier already"_s.arg(first));
        else
            seen.insert(here, line.line);
    }
}

} // namespace

CredentialImport::CredentialImport(Repositories& repositories, Vault& vault, Journal& journal)
    : m_repositories(repositories)
    , m_vault(vault)
    , m_journal(journal)
{
}

Task<Result<CredentialImportPreview>> CredentialImport::preview(CredentialFile file)
{
    auto read = [file = std::move(file)] { return readCredentialLines(file); };
    auto preview = co_await base::inPool(std::move(read));
    if (!preview)
        co_return preview;
    auto authorities = co_await m_repositories.authorities.all();
    if (!authorities)
        co_return tl::unexpected(std::move(authorities).error());
    auto stored = co_await m_repositories.accounts.credentials();
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    judge(*preview, *authorities, *stored);
    co_return preview;
}

Task<Result<int>> CredentialImport::accept(CredentialImportPreview preview)
{
    if (preview.needsAnswer)
        co_return base::invalid(u"keyDecoding"_s, u"some keys look base64-encoded twice; say how to read them"_s);
    auto sealed = co_await seal(std::move(preview));
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    const int count = static_cast<int>(sealed->size());
    auto stored = co_await m_repositories.accounts.insertCredentials(*std::move(sealed));
    if (!stored)
        co_return base::failed(std::move(stored), u"storing the credentials");
    co_await m_journal.done(u"eab.import"_s, {}, u"%1 credentials"_s.arg(count), Change::Accounts);
    co_return count;
}

Task<Result<QList<SealedCredential>>> CredentialImport::seal(CredentialImportPreview preview)
{
    QList<SealedCredential> sealed;
    for (const CredentialImportLine& line : std::as_const(preview.lines)) {
        if (line.verdict != Verdict::Add)
            continue;
        EabCredential credential = line.credential;
        credential.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        credential.createdAt = m_journal.now();
        auto key = sealCredentialKey(m_vault, credential.id, *line.key);
        if (!key)
            co_return tl::unexpected(std::move(key).error());
        sealed.append({std::move(credential), *std::move(key)});
        if (sealed.size() % sealedInOneGo == 0)
            co_await turnOfOthers();
    }
    co_return sealed;
}

} // namespace lifecycle
