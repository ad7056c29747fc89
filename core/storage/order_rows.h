// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"
#include "lifecycle/repositories.h"
#include "storage/connection.h"

/// The rows of certificate_order, order_event and placement.
namespace storage {

base::Result<void> insertOrder(Connection& connection, const lifecycle::OrderRecord& order,
                               const QByteArray& sealedKey);
/// Stores what changes while an order runs, and keeps its certificate in step. NotFound when there is no such order.
base::Result<void> updateOrder(Connection& connection, const lifecycle::OrderRecord& order);
/// Stores the end of an order that issued a version, and drops its own copy of the key, or that of the orders before
/// where it is kept for renewals. makeCurrent() keeps its certificate in step.
base::Result<void> finishOrder(Connection& connection, const lifecycle::OrderRecord& order);
/// The columns that readOrder() reads, up to and without WHERE.
extern const QString orderSelection;
base::Result<lifecycle::OrderRecord> readOrder(Row& row);

/// Appends to the order's history; an event whose sequence is not above the last stored one gets the next number.
base::Result<void> insertOrderEvents(Connection& connection, const QString& orderId,
                                     const QList<lifecycle::OrderEvent>& events);
base::Result<QList<lifecycle::OrderEvent>> loadOrderEvents(Connection& connection, const QString& orderId,
                                                           int afterSequence);

base::Result<void> insertPlacement(Connection& connection, const lifecycle::Placement& placement);
base::Result<QList<lifecycle::Placement>> loadPlacements(Connection& connection, const QString& orderId);

} // namespace storage
