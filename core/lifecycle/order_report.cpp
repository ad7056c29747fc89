// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_report.h"

#include "crypto/library_version.h"
#include "lifecycle/name_reports.h"

#include <QJsonDocument>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using Subject = OrderEvent::Subject;

constexpr qsizetype eventsShown = 400;

/// Verbatim in a line of Markdown, whatever a server wrote: between more backticks than there are in it.
QString code(const QString& text)
{
    const QString line = text.simplified();
    QString fence = u"`"_s;
    while (line.contains(fence))
        fence += u'`';
    const bool touches = line.startsWith(u'`') || line.endsWith(u'`');
    return touches ? fence + u' ' + line + u' ' + fence : fence + line + fence;
}

/// Words that may be a server's, in a paragraph: no link, image or element of theirs comes to life in a ticket.
QString plain(const QString& text)
{
    QString line = text.simplified();
    for (const QChar special : u"\\`<[!#"_s)
        line.replace(special, u'\\' + QString(special));
    return line;
}

QString utc(const QDateTime& moment)
{
    return moment.isValid() ? moment.toUTC().toString(Qt::ISODate) : QString();
}

void addFact(QString& report, const QString& name, const QString& value)
{
    if (!value.isEmpty())
        report += u"- %1: %2\n"_s.arg(name, value);
}

void addCode(QString& report, const QString& name, const QString& value)
{
    if (!value.isEmpty())
        addFact(report, name, code(value));
}

// JSON has no line that begins with a backtick, so that nothing leaves the block.
QString problemBlock(const base::Error& error)
{
    if (!error.problem())
        return QString();
    const QByteArray json = QJsonDocument(error.problem()->verbatim).toJson();
    return u"\n```json\n%1```\n"_s.arg(QString::fromUtf8(json));
}

void addHead(QString& report, const OrderRecord& order, const OrderReportFrame& frame)
{
    report += u"# Order for %1\n\n"_s.arg(base::identifierValues(order.request.names).join(u", "_s));
    addFact(report, u"State"_s, orderStateName(order.state));
    addFact(report, u"Authority"_s, code(frame.authorityName) + u' ' + frame.directoryUrl.toString());
    addFact(report, u"Account"_s, frame.accountUrl.toString(QUrl::FullyEncoded));
    addFact(report, u"Order"_s, order.url.toString(QUrl::FullyEncoded));
    addFact(report, u"Certificate"_s, order.certificateUrl.toString(QUrl::FullyEncoded));
    addCode(report, u"Proof"_s, order.request.proof.summary());
    addCode(report, u"Profile"_s, order.profile.isEmpty() ? order.request.profile : order.profile);
    addFact(report, u"Placed"_s, utc(order.createdAt));
    addFact(report, u"Last change"_s, utc(order.updatedAt));
    if (!isFinished(order.state))
        addFact(report, u"Waits until"_s, utc(order.deadline));
    addFact(report, u"Versions"_s,
            u"Sealwright %1, Qt %2, OpenSSL %3"_s.arg(QStringLiteral(SEALWRIGHT_VERSION), QLatin1String(qVersion()),
                                                      crypto::libraryVersion()));
}

void addError(QString& report, const OrderRecord& order, const QString& explanation)
{
    if (!order.error)
        return;
    report += u"\n## What is wrong\n\n"_s;
    report += (explanation.isEmpty() ? code(order.error->message()) : plain(explanation)) + u'\n';
    report += problemBlock(*order.error);
}

void addName(QString& report, const NameReport& name)
{
    report += u"\n### %1\n\n"_s.arg(code(name.name));
    addCode(report, u"Authorization"_s, name.state);
    addCode(report, u"Challenge"_s, u"%1 %2"_s.arg(name.challengeType, name.challengeState).trimmed());
    addCode(report, u"Token"_s, name.token);
    addCode(report, u"The authority looks at"_s, name.expectedAt);
    addCode(report, u"and must find"_s, name.expectedValue);
    const auto& error = name.error ? name.error : name.challengeError;
    if (!error)
        return;
    addCode(report, u"It says"_s, error->problem() ? error->problem()->summary() : error->message());
    report += problemBlock(*error);
}

void addNames(QString& report, const QList<OrderEvent>& events)
{
    const QList<NameReport> names = nameReports(events);
    if (names.isEmpty())
        return;
    report += u"\n## Names\n"_s;
    QStringList proved;
    for (const NameReport& name : names)
        if (name.isProved())
            proved.append(code(name.name));
        else
            addName(report, name);
    if (!proved.isEmpty())
        report += u"\nProved: %1\n"_s.arg(proved.join(u", "_s));
}

QString eventLine(const OrderEvent& event)
{
    QStringList parts {event.at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s), orderSubjectName(event.subject)};
    for (const QString& part : {event.identifier, event.challengeType, event.state, event.detail})
        if (!part.isEmpty())
            parts += code(part);
    return u"- %1\n"_s.arg(parts.join(u" · "_s));
}

void addTimeline(QString& report, const QList<OrderEvent>& events)
{
    report += u"\n## What happened (UTC)\n\n"_s;
    const qsizetype first = std::max<qsizetype>(0, events.size() - eventsShown);
    if (first > 0)
        report += u"- %1 earlier events are left out\n"_s.arg(first);
    for (const OrderEvent& event : events.mid(first))
        report += eventLine(event);
}

} // namespace

QString orderReport(const OrderRecord& order, const QList<OrderEvent>& events, const OrderReportFrame& frame)
{
    QString report;
    addHead(report, order, frame);
    addError(report, order, frame.explanation);
    addNames(report, events);
    addTimeline(report, events);
    return report;
}

} // namespace lifecycle
