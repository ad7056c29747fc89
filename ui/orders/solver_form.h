// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/solver_input.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace ui {

class PathField;

/// What a solver needs that changes DNS records: first how it does, then what that takes.
class SolverForm : public QWidget {
    Q_OBJECT

public:
    /// `prefix` tells the object names of one form in the window from those of another.
    explicit SolverForm(const QString& prefix = QString(), QWidget* parent = nullptr);

    /// What was entered; the error is about "solver".
    base::Result<lifecycle::SolverDetails> entered() const;

Q_SIGNALS:
    void changed();

private:
    void addMethod(challenge::DnsMethod method, const QString& title, const QList<QWidget*>& fields);
    void showMethod();
    challenge::DnsMethod method() const;

    QComboBox* m_method;
    QLineEdit* m_server;
    PathField* m_keyFile;
    PathField* m_program;
    PathField* m_cleanUpProgram;
    QLineEdit* m_provider;
    PathField* m_credentials;
    QHash<QWidget*, QList<challenge::DnsMethod>> m_neededBy;
};

} // namespace ui
