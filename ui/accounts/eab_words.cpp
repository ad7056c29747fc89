// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/eab_words.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct EabWords {
    Q_DECLARE_TR_FUNCTIONS(ui::EabWords)
};

} // namespace

QString fateText(const lifecycle::EabFate& fate)
{
    using enum lifecycle::EabFate::Reason;
    switch (fate.reason) {
    case NotSent:
        return EabWords::tr("The credential is unused: nothing was sent.");
    case Wait:
        return EabWords::tr("The credential is not spent, and stays reserved for its account. Ask again under Accounts "
                            "when the authority's time has passed.");
    case RefusedBefore:
        return EabWords::tr("The credential is unused: the authority refused something else about the account.");
    case NotAccepted:
        return EabWords::tr(
            "The credential is not spent, but the authority does not accept it. Compare key identifier, key "
            "and algorithm with its portal.");
    case UsedElsewhere:
        return EabWords::tr(
            "The credential is spent: the authority says that an account has it already. Ask for another.");
    case ReplyLost:
        break;
    }
    return EabWords::tr(
        "Whether the credential is spent is unknown, since no clear reply arrived. Ask again under Accounts; "
        "do not enter it anew.");
}

QString rulesText(const lifecycle::EabRules& rules)
{
    QStringList sentences;
    if (rules.singleUse)
        sentences += EabWords::tr("A credential of this authority is good for one account.");
    if (rules.validDays > 0)
        sentences += EabWords::tr("Unused, it expires after %n day(s).", nullptr, rules.validDays);
    if (rules.contactRequired)
        sentences += EabWords::tr("The account needs a contact.");
    return sentences.join(u' ');
}

Status statusOf(lifecycle::BulkRegistrationOutcome::Result result)
{
    using enum lifecycle::BulkRegistrationOutcome::Result;
    switch (result) {
    case Bound:
        return {EabWords::tr("Bound"), u"ok"_s, Severity::Good};
    case WasBound:
        return {EabWords::tr("Bound before"), u"ok"_s, Severity::Good};
    case Failed:
        return {EabWords::tr("Failed"), u"bad"_s, Severity::Bad};
    case Unknown:
        return {EabWords::tr("Outcome unknown"), u"attention"_s, Severity::Attention};
    case NotBegun:
        break;
    }
    return {EabWords::tr("Not begun"), u"waiting"_s, Severity::Neutral};
}

Status statusOf(lifecycle::CredentialImportLine::Verdict verdict)
{
    using enum lifecycle::CredentialImportLine::Verdict;
    switch (verdict) {
    case Add:
        return {EabWords::tr("Will be added"), u"add"_s, Severity::Good};
    case Known:
        return {EabWords::tr("Is there already"), u"neutral"_s, Severity::Neutral};
    case Bad:
        break;
    }
    return {EabWords::tr("Wrong"), u"bad"_s, Severity::Bad};
}

} // namespace ui
