// SPDX-License-Identifier: Apache-2.0
#include "app/cli/eab_key.h"

#include "app/cli/lookup.h"
#include "app/cli/passphrase.h"
#include "app/cli/session.h"
#include "lifecycle/accounts.h"
#include "lifecycle/eab_rules.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using lifecycle::EabCredential;

Result<lifecycle::EabDetails> detailsFrom(const QString& prefix, const Arguments& arguments)
{
    lifecycle::EabDetails details;
    const auto keyFile = requiredOption(arguments, prefix + u"key-file"_s);
    if (!keyFile)
        return base::failed(keyFile.error());
    auto key = secretFromFile(*keyFile, prefix + u"key-file"_s);
    if (!key)
        return base::failed(std::move(key).error());
    const auto decoding = decodingOption(arguments, prefix + u"key-decoding"_s);
    if (!decoding)
        return base::failed(decoding.error());
    details.keyText = std::make_shared<const base::Secret>(*std::move(key));
    details.algorithm = arguments.value(prefix + u"alg"_s, details.algorithm);
    details.label = arguments.value(u"label"_s);
    details.owner = arguments.value(u"owner"_s);
    details.host = arguments.value(u"host"_s);
    const auto expiry = lifecycle::parseExpiry(arguments.value(u"expires"_s));
    if (!expiry)
        return badOption(u"expires"_s, expiry.error().detail());
    details.expiresAt = *expiry;
    details.decodeOnceMore = *decoding;
    return details;
}

/// A key that was refused or never used may be given anew; one that an account is bound with may not.
Task<Result<void>> makeRoom(Session& session, QString authorityId, QString kid)
{
    auto known = co_await session.engine().accounts().credential(authorityId, kid);
    if (!known)
        co_return Result<void>();
    if (known->state == EabCredential::State::Bound || known->state == EabCredential::State::Reserved)
        co_return base::failed(ErrorCode::AlreadyExists,
                               u"the credential “%1” is stored and used already; leave the key file out"_s.arg(kid));
    co_return co_await session.engine().accounts().removeCredential(known->id);
}

} // namespace

Result<std::optional<bool>> decodingOption(const Arguments& arguments, const QString& option)
{
    if (!arguments.has(option))
        return std::nullopt;
    const QString value = arguments.value(option);
    if (value != u"once" && value != u"twice")
        return badOption(option, u"write “once” or “twice”"_s);
    return value == u"twice";
}

Task<Result<EabCredential>> storeCredential(Session& session, QString authorityId, QString kid, QString optionPrefix,
                                            Arguments arguments)
{
    auto details = detailsFrom(optionPrefix, arguments);
    if (!details)
        co_return base::failed(std::move(details).error());
    details->authorityId = authorityId;
    details->kid = kid;
    auto added = co_await session.engine().accounts().addCredential(*details);
    if (!added)
        co_return base::failed(std::move(added), u"storing the EAB credential");
    if (added->needsAnswer)
        co_return badOption(optionPrefix + u"key-decoding"_s,
                            u"the key looks base64-encoded twice; say “once” or “twice”"_s);
    co_return added->credential;
}

Task<Result<std::optional<EabCredential>>> credentialFor(Session& session, QString authorityId, Arguments arguments)
{
    const QString kid = arguments.value(u"eab-kid"_s);
    if (kid.isEmpty()) {
        if (arguments.has(u"eab-key-file"_s))
            co_return badOption(u"eab-kid"_s, u"is needed with --eab-key-file"_s);
        co_return std::nullopt;
    }
    Result<EabCredential> credential = base::failed(ErrorCode::NotFound, QString());
    if (arguments.has(u"eab-key-file"_s)) {
        auto room = co_await makeRoom(session, authorityId, kid);
        if (!room)
            co_return base::failed(std::move(room).error());
        credential = co_await storeCredential(session, authorityId, kid, u"eab-"_s, arguments);
    } else {
        credential = co_await session.engine().accounts().credential(authorityId, kid);
    }
    if (!credential)
        co_return base::failed(std::move(credential).error());
    co_return std::optional(*std::move(credential));
}

} // namespace cli
