// SPDX-License-Identifier: Apache-2.0
#include "ui/common/certificate_words.h"

#include "ui/common/date_text.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::CertificateWords)
};

} // namespace

QString namesText(const QStringList& names)
{
    if (names.isEmpty())
        return QString();
    const QString first = base::Identifier::parse(names.first())
                              .map([](const base::Identifier& name) { return name.displayName(); })
                              .value_or(names.first());
    return names.size() == 1 ? first : u"%1 +%2"_s.arg(first).arg(names.size() - 1);
}

QString renewalText(const lifecycle::CertificateRow& row, const QDateTime& now)
{
    using enum lifecycle::CertificateState;
    if (row.state == Renewing)
        return Words::tr("running");
    if (row.state == Revoked || row.state == Superseded || !row.renewAt.isValid())
        return u"–"_s;
    return now > row.renewAt ? Words::tr("due since %1").arg(durationText(row.renewAt.secsTo(now)))
                             : relativeTime(row.renewAt, now);
}

} // namespace ui
