// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_event_log.h"

#include "storage/database.h"
#include "storage/word_filter.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::Event;

Event eventFrom(Row& row)
{
    Event event;
    event.id = row.number();
    event.at = row.time();
    event.actor.user = row.text();
    event.actor.origin = lifecycle::originFromName(row.text());
    event.action = row.text();
    event.objectId = row.text();
    event.objectName = row.text();
    event.outcome = row.text();
    event.detail = row.text();
    return event;
}

QString searchText(const Event& event)
{
    return QStringList {event.action, event.objectName, event.actor.user, event.detail}.join(u'\n').toLower();
}

} // namespace

base::Task<Result<void>> SqliteEventLog::append(Event event)
{
    return m_database.run([event = std::move(event)](Connection& connection) {
        return required(
            connection.run(
                u"INSERT INTO event (at, user_name, origin, action, object_id, object_name, outcome, detail, "
                "search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                event.at, event.actor.user, lifecycle::originName(event.actor.origin), event.action, event.objectId,
                event.objectName, event.outcome, event.detail, searchText(event)),
            u"the event was not stored"_s);
    });
}

base::Task<Result<QList<Event>>> SqliteEventLog::page(lifecycle::EventQuery query)
{
    return m_database.read([query = std::move(query)](Connection& connection) {
        const WordFilter filter(u"search"_s, query.filter);
        QVariantList values = filter.values();
        values << query.limit << query.offset;
        return connection.listOf(u"SELECT id, at, user_name, origin, action, object_id, object_name, outcome, detail "
                                 "FROM event WHERE %1 ORDER BY id DESC LIMIT ? OFFSET ?"_s.arg(filter.condition()),
                                 values, eventFrom);
    });
}

} // namespace storage
