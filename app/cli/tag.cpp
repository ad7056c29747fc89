// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/tag.h"

#include "app/cli/documents.h"
#include "app/cli/session.h"
#include "app/cli/tag_option.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Result<Reply>> list(Session& session, Arguments)
{
    auto uses = co_await session.engine().certificates().tags();
    if (!uses)
        co_return base::failed(std::move(uses), u"listing the tags");
    QJsonArray documents;
    for (const lifecycle::TagUse& use : std::as_const(*uses))
        documents.append(QJsonObject {{u"name"_s, use.name}, {u"certificates"_s, use.certificates}});
    co_return Reply {documents, {u"name"_s, u"certificates"_s}};
}

Result<lifecycle::TagChange> changeFrom(const Arguments& arguments)
{
    lifecycle::TagChange change;
    change.certificateIds = arguments.words;
    for (const auto& [option, tags] : {std::pair {u"add"_s, &change.add}, {u"remove"_s, &change.remove}}) {
        auto read = tagsOption(arguments, option);
        if (!read)
            return base::failed(std::move(read).error());
        *tags = *std::move(read);
    }
    if (change.add.isEmpty() && change.remove.isEmpty())
        return base::invalid(u"usage"_s, u"give --add TAG, --remove TAG or both, each as often as you like"_s);
    return change;
}

/// The certificates as they are now, of which only the tags may have changed.
Task<Result<Reply>> taggedReply(Session& session, QStringList ids)
{
    QJsonArray documents;
    ids.removeDuplicates();
    for (const QString& id : std::as_const(ids)) {
        auto certificate = co_await session.engine().certificateRepository().byId(id);
        if (!certificate)
            co_return base::failed(std::move(certificate).error());
        documents.append(QJsonObject {
            {u"id"_s, id},
            {u"names"_s, QJsonArray::fromStringList(base::identifierValues(certificate->request.names))},
            {u"tags"_s, QJsonArray::fromStringList(lifecycle::tagNames(certificate->tags))},
        });
    }
    co_return Reply {documents, {u"id"_s, u"names"_s, u"tags"_s}};
}

Task<Result<Reply>> tag(Session& session, Arguments arguments)
{
    const auto change = changeFrom(arguments);
    if (!change)
        co_return base::failed(change.error());
    auto changed = co_await session.engine().certificates().changeTags(*change);
    if (!changed)
        co_return base::failed(std::move(changed), u"changing tags");
    co_return co_await taggedReply(session, arguments.words);
}

} // namespace

Result<QList<lifecycle::Tag>> tagsOption(const Arguments& arguments, const QString& name)
{
    auto tags = lifecycle::parseTags(arguments.values(name));
    if (!tags)
        return badOption(name, tags.error().detail());
    return tags;
}

QList<Command> tagCommands()
{
    using Needs = Command::Needs;
    const QList<Option> changes {
        {u"add"_s, u"TAG"_s, u"Gives them this tag; may be repeated."_s},
        {u"remove"_s, u"TAG"_s, u"Takes this tag from them; may be repeated."_s},
    };
    return {
        {u"certificate"_s, u"tag"_s, u"ID…"_s, 1, -1, u"Adds and removes tags, of all of them or of none."_s, changes,
         Needs::Data, tag},
        {u"tag"_s,
         u"list"_s,
         {},
         0,
         0,
         u"Lists the tags, and how many certificates have each."_s,
         {},
         Needs::Data,
         list},
    };
}

} // namespace cli
