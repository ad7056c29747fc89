// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/overview_words.h"

#include "ui/common/icons.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct OverviewWords {
    Q_DECLARE_TR_FUNCTIONS(ui::OverviewWords)
};

} // namespace

QString overviewSentence(const lifecycle::CertificateCounts& counts)
{
    const QLocale locale;
    QStringList parts;
    if (counts.safe > 0)
        parts += OverviewWords::tr("%1 safe").arg(locale.toString(counts.safe));
    if (counts.renewing > 0)
        parts += OverviewWords::tr("%1 renewing").arg(locale.toString(counts.renewing));
    if (counts.needAttention == 1)
        parts += OverviewWords::tr("1 needs you");
    else if (counts.needAttention > 1)
        parts += OverviewWords::tr("%1 need you").arg(locale.toString(counts.needAttention));
    return parts.isEmpty() ? OverviewWords::tr("No certificate in use") : parts.join(u", "_s);
}

Severity overviewSeverity(const lifecycle::CertificateCounts& counts)
{
    if (counts.needAttention > 0)
        return Severity::Attention;
    if (counts.renewing > 0)
        return Severity::Working;
    return counts.safe > 0 ? Severity::Good : Severity::Neutral;
}

QString overviewIconName(const lifecycle::CertificateCounts& counts)
{
    switch (overviewSeverity(counts)) {
    case Severity::Attention:
        return u"attention"_s;
    case Severity::Working:
        return u"working"_s;
    case Severity::Good:
        return u"ok"_s;
    default:
        return u"neutral"_s;
    }
}

QIcon overviewIcon(const lifecycle::CertificateCounts& counts)
{
    return themedIcon(overviewIconName(counts), overviewSeverity(counts));
}

} // namespace ui
