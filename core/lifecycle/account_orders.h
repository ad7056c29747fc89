// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace lifecycle {

/// An order as the authority lists it for an account (RFC 8555 section 7.1.2.1), whoever made it.
struct AccountOrder {
    QUrl url;
    QString state; ///< in ACME's words; empty where it could not be read
    QStringList names;
    QDateTime expires; ///< null where the authority does not say
    bool ours = false; ///< one of this inventory
    QString error; ///< why the order could not be read, or what the authority says is wrong with it
};

/// Where a part of such a list begins.
struct AccountOrderCursor {
    QUrl page; ///< the authority's page; empty: the first one
    int offset = 0; ///< orders of that page to pass over
};

/// A part of such a list.
struct AccountOrderPage {
    QList<AccountOrder> orders;
    std::optional<AccountOrderCursor> next; ///< nothing on the last part
};

} // namespace lifecycle
