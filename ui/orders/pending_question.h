// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/severity.h"
#include "ui/common/workspace.h"

#include <QObject>

#include <stop_token>

namespace ui {

/// Asks why a name of an order is not proved yet, one question at a time.
class PendingQuestion : public QObject {
    Q_OBJECT

public:
    explicit PendingQuestion(Workspace& workspace, QObject* parent = nullptr);
    ~PendingQuestion() override;

    void ask(const QString& orderId, const QString& name);
    /// Drops the answer that is on its way.
    void stop();

Q_SIGNALS:
    /// That it is looked into, and then what was found; a sentence a line.
    void told(ui::Severity severity, const QString& text);

private:
    Workspace& m_workspace;
    std::stop_source m_stop;
    int m_generation = 0;
};

} // namespace ui
