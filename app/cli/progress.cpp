// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress.h"

#include "app/cli/documents.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "lifecycle/change_feed.h"

#include <QJsonDocument>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::OrderEvent;

QString shownName(const QString& identifier)
{
    const auto parsed = base::Identifier::parse(identifier);
    return parsed ? parsed->displayName() : identifier;
}

QString textLine(const OrderEvent& event)
{
    QStringList words {lifecycle::orderSubjectName(event.subject), event.challengeType, shownName(event.identifier)};
    words.removeAll(QString());
    QString line = words.join(u' ') + u": "_s + event.state;
    if (!event.detail.isEmpty())
        line += u" ("_s + event.detail + u')';
    if (event.state == u"presenting" && !event.expectedAt.isEmpty())
        line += u": %1 %2"_s.arg(event.expectedAt, event.expectedValue);
    return line;
}

QString jsonLine(const OrderEvent& event)
{
    return QString::fromUtf8(QJsonDocument(documentOf(event)).toJson(QJsonDocument::Compact));
}

} // namespace

Progress::Progress(Session& session, const Arguments& arguments)
{
    const bool json = session.options().json;
    if (json && !arguments.has(u"progress"_s))
        return;
    const auto print = [json](const OrderEvent& event) {
        if (json || event.subject != OrderEvent::Subject::Exchange)
            printLine(json ? jsonLine(event) : textLine(event));
    };
    QObject::connect(&session.engine().feed(), &lifecycle::ChangeFeed::orderAdvanced, &m_context, print);
}

Option progressOption()
{
    return {u"progress"_s, {}, u"With --json: what happens, one JSON object a line, on standard error."_s};
}

} // namespace cli
