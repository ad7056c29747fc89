// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"

#include <QHash>
#include <QList>

#include <optional>

namespace lifecycle {

/// One name as its last events tell it.
struct NameReport {
    QString name; ///< as the authority wrote it
    QString state; ///< the authorization's
    std::optional<base::Error> error; ///< why it is not proved
    QString challengeType;
    QString challengeState;
    QString token; ///< empty with dns-persist-01, which has none
    QString expectedAt;
    QString expectedValue;
    std::optional<base::Error> challengeError;

    bool isProved() const { return state == u"valid" && !error; }
    bool isRefused() const { return error || state == u"invalid"; }
};

/// Those that are not proved first, else in the order of their first event.
QList<NameReport> nameReports(const QList<OrderEvent>& events);

/// What `told` has of a name that was ordered, by the names as the authority wrote them: some servers lose the `*.` of
/// a wildcard.
template <class T>
T toldOf(const QHash<QString, T>& told, const base::Identifier& name)
{
    const bool isLost = name.isWildcard() && !told.contains(name.value());
    return told.value(isLost ? name.baseName() : name.value());
}

} // namespace lifecycle
