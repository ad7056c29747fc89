// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/message.h"
#include "dns/record.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace dns {

/// What is known about one name and type.
struct Lookup {
    enum class Status {
        Found, ///< `records` has what was asked for
        NoData, ///< the name exists, without a record of the type
        NoSuchName, ///< NXDOMAIN: nothing has this name
        Referral, ///< the server does not know, names those that do, and does not ask them: it is no resolver
    };

    Status status = Status::NoData;
    QList<Record> records; ///< of the type asked for
    QString name; ///< that of the records: where the aliases end
    QStringList aliases; ///< the names with a CNAME record on the way, beginning with the one asked for
    /// The zone that the answer is from, where the server said so beside a negative answer (RFC 2308 section 3);
    /// else null.
    QString zone;
    bool isAuthoritative = false; ///< by one of the zone's own servers

    bool isFound() const { return status == Status::Found; }
};

/// Reads one reply, adding to what earlier replies said of the name: follows the CNAME records that are in it.
///
/// `lookup.name` is the name that was asked for and becomes where the aliases of this reply end.
void readReply(const Message& message, RecordType type, Lookup& lookup);

} // namespace dns
