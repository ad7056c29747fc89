// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace challenge {

class Solver;

/// Which solvers need an answer that is in place.
///
/// Orders of one account that share a pending authorization share its token: the answer stays until the last of them
/// has cleaned up. `place` tells the responder or folder apart.
class AnswerClaims {
public:
    void claim(const QString& place, const QString& token, const Solver* solver);
    /// What may be removed now: nothing where somebody else needs the answer, else the `leftovers` of all who released
    /// it, such as folders made for it.
    std::optional<QStringList> release(const QString& place, const QString& token, const Solver* solver,
                                       const QStringList& leftovers = {});
    /// Forgets a solver that goes away.
    void releaseAll(const Solver* solver);

private:
    struct Claim {
        QSet<const Solver*> solvers;
        QStringList leftovers;
    };

    QHash<QString, Claim> m_claims;
};

} // namespace challenge
