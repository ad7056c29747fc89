// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/proof_suggestion.h"

#include <QHash>
#include <QSet>

// apart from OrderChecks, so that windows can ask this without the engine behind it
namespace lifecycle {
namespace {

using challenge::Finding;

bool isAboutAnswers(const Finding& finding)
{
    return finding.check == Finding::Check::CanAnswer || finding.check == Finding::Check::AnswerArrives;
}

} // namespace

std::optional<Finding> obstacleIn(const QList<base::Identifier>& names, const QList<Finding>& findings)
{
    std::optional<Finding> worst;
    QHash<QString, Finding> unsure;
    QSet<QString> proved;
    for (const Finding& finding : findings) {
        const bool isAnswer = isAboutAnswers(finding);
        if (finding.verdict == Finding::Verdict::Bad && (!worst || (isAnswer && !isAboutAnswers(*worst))))
            worst = finding;
        else if (isAnswer && finding.verdict == Finding::Verdict::Good)
            proved.insert(finding.name);
        else if (isAnswer)
            unsure.insert(finding.name, finding);
    }
    if (worst)
        return worst;
    for (const base::Identifier& name : names)
        if (!proved.contains(name.value()))
            return unsure.value(name.value(), {name.value(), Finding::Check::CanAnswer, Finding::Verdict::Unknown, {}});
    return std::nullopt;
}

} // namespace lifecycle
