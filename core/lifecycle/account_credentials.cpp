// SPDX-License-Identifier: Apache-2.0
#include "acme/external_account_binding.h"
#include "lifecycle/accounts.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

SecretPlace placeOf(const QString& credentialId)
{
    return {u"eab_credential"_s, credentialId, u"hmac_key"_s};
}

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

EabCredential draftFrom(const EabDetails& details, const QDateTime& now)
{
    EabCredential credential;
    credential.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    credential.authorityId = details.authorityId;
    credential.kid = details.kid.trimmed();
    credential.algorithm = details.algorithm;
    credential.label = details.label.trimmed();
    credential.createdAt = now;
    return credential;
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
    EabAdded added;
    added.credential = draftFrom(details, m_journal.now());
    added.keyBytes = static_cast<int>(decoded->key.size());
    added.needsAnswer = decoded->looksEncodedOnceMore && !details.decodeOnceMore;
    if (added.needsAnswer)
        co_return added;
    auto sealed = m_vault.seal(Ring::Operator, placeOf(added.credential.id), decoded->key);
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
    return m_repositories.accounts.credentials();
}

Task<Result<EabCredential>> Accounts::credential(QString authorityId, QString kid)
{
    auto all = co_await m_repositories.accounts.credentials();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    for (const EabCredential& credential : *all)
        if (credential.authorityId == authorityId && credential.kid == kid)
            co_return credential;
    co_return base::failed(base::ErrorCode::NotFound, u"there is no credential “%1” for this authority"_s.arg(kid));
}

Task<Result<EabCredential>> Accounts::credentialById(QString id)
{
    auto all = co_await m_repositories.accounts.credentials();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    for (const EabCredential& credential : *all)
        if (credential.id == id)
            co_return credential;
    co_return base::failed(base::ErrorCode::NotFound, u"there is no such credential"_s);
}

Task<Result<EabCredential>> Accounts::usableCredential(QString id, QString authorityId)
{
    auto credential = co_await credentialById(id);
    if (!credential)
        co_return tl::unexpected(std::move(credential).error().about(u"eab"_s));
    if (credential->authorityId != authorityId)
        co_return base::invalid(u"eab"_s, u"this credential belongs to another authority"_s);
    if (credential->state == EabCredential::State::Reserved)
        co_return base::invalid(u"eab"_s, u"a registration with this credential has no known outcome yet; resume it"_s);
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
    auto key = m_vault.open(Ring::Operator, placeOf(credentialId), *std::move(sealed));
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
