// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/proof_settings.h"
#include "lifecycle/solver_input.h"

#include <QWidget>

#include <optional>

namespace lifecycle {
struct Authority;
}

namespace ui {

class Preferences;

/// One way of proving names: what has to be entered for it, and what becomes of that.
class ProofWay : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Tells the ways apart where a choice is remembered.
    virtual QString key() const = 0;
    /// As the list of ways offers it.
    virtual QString title() const = 0;
    /// Fills in what was used with the authority last, else what suits it. True where there was a last time.
    virtual bool propose(const lifecycle::Authority& authority, const Preferences& settings) = 0;
    /// Keeps what was entered for the next time; `chosen` is whether it is this way that was taken.
    virtual void remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const = 0;
    /// The error names "listenAddress", "webroot", "webrootHost" or "solver".
    virtual base::Result<challenge::ProofSettings> entered() const = 0;
    /// Where the authority will look, in words; empty where it depends on the authority.
    virtual QString hint() const { return {}; }
    /// The way with what was entered, in words.
    virtual QString summary() const = 0;
    /// A solver that was entered here and has to be stored before the order.
    virtual std::optional<lifecycle::SolverDetails> newSolver() const { return std::nullopt; }
    /// Fills in what a check found to work: false where it is another way's.
    virtual bool take(const challenge::ProofSettings& proof) = 0;
    /// Offers a solver that was stored, and chooses it.
    virtual void offer(const challenge::SolverSettings&) { }

Q_SIGNALS:
    void changed();
    /// The operator entered something, other than what was proposed or found.
    void edited();
};

/// Where something that was used with the authority is remembered.
QString proofKey(const lifecycle::Authority& authority, const QString& what);

} // namespace ui
