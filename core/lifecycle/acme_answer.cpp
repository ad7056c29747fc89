// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_answer.h"

#include "acme/key_authorization.h"
#include "jose/jwk.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

const QString persistent = u"dns-persist-01"_s;

Result<void> addKeyAuthorization(challenge::Answer& answer, const acme::Challenge& challenge,
                                 const acme::AccountContext& account)
{
    auto expected = acme::keyAuthorization(challenge.token, account.key.publicKey());
    if (!expected)
        return base::failed(std::move(expected).error());
    answer.token = challenge.token;
    answer.keyAuthorization = QString::fromLatin1(*expected);
    return {};
}

Result<void> addPersistence(challenge::Answer& answer, const acme::Challenge& challenge,
                            const acme::DirectoryMeta& meta)
{
    const challenge::DnsPersist01Directory directory {meta.accountHashPrefix, meta.issuerDomainNames,
                                                      meta.caaIdentities};
    const challenge::DnsPersist01Offer offer {challenge.issuerDomainNames, challenge.accountUri};
    auto terms = challenge::DnsPersist01Terms::of(directory, offer, answer.account.url);
    if (!terms)
        return base::failed(std::move(terms), answer.identifier.value());
    answer.persistence = *std::move(terms);
    return {};
}

} // namespace

bool dependsOnDirectory(const QString& type)
{
    return type == persistent;
}

Result<acme::Challenge> chosenChallenge(const acme::Authorization& authorization, const QString& type)
{
    auto challenge = authorization.challenge(type);
    if (challenge && (!challenge->token.isEmpty() || type == persistent))
        return *std::move(challenge);
    QStringList offered;
    for (const acme::Challenge& other : authorization.challenges)
        offered.append(other.type);
    return base::failed(ErrorCode::Unsupported,
                        u"%1: the authority offers no usable %2 challenge, only %3"_s.arg(authorization.displayName(),
                                                                                          type, offered.join(u", "_s)));
}

Result<challenge::Answer> answerTo(const acme::Authorization& authorization, const QString& type,
                                   const acme::AccountContext& account, const acme::DirectoryMeta& directory)
{
    auto challenge = chosenChallenge(authorization, type);
    if (!challenge)
        return tl::unexpected(std::move(challenge).error());
    auto identifier = base::Identifier::parse(authorization.displayName());
    if (!identifier)
        return tl::unexpected(std::move(identifier).error());
    auto thumbprint = jose::thumbprint(account.key.publicKey());
    if (!thumbprint)
        return tl::unexpected(std::move(thumbprint).error());
    challenge::Answer answer {*std::move(identifier), {}, {}};
    answer.account = {account.url.toString(QUrl::FullyEncoded), QString::fromLatin1(*thumbprint)};
    Result<void> added = type == persistent ? addPersistence(answer, *challenge, directory)
                                            : addKeyAuthorization(answer, *challenge, account);
    if (!added)
        return tl::unexpected(std::move(added).error());
    return answer;
}

} // namespace lifecycle
