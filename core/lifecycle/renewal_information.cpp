// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/renewal_information.h"

namespace lifecycle {

using namespace Qt::StringLiterals;

std::optional<RenewalDecision> RenewalInformation::answered(const RenewalWindow& given, const QUrl& explanation,
                                                            const Lifetime& lifetime, const QDateTime& now,
                                                            double chance)
{
    askedAt = now;
    failure.reset();
    explanationUrl = explanation;
    if (window == given)
        return std::nullopt;
    window = given;
    const RenewalDecision decision = chooseInWindow(lifetime, given, now, chance);
    chosenAt = decision.at;
    if (decision.at.isValid())
        return decision;
    return RenewalDecision {lifetimeRule.at, lifetimeRule.reason + u"; "_s + decision.reason};
}

} // namespace lifecycle
