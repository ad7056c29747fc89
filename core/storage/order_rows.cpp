// SPDX-License-Identifier: Apache-2.0
#include "storage/order_rows.h"

#include "storage/certificate_rows.h"
#include "storage/no_such_row.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::OrderRecord;
using lifecycle::OrderState;
using lifecycle::Placement;

Result<void> storeProgress(Connection& connection, const OrderRecord& order)
{
    return required(
        connection.run(
            u"UPDATE certificate_order SET state = ?, finished = ?, url = ?, finalize_url = ?, certificate_url = ?, "
            "updated_at = ?, new_order_sent_at = ?, deadline = ?, version_id = ?, profile = ?, error = ? WHERE id = ?"_s,
            lifecycle::orderStateName(order.state), lifecycle::isFinished(order.state), order.url, order.finalizeUrl,
            order.certificateUrl, order.updatedAt, order.newOrderSentAt, order.deadline, orNull(order.versionId),
            order.profile, order.error, order.id),
        noSuchOrder);
}

Placement readPlacement(Row& row)
{
    Placement placement;
    placement.id = row.text();
    placement.orderId = row.text();
    placement.proof = challenge::ProofSettings::fromJson(row.json());
    placement.what = row.json();
    return placement;
}

} // namespace

const QString orderSelection =
    u"SELECT id, request, state, url, finalize_url, certificate_url, created_at, updated_at, "
    "new_order_sent_at, deadline, version_id, profile, actor, error FROM certificate_order"_s;

Result<void> insertOrder(Connection& connection, const OrderRecord& order, const QByteArray& sealedKey)
{
    const lifecycle::IssueRequest& request = order.request;
    return required(
        connection.run(
            u"INSERT INTO certificate_order (id, certificate_id, authority_id, account_id, request, names, "
            "state, finished, url, finalize_url, certificate_url, created_at, updated_at, new_order_sent_at, "
            "deadline, version_id, profile, actor, error, private_key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            order.id, request.certificateId, request.authorityId, request.accountId, request.toJson(),
            base::identifierValues(request.names), lifecycle::orderStateName(order.state),
            lifecycle::isFinished(order.state), order.url, order.finalizeUrl, order.certificateUrl, order.createdAt,
            order.updatedAt, order.newOrderSentAt, order.deadline, orNull(order.versionId), order.profile, order.actor,
            order.error, orNull(sealedKey)),
        noSuchOrder);
}

Result<void> updateOrder(Connection& connection, const OrderRecord& order)
{
    const bool finished = lifecycle::isFinished(order.state);
    auto before = required(connection.first(
                               u"SELECT certificate_id, finished FROM certificate_order WHERE id = ?"_s,
                               [](Row& row) {
                                   return std::pair {row.text(), row.flag()};
                               },
                               order.id),
                           noSuchOrder);
    if (!before)
        return base::failed(std::move(before).error());
    auto stored = storeProgress(connection, order);
    if (!stored || before->second == finished)
        return stored;
    return noteOrderOutcome(connection, before->first, order.id, order.state == OrderState::Failed);
}

Result<void> finishOrder(Connection& connection, const OrderRecord& order)
{
    if (auto stored = storeProgress(connection, order); !stored)
        return stored;
    // An order whose key is kept for renewals goes on having it until the next one is done.
    return whetherDone(connection.run(
        u"UPDATE certificate_order SET private_key = NULL WHERE certificate_id = ? AND state = ? "
        "AND (? = 0 OR id <> ?)"_s,
        order.request.certificateId, lifecycle::orderStateName(OrderState::Issued), order.request.keepKey, order.id));
}

Result<OrderRecord> readOrder(Row& row)
{
    OrderRecord order;
    order.id = row.text();
    auto request = lifecycle::IssueRequest::fromJson(row.json());
    if (!request)
        return base::failed(std::move(request), u"reading an order's request");
    order.request = std::move(*request);
    order.state = lifecycle::orderStateFromName(row.text());
    order.url = row.url();
    order.finalizeUrl = row.url();
    order.certificateUrl = row.url();
    order.createdAt = row.time();
    order.updatedAt = row.time();
    order.newOrderSentAt = row.time();
    order.deadline = row.time();
    order.versionId = row.text();
    order.profile = row.text();
    order.actor = row.text();
    order.error = row.error();
    return order;
}

Result<void> insertPlacement(Connection& connection, const Placement& placement)
{
    return required(connection.run(u"INSERT INTO placement (id, order_id, proof, what) VALUES (?, ?, ?, ?)"_s,
                                   placement.id, placement.orderId, placement.proof.toJson(), placement.what),
                    noSuchOrder);
}

Result<QList<Placement>> loadPlacements(Connection& connection, const QString& orderId)
{
    return connection.list(u"SELECT id, order_id, proof, what FROM placement WHERE order_id = ? ORDER BY id"_s,
                           readPlacement, orderId);
}

} // namespace storage
