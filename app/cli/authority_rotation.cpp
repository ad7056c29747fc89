// SPDX-License-Identifier: Apache-2.0
#include "app/cli/authority_documents.h"
#include "app/cli/authority_options.h"
#include "app/cli/documents.h"
#include "app/cli/due_renewals.h"
#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/order_outcome.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/session.h"
#include "lifecycle/rebinding.h"
#include "lifecycle/root_rotation.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::RebindPlan;
using lifecycle::RootUse;

QJsonObject documentOf(const RootUse& use)
{
    return {
        {u"name"_s, use.root.name},
        {u"keyId"_s, use.root.keyId},
        {u"sha256"_s, use.sha256.isEmpty() ? QJsonValue() : QJsonValue(use.sha256)},
        {u"notBefore"_s, timeValue(use.notBefore)},
        {u"notAfter"_s, timeValue(use.notAfter)},
        {u"verifiesTls"_s, use.verifiesTls},
        {u"pinnedForIssuing"_s, use.pinnedForIssuing},
        {u"certificates"_s, use.certificates},
        {u"firstExpiry"_s, timeValue(use.firstExpiry)},
        {u"accounts"_s, use.accounts},
    };
}

Task<Result<Reply>> roots(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto uses = co_await session.engine().rotation().roots(authority->id);
    if (!uses)
        co_return base::failed(std::move(uses), u"listing the roots");
    QJsonArray documents;
    for (const RootUse& use : std::as_const(*uses))
        documents.append(documentOf(use));
    co_return Reply {documents, {u"name"_s, u"sha256"_s, u"certificates"_s, u"accounts"_s, u"firstExpiry"_s}};
}

/// The root that `text` means: a SHA-256, a key identifier or a name.
Result<lifecycle::ChainRoot> rootMeant(const QList<RootUse>& uses, const QString& text)
{
    const QString digits = QString(text).remove(u':').remove(u' ').toLower();
    for (const RootUse& use : uses)
        if (digits == use.sha256 || digits == use.root.keyId || text == use.root.name)
            return use.root;
    return badOption(u"root"_s, u"no certificate hangs on “%1”; “authority roots” lists the roots"_s.arg(text));
}

/// Certificates that are due now and were not ordered here.
Task<Result<Reply>> replyForWaiting(Session& session, lifecycle::Authority authority, int planned)
{
    auto condition = co_await session.engine().authorityRepository().condition(authority.id);
    if (!condition)
        co_return base::failed(std::move(condition).error());
    const QString reason = condition->isStopped() ? stopText(authority, *condition) : u"another program renews them"_s;
    printLine(u"%1 certificates are due now and wait: %2"_s.arg(planned).arg(reason));
    co_return Reply {QJsonArray(), {}, exit_code::InProgress};
}

/// The tag that is asked for; empty where none is. One that no certificate has is a mistake, and never means all.
Task<Result<QString>> tagMeant(Session& session, Arguments arguments)
{
    if (!arguments.has(u"tag"_s))
        co_return QString();
    const QString wanted = lifecycle::Tag::keyOf(arguments.value(u"tag"_s));
    auto uses = co_await session.engine().certificates().tags();
    if (!uses)
        co_return base::failed(std::move(uses), u"listing the tags");
    for (const lifecycle::TagUse& use : std::as_const(*uses))
        if (lifecycle::Tag::keyOf(use.name) == wanted)
            co_return use.name;
    co_return badOption(u"tag"_s, u"no certificate has the tag “%1”; “tag list” lists the tags"_s.arg(wanted));
}

Task<Result<Reply>> reissue(Session& session, Arguments arguments)
{
    const auto wait = durationOption(arguments, u"wait"_s);
    if (!wait)
        co_return base::failed(wait.error());
    const auto wanted = requiredOption(arguments, u"root"_s);
    if (!wanted)
        co_return base::failed(wanted.error());
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    auto uses = co_await session.engine().rotation().roots(authority->id);
    if (!uses)
        co_return base::failed(std::move(uses), u"listing the roots");
    const auto root = rootMeant(*uses, *wanted);
    if (!root)
        co_return base::failed(root.error());
    auto tag = co_await tagMeant(session, arguments);
    if (!tag)
        co_return base::failed(std::move(tag).error());
    lifecycle::RootQuery query;
    query.authorityId = authority->id;
    query.root = *root;
    query.tag = *std::move(tag);
    const Progress progress(session, arguments);
    auto begun = co_await session.engine().rotation().reissueAll(query, session.stop());
    if (!begun)
        co_return base::failed(std::move(begun), u"issuing again");
    WaitLimit limit(session, *wait);
    auto outcomes = co_await outcomesOfOrders(session, begun->placed);
    QStringList failed = begun->failed;
    if (!begun->placed.isEmpty() && !session.isEnding()) {
        auto rest = co_await renewWhatIsDue(session);
        outcomes += rest ? rest->outcomes : QList<OrderOutcome>();
        failed += rest ? rest->failed : QStringList(rest.error().message());
    }
    co_await limit.drain();
    failed.removeDuplicates();
    outcomes += outcomesOfFailures(failed);
    if (outcomes.isEmpty() && begun->planned > 0)
        co_return co_await replyForWaiting(session, *std::move(authority), begun->planned);
    co_return replyForAll(outcomes);
}

QJsonObject documentOf(const RebindPlan& plan, bool applied)
{
    QJsonArray accounts;
    for (const lifecycle::ReboundAccount& rebound : plan.accounts)
        accounts.append(QJsonObject {
            {u"id"_s, rebound.account.id},
            {u"url"_s, rebound.account.url.toString(QUrl::FullyEncoded)},
            {u"newUrl"_s, rebound.url.isEmpty() ? QJsonValue() : QJsonValue(rebound.url.toString(QUrl::FullyEncoded))},
            {u"mustRegister"_s, rebound.url.isEmpty()},
            {u"newKey"_s, rebound.isRefused},
        });
    QJsonArray orders;
    for (const lifecycle::ReboundOrder& rebound : plan.orders)
        orders.append(QJsonObject {
            {u"id"_s, rebound.order.id},
            {u"names"_s, QJsonArray::fromStringList(base::identifierValues(rebound.order.request.names))},
            {u"orderUrl"_s, rebound.order.url.toString(QUrl::FullyEncoded)},
            {u"newUrl"_s, rebound.url.isEmpty() ? QJsonValue() : QJsonValue(rebound.url.toString(QUrl::FullyEncoded))},
        });
    return {
        {u"id"_s, plan.authority.id},
        {u"name"_s, plan.authority.name},
        {u"before"_s, plan.before.toString()},
        {u"directoryUrl"_s, plan.authority.directoryUrl.toString()},
        {u"accounts"_s, accounts},
        {u"orders"_s, orders},
        {u"applied"_s, applied},
    };
}

Task<Result<Reply>> rebind(Session& session, Arguments arguments)
{
    auto authority = co_await authorityNamed(session, arguments.words[0]);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    lifecycle::RebindRequest request;
    request.authorityId = authority->id;
    request.directoryUrl = arguments.words[1];
    if (arguments.has(u"root"_s)) {
        auto pem = pemOption(arguments, u"root"_s);
        if (!pem)
            co_return base::failed(std::move(pem).error());
        request.rootsPem = *std::move(pem);
    }
    const bool dry = arguments.has(u"dry-run"_s);
    auto& rebinding = session.engine().rebinding();
    auto task = dry ? rebinding.plan(request, session.stop()) : rebinding.apply(request, session.stop());
    auto plan = co_await std::move(task);
    if (!plan)
        co_return base::failed(std::move(plan), u"following the authority");
    co_return Reply {documentOf(*plan, !dry)};
}

} // namespace

QList<Command> authorityRotationCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"authority"_s;
    const QList<Option> reissueOptions {
        {u"root"_s, u"SHA256"_s, u"The root that certificates are to leave, as “authority roots” tells it."_s},
        {u"tag"_s, u"TAG"_s, u"Only certificates with this tag."_s},
        {u"wait"_s, u"DURATION"_s, u"Waits no longer than this; exit code 4 then."_s},
        progressOption(),
    };
    const QList<Option> rebindOptions {
        {u"root"_s, u"PEM"_s, u"The roots of the new place, where they are others."_s},
        {u"dry-run"_s, {}, u"Tells what would happen and changes nothing."_s},
    };
    const QList<Option> none;
    return {
        {noun, u"roots"_s, u"NAME"_s, 1, 1, u"Lists which certificates and accounts hang on which root."_s, none,
         Needs::Vault, roots},
        {noun, u"reissue"_s, u"NAME"_s, 1, 1, u"Renews now what hangs on one root."_s, reissueOptions, Needs::OpenVault,
         reissue},
        {noun, u"rebind"_s, u"NAME URL"_s, 2, 2,
         u"Follows a CA whose host, port or provisioner was renamed, with its accounts and orders."_s, rebindOptions,
         Needs::OpenVault, rebind},
    };
}

} // namespace cli
