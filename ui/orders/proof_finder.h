// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/proof_suggestion.h"
#include "ui/common/workspace.h"

#include <QTimer>
#include <QWidget>

#include <stop_token>

class QLabel;
class QPushButton;

namespace ui {

/// Looks by itself for a way that proves the names being typed, a moment after the last key, and says in words which
/// it found and what was wrong with the others.
///
/// Feed it with ask(). It orders nothing, holds nobody up, and says nothing where nothing is asked.
class ProofFinder : public QWidget {
    Q_OBJECT

public:
    explicit ProofFinder(Workspace& workspace, QWidget* parent = nullptr);
    ~ProofFinder() override;

    /// What is to be proved now; call it at every change. Without names or an authority nothing is looked for.
    void ask(const lifecycle::ProofSearch& search);
    /// Stops what runs, until something else is asked.
    void interrupt();
    /// Stops what runs and forgets what was found.
    void stop();
    QString text() const;

Q_SIGNALS:
    /// A check found this way working.
    void found(const challenge::ProofSettings& proof);

private:
    void send();
    void answered(base::Result<lifecycle::ProofSuggestion> suggestion);
    void tell(const QString& text);
    /// No answer to what was asked before is waited for any more.
    void abandon();

    Workspace& m_workspace;
    lifecycle::ProofSearch m_search;
    QTimer m_pause;
    std::stop_source m_stop;
    int m_generation = 0; ///< answers to older questions are dropped
    QLabel* m_text;
    QPushButton* m_cancel;
};

} // namespace ui
