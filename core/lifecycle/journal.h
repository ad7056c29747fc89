// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/task.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/event.h"

namespace lifecycle {

class EventLog;

/// Writes what the actor of this process did into the event log, and announces what changed by it.
class Journal {
public:
    Journal(EventLog& log, const base::Clock& clock, ChangeFeed& feed, Actor actor);

    const Actor& actor() const { return m_actor; }
    /// The moment that entries written now carry.
    QDateTime now() const { return m_clock.now(); }
    /// Announces a change that nobody needs to answer for.
    void announce(Changes changes) { m_feed.announce(changes); }

    /// Records that `action` on an object ended well, and announces `changes` with it.
    base::Task<void> done(QString action, QString objectId, QString objectName, Changes changes,
                          QString detail = QString());
    /// Records that it failed and why.
    base::Task<void> failed(QString action, QString objectId, QString objectName, base::Error error);

private:
    base::Task<void> append(Event event);

    EventLog& m_log;
    const base::Clock& m_clock;
    ChangeFeed& m_feed;
    Actor m_actor;
};

} // namespace lifecycle
