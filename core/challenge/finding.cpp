// SPDX-License-Identifier: Apache-2.0
#include "challenge/finding.h"

namespace challenge {

using namespace Qt::StringLiterals;

QString checkName(Finding::Check check)
{
    switch (check) {
    case Finding::Check::ResolvesHere:
        return u"resolves-here"_s;
    case Finding::Check::ResolvesForAuthority:
        return u"resolves-for-authority"_s;
    case Finding::Check::ResolvesFromHost:
        return u"resolves-from-host"_s;
    case Finding::Check::RecordFromHost:
        return u"record-from-host"_s;
    case Finding::Check::CanAnswer:
        return u"can-answer"_s;
    case Finding::Check::AnswerArrives:
        return u"answer-arrives"_s;
    case Finding::Check::ArrivesFromHost:
        return u"arrives-from-host"_s;
    case Finding::Check::Caa:
        return u"caa"_s;
    case Finding::Check::Clock:
        break;
    }
    return u"clock"_s;
}

QString verdictName(Finding::Verdict verdict)
{
    switch (verdict) {
    case Finding::Verdict::Good:
        return u"good"_s;
    case Finding::Verdict::Warning:
        return u"warning"_s;
    case Finding::Verdict::Bad:
        return u"bad"_s;
    case Finding::Verdict::Unknown:
        break;
    }
    return u"unknown"_s;
}

Finding summaryOf(const QList<Finding>& ofAddresses)
{
    Finding all {{}, Finding::Check::AnswerArrives, Finding::Verdict::Good, {}};
    bool anyGood = false;
    for (const Finding& each : ofAddresses) {
        anyGood = anyGood || each.verdict == Finding::Verdict::Good;
        all.verdict = qMax(all.verdict, each.verdict);
        all.statements += each.statements;
    }
    if (anyGood && all.verdict == Finding::Verdict::Bad)
        all.verdict = Finding::Verdict::Warning;
    return all;
}

} // namespace challenge
