// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_report.h"

#include "ui/common/error_text.h"
#include "ui/common/status.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::OrderReport)
};

QString eventLine(const lifecycle::OrderEvent& event)
{
    QStringList parts {event.at.toUTC().toString(u"HH:mm:ss"_s)};
    for (const QString& part : {event.identifier, event.challengeType, event.state, event.detail.simplified()})
        if (!part.isEmpty())
            parts += part;
    return u"- %1"_s.arg(parts.join(u" · "_s));
}

QString problemBlock(const base::Error& error)
{
    if (!error.problem())
        return QString();
    const QByteArray json = QJsonDocument(error.problem()->verbatim).toJson();
    return u"```json\n%1```\n\n"_s.arg(QString::fromUtf8(json));
}

} // namespace

QString orderReport(const lifecycle::OrderRecord& order, const QString& authorityName,
                    const QList<lifecycle::OrderEvent>& events)
{
    QString report =
        u"## %1\n\n"_s.arg(Words::tr("Order for %1").arg(base::identifierValues(order.request.names).join(u", "_s)));
    const QList<std::pair<QString, QString>> facts {
        {Words::tr("Authority"), authorityName},
        {Words::tr("Order"), order.url.toString()},
        {Words::tr("State"), statusOf(order.state, true, false).word},
        {Words::tr("Placed"), order.createdAt.toUTC().toString(Qt::ISODate)},
        {Words::tr("Proof"), order.request.proof.summary()},
        {Words::tr("Version"), QStringLiteral("Sealwright " SEALWRIGHT_VERSION)},
    };
    for (const auto& [name, value] : facts)
        if (!value.isEmpty())
            report += u"- %1: %2\n"_s.arg(name, value);
    report += u'\n';
    if (order.error)
        report += u"%1\n\n%2"_s.arg(explain(*order.error).paragraph(), problemBlock(*order.error));
    report += u"### %1\n\n"_s.arg(Words::tr("What happened (UTC)"));
    for (const lifecycle::OrderEvent& event : events)
        report += eventLine(event) + u'\n';
    return report;
}

} // namespace ui
