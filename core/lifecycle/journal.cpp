// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/journal.h"

#include "base/logging.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;

Journal::Journal(EventLog& log, const base::Clock& clock, ChangeFeed& feed, Actor actor)
    : m_log(log)
    , m_clock(clock)
    , m_feed(feed)
    , m_actor(std::move(actor))
{
}

base::Task<void> Journal::done(QString action, QString objectId, QString objectName, Changes changes, QString detail)
{
    Event event {0, m_clock.now(), m_actor, action, objectId, objectName, u"done"_s, detail};
    m_feed.announce(changes);
    co_await append(std::move(event));
}

base::Task<void> Journal::failed(QString action, QString objectId, QString objectName, base::Error error)
{
    Event event {0, m_clock.now(), m_actor, action, objectId, objectName, u"failed"_s, error.message()};
    co_await append(std::move(event));
}

base::Task<void> Journal::append(Event event)
{
    auto appended = co_await m_log.append(std::move(event));
    // An action that happened is not undone because the log could not be written; the failure is loud instead.
    if (!appended)
        qCCritical(base::log::lifecycle) << "the event log cannot be written:" << appended.error().message();
    else
        m_feed.announce(Change::Events);
}

} // namespace lifecycle
