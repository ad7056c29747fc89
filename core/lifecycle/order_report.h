// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"

namespace lifecycle {

/// What a report says beside the order itself.
struct OrderReportFrame {
    QString authorityName;
    QUrl directoryUrl;
    QUrl accountUrl;
    QString explanation = {}; ///< ours, of the error, in the reader's language; empty: the error's own words
};

/// An order as Markdown, for a ticket: state, account, each challenge with where the authority looks and what it must
/// find there, what the authority said (problem documents verbatim), what happened when, versions. English, as logs
/// are: the authority's people read it too.
///
/// Nothing secret is in it, since nothing secret is in what it is made of: no private key, EAB key, TSIG key or
/// password. Tokens and key authorizations are public by design: whoever asks the server or the zone reads them, and
/// without the account's private key nobody can use them (RFC 8555 section 8.1).
QString orderReport(const OrderRecord& order, const QList<OrderEvent>& events, const OrderReportFrame& frame);

} // namespace lifecycle
