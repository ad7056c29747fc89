// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_words.h"

#include "lifecycle/proof_suggestion.h"
#include "ui/orders/finding_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
namespace {

using lifecycle::ProofCandidate;
using lifecycle::ProofObstacle;
using Reason = ProofCandidate::Reason;

constexpr qsizetype obstaclesShown = 4;

struct ProofWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ProofWords)
};

QString chosenText(const ProofCandidate& found)
{
    const QString way = proofText(found.proof);
    switch (found.reason) {
    case Reason::Rule:
        return ProofWords::tr("Chosen: %1, since its rule for %2 fits and it can change the records of these names.")
            .arg(way, found.zone);
    case Reason::Usual:
        return ProofWords::tr("Chosen: %1, as the last time with this authority; a check found it working.").arg(way);
    case Reason::Solver:
        return ProofWords::tr("Chosen: %1, since it can change the records of these names.").arg(way);
    case Reason::ThisMachine:
        break;
    }
    return ProofWords::tr("Chosen: %1, since an answer from here is found where the authority will look.").arg(way);
}

QString obstacleText(const ProofObstacle& obstacle)
{
    const QString& name = obstacle.finding.name;
    const QString way = proofText(obstacle.proof);
    if (obstacle.finding.statements.isEmpty())
        return ProofWords::tr("%1 is not known to work.").arg(way);
    const QString why = findingText(obstacle.finding);
    return name.isEmpty() ? ProofWords::tr("%1 would not work: %2").arg(way, why)
                          : ProofWords::tr("%1 would not work for %2: %3").arg(way, name, why);
}

} // namespace

QString proofText(const challenge::ProofSettings& proof)
{
    if (!proof.solverName.isEmpty())
        return ProofWords::tr("%1 by %2").arg(proof.challengeType, proof.solverName);
    if (!proof.listenAddress.isEmpty())
        return ProofWords::tr("%1, answered on %2").arg(proof.challengeType, proof.listenAddress);
    if (!proof.host.isEmpty())
        return ProofWords::tr("%1 by the folder %2 on %3").arg(proof.challengeType, proof.webroot, proof.host);
    if (!proof.webroot.isEmpty())
        return ProofWords::tr("%1 by the folder %2").arg(proof.challengeType, proof.webroot);
    return proof.challengeType;
}

QString suggestionText(const lifecycle::ProofSuggestion& suggestion)
{
    QStringList lines;
    if (suggestion.found)
        lines += chosenText(*suggestion.found);
    else
        lines += ProofWords::tr("No way that is set up was found to work; choose one, or set up a solver.");
    for (const ProofObstacle& obstacle : suggestion.obstacles.first(qMin(obstaclesShown, suggestion.obstacles.size())))
        lines += obstacleText(obstacle);
    if (const auto more = suggestion.obstacles.size() - obstaclesShown; more > 0)
        lines += ProofWords::tr("%n more would not work either.", nullptr, static_cast<int>(more));
    return lines.join(u'\n');
}

} // namespace ui
