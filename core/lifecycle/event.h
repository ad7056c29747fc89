// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace lifecycle {

/// Which program acts.
enum class Origin { Desktop, CommandLine, Agent };

QString originName(Origin origin);
Origin originFromName(QStringView name);

/// Who acts: recorded with every event.
struct Actor {
    QString user; ///< login name
    Origin origin = Origin::Desktop;
};

/// One entry of the append-only log: who did what to which object, with which outcome.
struct Event {
    qint64 id = 0; ///< set by the log
    QDateTime at;
    Actor actor;
    QString action; ///< "authority.add", "account.register", "certificate.issue", "certificate.revoke", …
    QString objectId;
    QString objectName; ///< as people know it
    QString outcome; ///< "done", "failed", "refused" or "started"
    QString detail; ///< why: the error's message, the operator's note
};

struct EventQuery {
    QString filter; ///< plain words, matched in action, object name, user and detail
    int offset = 0;
    int limit = 200;
};

} // namespace lifecycle
