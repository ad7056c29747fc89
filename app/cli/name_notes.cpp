// SPDX-License-Identifier: Apache-2.0
#include "app/cli/name_notes.h"

#include "app/cli/documents.h"
#include "app/cli/output.h"
#include "app/cli/session.h"

#include <QJsonDocument>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Task;
using lifecycle::NameWarning;
using Kind = NameWarning::Kind;

QString kindName(Kind kind)
{
    switch (kind) {
    case Kind::Denied:
        return u"denied"_s;
    case Kind::Refused:
        return u"refused"_s;
    case Kind::Internal:
        return u"internal"_s;
    case Kind::Covered:
        return u"covered"_s;
    case Kind::Unknown:
        break;
    }
    return u"no-dns-record"_s;
}

QString sentenceOf(const NameWarning& warning)
{
    switch (warning.kind) {
    case Kind::Denied:
        return u"denied by your rules"_s;
    case Kind::Refused:
        return u"the authority refused it on %1: %2"_s.arg(timeValue(warning.at).toString(), warning.detail);
    case Kind::Internal:
        return u"an internal name, for which no public authority may issue"_s;
    case Kind::Covered:
        return u"in the certificate of %1 (%2) already"_s.arg(warning.detail, warning.certificateId);
    case Kind::Unknown:
        break;
    }
    return u"the DNS has no address for it"_s;
}

} // namespace

QJsonObject documentOf(const NameWarning& warning)
{
    return {
        {u"name"_s, warning.name},        {u"warning"_s, kindName(warning.kind)},
        {u"detail"_s, warning.detail},    {u"account"_s, warning.ofAccount},
        {u"at"_s, timeValue(warning.at)}, {u"certificate"_s, warning.certificateId},
    };
}

Task<void> tellNameWarnings(Session& session, lifecycle::IssueRequest request, Arguments arguments)
{
    const bool json = session.options().json;
    if (json && !arguments.has(u"progress"_s))
        co_return;
    lifecycle::NameQuestion question;
    question.names = request.names;
    question.authorityId = request.authorityId;
    question.accountId = request.accountId;
    auto warnings = co_await session.engine().nameWarnings().about(std::move(question));
    if (!warnings) // one that cannot be had must not get into anybody's way
        co_return;
    for (const NameWarning& warning : std::as_const(*warnings))
        if (warning.kind != Kind::Denied)
            printLine(json ? QString::fromUtf8(QJsonDocument(documentOf(warning)).toJson(QJsonDocument::Compact))
                           : u"warning: %1: %2"_s.arg(warning.name, sentenceOf(warning)));
}

} // namespace cli
