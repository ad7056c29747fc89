// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/import_words.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct ImportWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ImportForm)
};

} // namespace

Status statusOfImport(lifecycle::ImportedAccount::Outcome outcome)
{
    using enum lifecycle::ImportedAccount::Outcome;
    switch (outcome) {
    case Found:
        return {ImportWords::tr("Can be imported"), u"import"_s, Severity::Neutral};
    case Imported:
        return {ImportWords::tr("Imported"), u"ok"_s, Severity::Good};
    case Known:
        return {ImportWords::tr("Here already"), u"ok"_s, Severity::Good};
    case Absent:
        return {ImportWords::tr("No account there"), u"bad"_s, Severity::Bad};
    case Elsewhere:
        return {ImportWords::tr("Of another server"), u"attention"_s, Severity::Attention};
    case Unusable:
        return {ImportWords::tr("Not usable"), u"bad"_s, Severity::Bad};
    case Failed:
        return {ImportWords::tr("Could not be asked"), u"bad"_s, Severity::Bad};
    }
    return {};
}

QString importFormatText(const QString& format)
{
    if (format == u"pem")
        return ImportWords::tr("A key as PEM");
    if (format == u"jwk")
        return ImportWords::tr("A key as JWK");
    return format;
}

} // namespace ui
