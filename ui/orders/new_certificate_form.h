// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/authority.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/order_checks.h"
#include "lifecycle/proof_suggestion.h"
#include "lifecycle/solvers.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class Banner;
class Form;
class NameCheck;
class NameWarnings;
class OrderOptionsForm;
class ProofFinder;
class ProofForm;

/// Orders a certificate: the names first, everything else with a proposal.
class NewCertificateForm : public QWidget {
    Q_OBJECT

public:
    explicit NewCertificateForm(Workspace& workspace, QWidget* parent = nullptr);

    /// Reads authorities and accounts, proposes, and puts the cursor into the names.
    void begin(const QString& authorityId);
    QWidget* names() const;

Q_SIGNALS:
    void placed(const QString& orderId);
    void cancelled();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeButtons();
    QWidget* makeAdvanced();
    void fillForm();
    void connectAll();
    void takeAccounts(const QList<lifecycle::Account>& accounts, const QString& authorityId);
    void fillAuthorities(const QString& authorityId);
    void showAuthority();
    void showProofHint();
    /// Places the order once its new solver is stored. The choice on screen may be another one by then.
    void storeSolver(const lifecycle::SolverDetails& solver, const lifecycle::IssueRequest& request,
                     const lifecycle::Authority& authority);
    void leave();
    /// Whether that form was cancelled, filled in anew or left for another page meanwhile.
    bool wasLeft(int form) const;
    void place(const lifecycle::IssueRequest& request, int form);
    void showAdvanced(bool shown);
    /// The names follow a certificate request, where one is given.
    void followRequest();
    /// The names as typed, parsed; nothing, with the fault shown, where one is wrong.
    std::optional<QList<base::Identifier>> checkNames(bool focus);
    void askAboutNames(const QList<base::Identifier>& names);
    /// The names as typed where all are right; else none.
    QList<base::Identifier> typedNames() const;
    /// What a way of proving is looked for by, besides the names.
    lifecycle::ProofSearch searchFor(const QList<base::Identifier>& names);
    /// Has a way looked for that works, unless the operator chose one.
    void lookForWay(const QList<base::Identifier>& names);
    void takeWay(const challenge::ProofSettings& proof);
    std::optional<lifecycle::IssueRequest> entered();
    /// What a check looks at; nothing, with the fault shown, where something is missing.
    std::optional<lifecycle::CheckRequest> toCheck();
    void issue();
    void answered(const base::Result<QString>& orderId);
    void showFailure(const base::Error& error);
    const lifecycle::Authority* chosenAuthority() const;

    Workspace& m_workspace;
    QList<lifecycle::Authority> m_authorities;
    QList<lifecycle::Account> m_accounts;
    Form* m_form;
    Form* m_accountForm;
    Banner* m_banner;
    QPlainTextEdit* m_names;
    NameWarnings* m_warnings;
    QComboBox* m_authority;
    QComboBox* m_account;
    ProofForm* m_proof;
    ProofFinder* m_finder;
    NameCheck* m_check;
    OrderOptionsForm* m_options;
    QToolButton* m_toggle;
    QWidget* m_advanced;
    QLabel* m_working;
    QPushButton* m_issue;
    int m_filledIn = 0; ///< counts the forms begun and cancelled: an answer belongs to one of them
};

} // namespace ui
