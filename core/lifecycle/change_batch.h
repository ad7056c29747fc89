// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/change_feed.h"

#include <QList>
#include <QObject>
#include <QTimer>

namespace lifecycle {

/// Gathers announcements on the core's thread, so that windows hear of them at most ten times a second.
class ChangeBatch : public QObject {
    Q_OBJECT

public:
    explicit ChangeBatch(QObject* parent = nullptr);

    void addChanges(lifecycle::Changes changes);
    void addEvent(const lifecycle::OrderEvent& event);

Q_SIGNALS:
    void changed(lifecycle::Changes changes);
    void ordersAdvanced(const QList<lifecycle::OrderEvent>& events);

private:
    void flush();

    QTimer m_timer;
    Changes m_changes;
    QList<OrderEvent> m_events;
};

} // namespace lifecycle
