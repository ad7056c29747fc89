// SPDX-License-Identifier: Apache-2.0
#include "ui/common/certificate_words.h"

#include "ui/common/date_text.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int mostLines = 50;

struct CertificateWords {
    Q_DECLARE_TR_FUNCTIONS(ui::CertificateWords)
};

} // namespace

QString nameText(const QString& name)
{
    const auto parsed = base::Identifier::parse(name);
    return parsed ? parsed->displayName() : name;
}

QString nameLines(const QStringList& names)
{
    QStringList lines;
    for (const QString& name : names.mid(0, mostLines))
        lines += nameText(name);
    if (names.size() > mostLines)
        lines += CertificateWords::tr("… and %n more", nullptr, static_cast<int>(names.size()) - mostLines);
    return lines.join(u'\n');
}

QString namesText(const QStringList& names)
{
    if (names.isEmpty())
        return QString();
    const QString first = nameText(names.first());
    return names.size() == 1 ? first : u"%1 +%2"_s.arg(first).arg(names.size() - 1);
}

QString renewalText(const lifecycle::CertificateRow& row, const QDateTime& now)
{
    using enum lifecycle::CertificateState;
    if (row.state == Renewing)
        return CertificateWords::tr("running");
    if (row.state == Revoked || row.state == Superseded || !row.renewAt.isValid())
        return u"–"_s;
    return now > row.renewAt ? CertificateWords::tr("due since %1").arg(durationText(row.renewAt.secsTo(now)))
                             : relativeTime(row.renewAt, now);
}

} // namespace ui
