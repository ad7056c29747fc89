// SPDX-License-Identifier: Apache-2.0
#include "challenge/answer_claims.h"

namespace challenge {
namespace {

// A token is base64url, so that the first blank ends it.
QString keyOf(const QString& place, const QString& token)
{
    return token + u' ' + place;
}

} // namespace

void AnswerClaims::claim(const QString& place, const QString& token, const Solver* solver)
{
    m_claims[keyOf(place, token)].solvers.insert(solver);
}

std::optional<QStringList> AnswerClaims::release(const QString& place, const QString& token, const Solver* solver,
                                                 const QStringList& leftovers)
{
    const auto claim = m_claims.find(keyOf(place, token));
    if (claim == m_claims.end())
        return leftovers;
    claim->solvers.remove(solver);
    claim->leftovers += leftovers;
    if (!claim->solvers.isEmpty())
        return std::nullopt;
    return m_claims.take(claim.key()).leftovers;
}

void AnswerClaims::releaseAll(const Solver* solver)
{
    m_claims.removeIf([solver](auto claim) {
        claim->solvers.remove(solver);
        return claim->solvers.isEmpty();
    });
}

} // namespace challenge
