// SPDX-License-Identifier: Apache-2.0
#include "acme/external_account_binding.h"
#include "lifecycle/account_words.h"
#include "lifecycle/accounts.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Result<acme::DecodedMacKey> decode(const EabDetails& details)
{
    auto decoded = acme::decodeMacKey(*details.keyText);
    if (decoded && decoded->looksEncodedOnceMore && details.decodeOnceMore.value_or(false))
        return acme::decodeMacKeyAgain(*decoded);
    return decoded;
}

Result<void> checkDetails(const EabDetails& details)
{
    if (details.kid.trimmed().isEmpty())
        return base::invalid(u"kid"_s, u"the credential needs its key identifier"_s);
    if (!jose::macAlgorithmFromName(details.algorithm))
        return base::invalid(u"algorithm"_s, u"“%1” is none of HS256, HS384, HS512"_s.arg(details.algorithm));
    return {};
}

EabCredential draftFrom(const EabDetails& details, const QStringList& contacts, const QDateTime& now)
{
    EabCredential credential;
    credential.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    credential.authorityId = details.authorityId;
    credential.kid = details.kid.trimmed();
    credential.algorithm = details.algorithm;
    credential.label = details.label.trimmed();
    credential.owner = details.owner.trimmed();
    credential.host = details.host.trimmed();
    credential.contacts = contacts;
    credential.expiresAt = details.expiresAt;
    credential.createdAt = now;
    return credential;
}

using State = EabCredential::State;

Result<void> changeState(EabCredential& credential, State wanted)
{
    const bool taken = credential.state == State::Bound || credential.state == State::Reserved;
    if (taken || (wanted != State::Unused && wanted != State::Spent))
        return base::invalid(u"state"_s,
                             taken ? u"an account has this credential; its state is not yours to say"_s
                                   : u"a credential can be told to be unused or spent"_s);
    credential.state = wanted;
    credential.refusal.clear();
    return {};
}

template <class T>
void take(T& member, const std::optional<T>& change)
{
    if (change)
        member = *change;
}

Result<void> change(EabCredential& credential, const EabChanges& changes)
{
    const auto contacts = parseContacts(changes.contacts.value_or(credential.contacts));
    if (!contacts)
        return tl::unexpected(contacts.error());
    if (changes.state)
        if (auto changed = changeState(credential, *changes.state); !changed)
            return changed;
    credential.contacts = *contacts;
    take(credential.label, changes.label);
    take(credential.owner, changes.owner);
    take(credential.host, changes.host);
    take(credential.expiresAt, changes.expiresAt);
    return {};
}

QString whyUnusable(State state)
{
    switch (state) {
    case State::Reserved:
        return u"a registration with this credential has no known outcome yet; resume it"_s;
    case State::Bound:
        return u"an account has this credential already"_s;
    case State::Spent:
        return u"this credential is spent; ask the authority for another"_s;
    case State::Refused:
        return u"the authority refused this credential; correct it, or say that it is unused to try it again"_s;
    case State::Expired:
        return u"this credential has expired; ask the authority for another"_s;
    case State::Unused:
        break;
    }
    return QString();
}

} // namespace

Task<Result<EabAdded>> Accounts::addCredential(EabDetails details)
{
    auto authority = co_await m_repositories.authorities.byId(details.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error().about(u"authority"_s));
    const auto complete = checkDetails(details);
    if (!complete)
        co_return tl::unexpected(complete.error());
    const auto decoded = decode(details);
    if (!decoded)
        co_return tl::unexpected(decoded.error());
    const auto contacts = parseContacts(details.contacts);
    if (!contacts)
        co_return tl::unexpected(contacts.error());
    EabAdded added;
    added.credential = draftFrom(details, *contacts, m_journal.now());
    added.keyBytes = static_cast<int>(decoded->key.size());
    added.needsAnswer = decoded->looksEncodedOnceMore && !details.decodeOnceMore;
    if (added.needsAnswer)
        co_return added;
    auto sealed = sealCredentialKey(m_vault, added.credential.id, decoded->key);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto stored = co_await m_repositories.accounts.insertCredential(added.credential, *std::move(sealed));
    if (!stored)
        co_return tl::unexpected(std::move(stored).error().about(u"kid"_s));
    co_await m_journal.done(u"eab.add"_s, added.credential.id, added.credential.kid, Change::Accounts);
    co_return added;
}

Task<Result<QList<EabCredential>>> Accounts::credentials()
{
    auto all = co_await m_repositories.accounts.credentials();
    if (!all)
        co_return all;
    for (EabCredential& credential : *all)
        credential.state = credential.stateAt(m_journal.now());
    co_return all;
}

Task<Result<EabCredential>> Accounts::credential(QString authorityId, QString kid)
{
    auto credential = co_await m_repositories.accounts.credentialOf(authorityId, kid);
    if (credential)
        credential->state = credential->stateAt(m_journal.now());
    else if (credential.error().code() == base::ErrorCode::NotFound)
        co_return base::failed(base::ErrorCode::NotFound, u"there is no credential “%1” for this authority"_s.arg(kid));
    co_return credential;
}

Task<Result<EabCredential>> Accounts::credentialById(QString id)
{
    auto credential = co_await m_repositories.accounts.credential(id);
    if (credential)
        credential->state = credential->stateAt(m_journal.now());
    co_return credential;
}

Task<Result<EabCredential>> Accounts::updateCredential(QString id, EabChanges changes)
{
    auto credential = co_await m_repositories.accounts.credential(id);
    if (!credential)
        co_return credential;
    const auto changed = change(*credential, changes);
    if (!changed)
        co_return tl::unexpected(changed.error());
    auto stored = co_await m_repositories.accounts.updateCredential(*credential);
    if (!stored)
        co_return tl::unexpected(std::move(stored).error());
    co_await m_journal.done(u"eab.update"_s, id, credential->kid, Change::Accounts);
    co_return co_await credentialById(id);
}

Task<Result<EabCredential>> Accounts::usableCredential(QString id, QString authorityId)
{
    auto credential = co_await credentialById(id);
    if (!credential)
        co_return tl::unexpected(std::move(credential).error().about(u"eab"_s));
    if (credential->authorityId != authorityId)
        co_return base::invalid(u"eab"_s, u"this credential belongs to another authority"_s);
    if (credential->state != State::Unused)
        co_return base::invalid(u"eab"_s, whyUnusable(credential->state));
    co_return credential;
}

Task<Result<acme::ExternalAccountBinding>> Accounts::openBinding(QString credentialId)
{
    auto credential = co_await credentialById(credentialId);
    if (!credential)
        co_return tl::unexpected(std::move(credential).error());
    auto sealed = co_await m_repositories.accounts.sealedCredentialKey(credentialId);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openCredentialKey(m_vault, credentialId, *sealed);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    auto algorithm = jose::macAlgorithmFromName(credential->algorithm);
    if (!algorithm)
        co_return tl::unexpected(std::move(algorithm).error());
    acme::ExternalAccountBinding binding {credential->kid, *std::move(key), *algorithm};
    co_return std::move(binding);
}

Task<Result<void>> Accounts::removeCredential(QString id)
{
    auto credential = co_await credentialById(id);
    if (!credential)
        co_return tl::unexpected(std::move(credential).error());
    auto removed = co_await m_repositories.accounts.removeCredential(id);
    if (!removed)
        co_return removed;
    co_await m_journal.done(u"eab.remove"_s, id, credential->kid, Change::Accounts);
    co_return removed;
}

} // namespace lifecycle
