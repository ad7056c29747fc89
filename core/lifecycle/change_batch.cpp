// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/change_batch.h"

#include <utility>

namespace lifecycle {

ChangeBatch::ChangeBatch(QObject* parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(std::chrono::milliseconds(100));
    connect(&m_timer, &QTimer::timeout, this, &ChangeBatch::flush);
}

void ChangeBatch::addChanges(Changes changes)
{
    m_changes |= changes;
    if (!m_timer.isActive())
        m_timer.start();
}

void ChangeBatch::addEvent(const OrderEvent& event)
{
    m_events.append(event);
    if (!m_timer.isActive())
        m_timer.start();
}

void ChangeBatch::flush()
{
    if (const Changes changes = std::exchange(m_changes, Changes()))
        Q_EMIT changed(changes);
    const QList<OrderEvent> events = std::exchange(m_events, {});
    if (!events.isEmpty())
        Q_EMIT ordersAdvanced(events);
}

} // namespace lifecycle
