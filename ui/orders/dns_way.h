// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/workspace.h"
#include "ui/orders/proof_way.h"

class QCheckBox;
class QComboBox;

namespace ui {

class SolverForm;

/// dns-01 or dns-account-01, by a named solver or one that is set up here.
class DnsWay final : public ProofWay {
    Q_OBJECT

public:
    explicit DnsWay(Workspace& workspace, QWidget* parent = nullptr);

    QString key() const override;
    QString title() const override;
    bool propose(const lifecycle::Authority& authority, const Preferences& settings) override;
    void remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const override;
    bool take(const challenge::ProofSettings& proof) override;
    /// Without a solver where newSolver() has to be stored first.
    base::Result<challenge::ProofSettings> entered() const override;
    QString hint() const override;
    QString summary() const override;
    std::optional<lifecycle::SolverDetails> newSolver() const override;
    void offer(const challenge::SolverSettings& settings) override;

private:
    /// Where not `chooseAnew`, the list stays as it is unless there are others.
    void readSolvers(bool chooseAnew);
    void fill(const QList<challenge::SolverSettings>& solvers);
    void showChosen();
    bool isNew() const;
    QString challengeType() const;

    Workspace& m_workspace;
    /// The id of the solver to choose once they are known, empty for a new one; nothing: the first.
    std::optional<QString> m_wanted;
    QList<challenge::SolverSettings> m_solvers;
    QComboBox* m_solver;
    SolverForm* m_new;
    QCheckBox* m_ofAccount;
};

} // namespace ui
