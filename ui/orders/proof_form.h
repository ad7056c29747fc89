// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/proof_settings.h"
#include "lifecycle/solver_input.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QSettings;

namespace lifecycle {
struct Authority;
}

namespace ui {

class ProofWay;

/// How the names are proved: one of the ways, and what has to be entered for it.
class ProofForm : public QWidget {
    Q_OBJECT

public:
    explicit ProofForm(Workspace& workspace, QWidget* parent = nullptr);

    /// Proposes what was used with the authority last, else what suits it.
    void propose(const lifecycle::Authority& authority, const QSettings& settings);
    void remember(const lifecycle::Authority& authority, QSettings& settings) const;
    /// What was entered; the error names "listenAddress", "webroot" or "solver". Without a solver where newSolver() has
    /// to be stored first.
    base::Result<challenge::ProofSettings> entered() const;
    /// A solver that was entered here and is not stored yet.
    std::optional<lifecycle::SolverDetails> newSolver() const;
    /// Chooses the way that a check found to work.
    void choose(const challenge::ProofSettings& proof);
    /// Offers a solver that was stored, and chooses it.
    void offer(const challenge::SolverSettings& settings);
    /// Where the authority will look, in words; empty where it depends on the authority.
    QString hint() const;
    /// The way that is chosen, in words.
    QString summary() const;

Q_SIGNALS:
    void changed();

private:
    ProofWay& way() const;
    void showChosen();

    QString m_proposedFor; ///< the authority whose usual settings were filled in
    QComboBox* m_way;
    QList<ProofWay*> m_ways; ///< in the order of the list
};

} // namespace ui
