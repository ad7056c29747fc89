// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/name_warnings.h"
#include "ui/common/workspace.h"

#include <QFrame>
#include <QTimer>

#include <stop_token>

class QLabel;

namespace ui {

/// What speaks against the names being typed, a moment after the last key. Never keeps anybody from going on.
///
/// Place it below the names and feed it with ask(). Thousands of names cost the window nothing: the questions are
/// answered elsewhere, and of each kind only the first few are written out.
class NameWarnings : public QFrame {
    Q_OBJECT

public:
    explicit NameWarnings(Workspace& workspace, QWidget* parent = nullptr);
    ~NameWarnings() override;

    /// The names as they are now, with whom they will be ordered from; call it at every change.
    void ask(lifecycle::NameQuestion question);
    /// What is shown, a paragraph a kind.
    QString text() const;

Q_SIGNALS:
    /// New answers are shown.
    void told();

private:
    void send();
    void lookUp(int generation);
    void show(int generation, const QList<lifecycle::NameWarning>& warnings);
    void tell();
    QString paragraph(lifecycle::NameWarning::Kind kind) const;

    Workspace& m_workspace;
    lifecycle::NameQuestion m_question;
    QList<lifecycle::NameWarning> m_warnings;
    QTimer m_pause;
    std::stop_source m_stop;
    int m_generation = 0; ///< answers to older questions are dropped
    QLabel* m_icon;
    QLabel* m_text;
};

} // namespace ui
