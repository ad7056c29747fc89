// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/finding_words.h"

#include "lifecycle/order_checks.h"
#include "ui/common/error_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::Finding;
using challenge::Statement;
using Habit = lifecycle::PendingReason::Habit;

struct FindingWords {
    Q_DECLARE_TR_FUNCTIONS(ui::FindingWords)
};

QString seenText(const Finding& finding)
{
    switch (finding.verdict) {
    case Finding::Verdict::Good:
        return FindingWords::tr("Seen from here, fine: %1.").arg(findingText(finding));
    case Finding::Verdict::Unknown:
        return FindingWords::tr("Not known from here: %1.").arg(findingText(finding));
    case Finding::Verdict::Warning:
        return FindingWords::tr("Seen from here, doubtful: %1.").arg(findingText(finding));
    case Finding::Verdict::Bad:
        break;
    }
    return FindingWords::tr("Seen from here, wrong: %1.").arg(findingText(finding));
}

QString saidText(const lifecycle::PendingReason& reason)
{
    if (!reason.error)
        return FindingWords::tr("The authority has not said anything about it yet.");
    const auto& problem = reason.error->problem();
    return problem && !problem->detail.isEmpty() ? FindingWords::tr("The authority says: %1").arg(problem->detail)
                                                 : explain(*reason.error).sentence();
}

QString habitText(const lifecycle::PendingReason& reason)
{
    switch (reason.habit) {
    case Habit::None:
        break;
    case Habit::LeavesFailuresPending:
        return (reason.error
                    ? FindingWords::tr("%1 leaves a challenge that failed pending for a day. Its error ends the order "
                                       "here; a new order asks it to look again.")
                    : FindingWords::tr("%1 leaves a challenge that failed pending for a day, with an error beside it."))
            .arg(reason.serverName);
    case Habit::WaitsForApproval:
        return FindingWords::tr("%1 may let a person approve orders first, which can take a day.")
            .arg(reason.serverName);
    }
    return {};
}

} // namespace

QString checkText(Finding::Check check)
{
    switch (check) {
    case Finding::Check::ResolvesHere:
        return FindingWords::tr("Address, seen from here");
    case Finding::Check::ResolvesForAuthority:
        return FindingWords::tr("Address, seen by the CA");
    case Finding::Check::ResolvesFromHost:
        return FindingWords::tr("Address, seen by the host");
    case Finding::Check::RecordFromHost:
        return FindingWords::tr("Record, seen by the host");
    case Finding::Check::CanAnswer:
        return FindingWords::tr("Ready to answer");
    case Finding::Check::AnswerArrives:
        return FindingWords::tr("Answer arrives");
    case Finding::Check::ArrivesFromHost:
        return FindingWords::tr("Answer reaches the host");
    case Finding::Check::Caa:
        return FindingWords::tr("CA may issue (CAA)");
    case Finding::Check::Clock:
        break;
    }
    return FindingWords::tr("Clock");
}

QString findingText(const Finding& finding)
{
    QStringList sentences;
    for (const Statement& each : finding.statements)
        sentences.append(
            challenge::filled(QCoreApplication::translate("Statement", challenge::textOf(each.code)), each.details));
    return sentences.join(u"; "_s);
}

QString pendingText(const lifecycle::PendingReason& reason)
{
    QStringList lines {FindingWords::tr("Why %1 is not proved:").arg(reason.name), saidText(reason)};
    for (const Finding& finding : reason.findings)
        lines += seenText(finding);
    lines += habitText(reason);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

} // namespace ui
