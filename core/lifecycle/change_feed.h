// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"

#include <QFlags>
#include <QMetaMethod>
#include <QObject>

namespace lifecycle {

/// Which lists are no longer what they were.
enum class Change {
    Authorities = 1,
    Accounts = 2,
    Certificates = 4,
    Orders = 8,
    Events = 16,
    Vault = 32,
    Solvers = 64,
};
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)

/// Where everything that happens is announced, on the core's thread.
class ChangeFeed : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    void announce(Changes changes) { Q_EMIT changed(changes); }
    void announce(const OrderEvent& event) { Q_EMIT orderAdvanced(event); }
    /// Whether anybody follows running orders, so that what is costly to show need not be made for nobody.
    bool isWatched() const { return isSignalConnected(QMetaMethod::fromSignal(&ChangeFeed::orderAdvanced)); }

Q_SIGNALS:
    void changed(lifecycle::Changes changes);
    void orderAdvanced(const lifecycle::OrderEvent& event);
};

} // namespace lifecycle
