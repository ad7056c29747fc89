// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_checks.h"
#include "lifecycle/proof_suggestion.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <stop_token>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace ui {

class FindingListModel;

/// Looks whether the names of a new order could be proved, before it is placed: a button, the findings as they arrive,
/// and a way that works where the chosen one does not. Advisory: nothing here keeps anybody from ordering.
class NameCheck : public QWidget {
    Q_OBJECT

public:
    /// What is to be checked now; nothing, with the fault shown by whoever gives it, where something is missing.
    using Question = std::function<std::optional<lifecycle::CheckRequest>()>;

    /// For what another way is looked for where the one that was checked does not work.
    using Search = std::function<lifecycle::ProofSearch()>;

    NameCheck(Workspace& workspace, Question question, Search search, QWidget* parent = nullptr);
    ~NameCheck() override;

    /// Stops what runs and forgets what was found: it was about something else.
    void clear();

Q_SIGNALS:
    /// The operator wants the names to be proved in this way.
    void wayChosen(const challenge::ProofSettings& proof);

private:
    QWidget* makeButtons();
    QWidget* makeSuggestion();
    void begin();
    void end();
    void showProgress();
    void showSummary();
    void showSentence();
    void answered(base::Result<QList<challenge::Finding>> findings);
    void lookForAnotherWay();
    void suggest(const lifecycle::ProofSuggestion& suggestion);

    Workspace& m_workspace;
    Question m_question;
    Search m_search;
    std::optional<lifecycle::CheckRequest> m_request; ///< what is being looked at, or was last
    std::optional<challenge::ProofSettings> m_suggested;
    std::stop_source m_stop;
    bool m_running = false;
    int m_generation = 0; ///< answers to older questions are dropped
    FindingListModel* m_model;
    QPushButton* m_check;
    QPushButton* m_cancel;
    QLineEdit* m_host;
    QLabel* m_summary;
    QTreeView* m_list;
    QLabel* m_sentence; ///< of the chosen finding, whole
    QWidget* m_suggestionRow;
    QLabel* m_suggestion;
    QPushButton* m_use;
};

} // namespace ui
