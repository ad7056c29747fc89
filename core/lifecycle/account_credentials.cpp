// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/accounts.h"
#include "lifecycle/credential_input.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using State = EabCredential::State;

Task<Result<EabAdded>> Accounts::addCredential(EabDetails details)
{
    auto authority = co_await m_repositories.authorities.byId(details.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error().about(u"authority"_s));
    auto credential = credentialFrom(details, m_journal.now());
    if (!credential)
        co_return tl::unexpected(std::move(credential).error());
    const auto decoded = keyFrom(details);
    if (!decoded)
        co_return tl::unexpected(decoded.error());
    EabAdded added;
    added.credential = *std::move(credential);
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
    const auto wanted = changed(*credential, changes);
    if (!wanted)
        co_return wanted;
    if (changes.state) { // never together with what a registration does meanwhile
        auto told = co_await m_repositories.accounts.settleCredential(id, credential->state, wanted->state, QString());
        if (!told)
            co_return tl::unexpected(std::move(told).error().about(u"state"_s));
    }
    auto stored = co_await m_repositories.accounts.updateCredential(*wanted);
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
    if (credential->state == State::Reserved) // entered anew, it would be tried with another key
        co_return base::invalid(u"state"_s, whyUnusable(credential->state));
    auto removed = co_await m_repositories.accounts.removeCredential(id);
    if (!removed)
        co_return removed;
    co_await m_journal.done(u"eab.remove"_s, id, credential->kid, Change::Accounts);
    co_return removed;
}

} // namespace lifecycle
