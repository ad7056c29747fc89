// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace challenge {

class Solver;

/// Which solvers need an answer that is in place.
///
/// Orders of one account that share a pending authorization share its token: the answer stays until the last of them
/// has cleaned up. `place` tells the responder or folder apart.
class AnswerClaims {
public:
    void claim(const QString& place, const QString& token, const Solver* solver);
    /// Whether nobody else needs the answer, so that it may be removed.
    bool release(const QString& place, const QString& token, const Solver* solver);
    /// Forgets a solver that goes away.
    void releaseAll(const Solver* solver);

private:
    QHash<QString, QSet<const Solver*>> m_claims;
};

} // namespace challenge
