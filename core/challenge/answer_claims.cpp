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
    m_claims[keyOf(place, token)].insert(solver);
}

bool AnswerClaims::release(const QString& place, const QString& token, const Solver* solver)
{
    const auto claims = m_claims.find(keyOf(place, token));
    if (claims == m_claims.end())
        return true;
    claims->remove(solver);
    if (!claims->isEmpty())
        return false;
    m_claims.erase(claims);
    return true;
}

void AnswerClaims::releaseAll(const Solver* solver)
{
    m_claims.removeIf([solver](auto claims) {
        claims->remove(solver);
        return claims->isEmpty();
    });
}

} // namespace challenge
