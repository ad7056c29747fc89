// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/authority_condition.h"
#include "lifecycle/root_change.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ui {

/// The roots trusted for a stopped authority beside what its server shows, and the operator's decision. Nothing can be
/// accepted before the operator says that the fingerprint was compared.
class RootComparisonView : public QWidget {
    Q_OBJECT

public:
    explicit RootComparisonView(QWidget* parent = nullptr);

    void show(const lifecycle::Authority& authority, const lifecycle::AuthorityCondition& condition);

Q_SIGNALS:
    void accepted(const lifecycle::RootChange& change);

private:
    void fillTable(const lifecycle::RootComparison& comparison);
    void addRow(const QString& name, const QString& before, const QString& now);
    void allowDeciding();
    void decide(lifecycle::RootChange::Kind kind);
    lifecycle::RootChange chosen(lifecycle::RootChange::Kind kind) const;

    QString m_shown; ///< what is compared, so that a refresh does not undo what the operator typed
    lifecycle::RootComparison m_comparison;
    QLabel* m_words;
    QWidget* m_table = nullptr;
    QGridLayout* m_grid = nullptr;
    QWidget* m_decision;
    QPlainTextEdit* m_root;
    QLabel* m_rootLabel;
    QCheckBox* m_compared;
    QPushButton* m_add;
    QPushButton* m_replace;
};

} // namespace ui
