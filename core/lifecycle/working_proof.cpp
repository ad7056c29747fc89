// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_checks.h"

#include <QSet>

#include <algorithm>

// apart from OrderChecks, so that windows can ask this without the engine behind it
namespace lifecycle {

bool works(const QList<base::Identifier>& names, const QList<challenge::Finding>& findings)
{
    QSet<QString> proved;
    for (const challenge::Finding& finding : findings) {
        if (finding.verdict == challenge::Finding::Verdict::Bad)
            return false;
        const bool isAnswer = finding.check == challenge::Finding::Check::CanAnswer
            || finding.check == challenge::Finding::Check::AnswerArrives;
        if (isAnswer && finding.verdict == challenge::Finding::Verdict::Good)
            proved.insert(finding.name);
    }
    return std::all_of(names.begin(), names.end(),
                       [&proved](const base::Identifier& name) { return proved.contains(name.value()); });
}

} // namespace lifecycle
