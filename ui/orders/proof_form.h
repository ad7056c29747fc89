// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/proof_settings.h"
#include "lifecycle/solver_input.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>

class QComboBox;

namespace lifecycle {
struct Authority;
struct ProofSearch;
} // namespace lifecycle

namespace ui {

class ListenWay;
class Preferences;
class ProofWay;

/// How the names are proved: one of the ways, and what has to be entered for it.
class ProofForm : public QWidget {
    Q_OBJECT

public:
    explicit ProofForm(Workspace& workspace, QWidget* parent = nullptr);

    /// For another order: what was chosen for the one before is no choice for this one.
    void begin();
    /// Proposes what was used with the authority last, else what suits it.
    void propose(const lifecycle::Authority& authority, const Preferences& settings);
    void remember(const lifecycle::Authority& authority, Preferences& settings) const;
    /// What was entered; the error names "listenAddress", "webroot" or "solver". Without a solver where newSolver() has
    /// to be stored first.
    base::Result<challenge::ProofSettings> entered() const;
    /// A solver that was entered here and is not stored yet.
    std::optional<lifecycle::SolverDetails> newSolver() const;
    /// Whether the operator chose a way or entered something since the last proposal: then nothing else may choose.
    bool isOwnChoice() const { return m_ownChoice; }
    /// Fills in what a search for a working way starts with: what was used the last time, and where this machine
    /// answers.
    void describe(lifecycle::ProofSearch& search);
    /// Chooses the way that a check found to work: false where it is none of those here.
    bool choose(const challenge::ProofSettings& proof);
    /// The same, since the operator wants it.
    void take(const challenge::ProofSettings& proof);
    /// Offers a solver that was stored, and chooses it.
    void offer(const challenge::SolverSettings& settings);
    /// Where the authority will look, in words; empty where it depends on the authority.
    QString hint() const;
    /// The way that is chosen, in words.
    QString summary() const;

Q_SIGNALS:
    void changed();
    /// The operator chose a way himself, or entered something for it.
    void chosenByOperator();

private:
    ProofWay& way() const;
    void showChosen();
    void takeOwnChoice();
    /// Chooses a way for the operator.
    void setWay(int index);

    QString m_proposedFor; ///< the authority whose usual settings were filled in
    bool m_ownChoice = false;
    bool m_choosing = false; ///< it is not the operator who does
    int m_usualWay = -1; ///< used with the authority the last time; -1: none
    QString m_usualSolver; ///< its id; empty where that way has none
    std::optional<challenge::ProofSettings> m_usual; ///< what that was, once it is known
    QComboBox* m_way;
    ListenWay* m_http;
    ListenWay* m_tls;
    QList<ProofWay*> m_ways; ///< in the order of the list
};

} // namespace ui
