// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/bulk_registration.h"

#include "app/cli/documents.h"
#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/session.h"

#include <algorithm>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::BulkRegistrationOutcome;
using lifecycle::BulkRegistrationRequest;

Result<BulkRegistrationRequest> requestFrom(const Arguments& arguments)
{
    if (arguments.words.isEmpty() != arguments.has(u"all"_s))
        return base::invalid(u"usage"_s, u"name the credentials, or say --all, and not both"_s);
    const auto keyType = crypto::keyTypeFromName(arguments.value(u"key"_s, u"ec-p256"_s));
    if (!keyType)
        return badOption(u"key"_s, keyType.error().detail());
    BulkRegistrationRequest request;
    request.credentialIds = arguments.words;
    request.contacts = arguments.values(u"contact"_s);
    request.keyType = *keyType;
    request.termsAgreed = arguments.has(u"agree-tos"_s);
    return request;
}

QJsonObject documentOf(const BulkRegistrationOutcome& outcome, const QString& authority)
{
    QJsonObject document {
        {u"id"_s, outcome.credential.id},
        {u"authority"_s, authority},
        {u"kid"_s, outcome.credential.kid},
        {u"owner"_s, outcome.credential.owner},
        {u"host"_s, outcome.credential.host},
        {u"result"_s, lifecycle::bulkResultName(outcome.result)},
        {u"state"_s, lifecycle::eabStateName(outcome.credential.state)},
        {u"account"_s, outcome.accountId},
    };
    if (outcome.error) {
        document[u"spent"_s] = lifecycle::spentName(outcome.fate.spent);
        document[u"reason"_s] = u"%1; %2"_s.arg(outcome.error->message(), lifecycle::eabFateSentence(outcome.fate));
        document[u"error"_s] = outcome.error->toJson();
    }
    return document;
}

Reply replyFor(const QList<BulkRegistrationOutcome>& outcomes, const QHash<QString, QString>& authorities)
{
    using Result = BulkRegistrationOutcome::Result;
    QJsonArray documents;
    for (const BulkRegistrationOutcome& outcome : outcomes)
        documents.append(documentOf(outcome, authorities.value(outcome.credential.authorityId)));
    const bool allBound = std::all_of(outcomes.begin(), outcomes.end(), [](const BulkRegistrationOutcome& outcome) {
        return outcome.result == Result::Bound || outcome.result == Result::WasBound;
    });
    return {documents,
            {u"id"_s, u"authority"_s, u"kid"_s, u"result"_s, u"account"_s, u"spent"_s, u"reason"_s},
            allBound ? exit_code::Done : exit_code::Failed};
}

Task<Result<Reply>> registerAll(Session& session, Arguments arguments)
{
    auto request = requestFrom(arguments);
    if (!request)
        co_return base::failed(std::move(request).error());
    if (arguments.has(u"authority"_s)) {
        auto authority = co_await authorityNamed(session, arguments.value(u"authority"_s));
        if (!authority)
            co_return base::failed(std::move(authority).error());
        request->authorityId = authority->id;
    }
    auto names = co_await authorityNames(session);
    if (!names)
        co_return base::failed(std::move(names).error());
    auto outcomes = co_await session.engine().bulkRegistration().run(*std::move(request), nullptr, session.stop());
    if (!outcomes)
        co_return base::failed(std::move(outcomes), u"registering the credentials");
    co_return replyFor(*outcomes, *names);
}

QList<Option> registerOptions()
{
    return {
        {u"all"_s, {}, u"Every credential that is unused, or whose registration has no known outcome."_s},
        {u"authority"_s, u"NAME"_s, u"With --all: only those of this authority."_s},
        {u"contact"_s, u"URI"_s, u"For credentials without a contact of their own; may repeat."_s},
        {u"agree-tos"_s, {}, u"Agrees to the CA's terms of service."_s},
        {u"key"_s, u"TYPE"_s, u"ec-p256 (default), ec-p384, ed25519, rsa-2048, rsa-3072 or rsa-4096."_s},
    };
}

} // namespace

QList<Command> eabRegisterCommands()
{
    return {{u"eab"_s, u"register"_s, u"[ID…]"_s, 0, -1,
             u"Registers an account with each credential; may be repeated safely."_s, registerOptions(),
             Command::Needs::OpenVault, registerAll}};
}

} // namespace cli
