// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/import_words.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ImportForm)
};

} // namespace

Status statusOfImport(lifecycle::ImportedAccount::Outcome outcome)
{
    using enum lifecycle::ImportedAccount::Outcome;
    switch (outcome) {
    case Found:
        return {Words::tr("Can be imported"), u"import"_s, Severity::Neutral};
    case Imported:
        return {Words::tr("Imported"), u"ok"_s, Severity::Good};
    case Known:
        return {Words::tr("Here already"), u"ok"_s, Severity::Good};
    case Absent:
        return {Words::tr("No account there"), u"bad"_s, Severity::Bad};
    case Elsewhere:
        return {Words::tr("Of another server"), u"attention"_s, Severity::Attention};
    case Unusable:
        return {Words::tr("Not usable"), u"bad"_s, Severity::Bad};
    case Failed:
        return {Words::tr("Could not be asked"), u"bad"_s, Severity::Bad};
    }
    return {};
}

QString importFormatText(const QString& format)
{
    if (format == u"pem")
        return Words::tr("A key as PEM");
    if (format == u"jwk")
        return Words::tr("A key as JWK");
    return format;
}

} // namespace ui
