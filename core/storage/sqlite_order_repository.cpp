// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_order_repository.h"

#include "storage/certificate_rows.h"
#include "storage/database.h"
#include "storage/no_such_row.h"
#include "storage/order_rows.h"
#include "storage/sqlite_renewal_repository.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::OrderEvent;
using lifecycle::OrderRecord;
using lifecycle::OrderRow;
using lifecycle::Placement;

OrderRow readOrderRow(Row& columns)
{
    OrderRow row;
    row.id = columns.text();
    row.certificateId = columns.text();
    row.names = columns.texts();
    row.authorityName = columns.text();
    row.state = lifecycle::orderStateFromName(columns.text());
    row.url = columns.url();
    row.createdAt = columns.time();
    row.updatedAt = columns.time();
    const auto error = columns.error();
    row.error = error ? error->message() : QString();
    row.awaitsApproval = !lifecycle::isFinished(row.state) && lifecycle::isApprovalPending(error);
    return row;
}

Result<void> completeOrder(Connection& connection, const OrderRecord& order, const QList<OrderEvent>& events,
                           const lifecycle::CertificateVersion& version, const QByteArray& sealedKey)
{
    if (auto stored = insertVersion(connection, version, sealedKey); !stored)
        return stored;
    // the version has the key now, sealed for its own place
    if (auto finished = finishOrder(connection, order); !finished)
        return finished;
    if (auto current = makeCurrent(connection, version); !current)
        return current;
    if (auto begun = beginInquiries(connection, version, order.request.authorityId); !begun)
        return begun;
    return insertOrderEvents(connection, order.id, events);
}

} // namespace

base::Task<Result<void>> SqliteOrderRepository::insert(OrderRecord order, QByteArray sealedKey,
                                                       std::optional<lifecycle::ManagedCertificate> newCertificate)
{
    return m_database.run([order = std::move(order), sealedKey = std::move(sealedKey),
                           newCertificate = std::move(newCertificate)](Connection& connection) -> Result<void> {
        auto noted = newCertificate ? insertCertificate(connection, *newCertificate, order.id)
                                    : noteNewOrder(connection, order.request.certificateId, order.id);
        return noted ? insertOrder(connection, order, sealedKey) : noted;
    });
}

base::Task<Result<void>> SqliteOrderRepository::update(OrderRecord order, QList<OrderEvent> events)
{
    return m_database.run(
        [order = std::move(order), events = std::move(events)](Connection& connection) -> Result<void> {
            auto updated = updateOrder(connection, order);
            return updated ? insertOrderEvents(connection, order.id, events) : updated;
        });
}

base::Task<Result<void>> SqliteOrderRepository::complete(OrderRecord order, QList<OrderEvent> events,
                                                         lifecycle::CertificateVersion version, QByteArray sealedKey)
{
    order.state = lifecycle::OrderState::Issued;
    order.versionId = version.id;
    return m_database.run([order = std::move(order), events = std::move(events), version = std::move(version),
                           sealedKey = std::move(sealedKey)](Connection& connection) {
        return completeOrder(connection, order, events, version, sealedKey);
    });
}

base::Task<Result<OrderRecord>> SqliteOrderRepository::byId(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        return required(connection.first(orderSelection + u" WHERE id = ?"_s, readOrder, id), noSuchOrder);
    });
}

base::Task<Result<QByteArray>> SqliteOrderRepository::sealedKey(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        auto sealed = connection.first(
            u"SELECT private_key FROM certificate_order WHERE id = ? AND private_key IS NOT NULL"_s,
            [](Row& row) { return row.bytes(); }, id);
        return required(std::move(sealed), u"no private key is stored for this order"_s);
    });
}

base::Task<Result<QList<OrderEvent>>> SqliteOrderRepository::events(QString orderId, int afterSequence)
{
    return m_database.read([orderId = std::move(orderId), afterSequence](Connection& connection) {
        return loadOrderEvents(connection, orderId, afterSequence);
    });
}

base::Task<Result<QList<OrderRow>>> SqliteOrderRepository::page(int offset, int limit)
{
    return m_database.read([offset, limit](Connection& connection) {
        return connection.list(u"SELECT o.id, o.certificate_id, o.names, a.name, o.state, o.url, o.created_at, "
                               "o.updated_at, o.error FROM certificate_order o JOIN authority a "
                               "ON a.id = o.authority_id ORDER BY o.created_at DESC, o.id DESC LIMIT ? OFFSET ?"_s,
                               readOrderRow, limit, offset);
    });
}

base::Task<Result<QList<OrderRecord>>> SqliteOrderRepository::unfinished()
{
    return m_database.read([](Connection& connection) {
        return connection.list(orderSelection + u" WHERE finished = 0 ORDER BY created_at"_s, readOrder);
    });
}

base::Task<Result<QList<OrderRecord>>> SqliteOrderRepository::endedWithPlacements()
{
    return m_database.read([](Connection& connection) {
        return connection.list(
            orderSelection + u" WHERE finished = 1 AND id IN (SELECT order_id FROM placement) ORDER BY created_at"_s,
            readOrder);
    });
}

base::Task<Result<void>> SqliteOrderRepository::append(QString orderId, QList<OrderEvent> events)
{
    return m_database.run([orderId = std::move(orderId), events = std::move(events)](Connection& connection) {
        return insertOrderEvents(connection, orderId, events);
    });
}

base::Task<Result<bool>> SqliteOrderRepository::knowsUrl(QUrl url)
{
    return m_database.read([url = std::move(url)](Connection& connection) -> Result<bool> {
        auto found = connection.first(
            u"SELECT id FROM certificate_order WHERE url = ?"_s, [](Row& row) { return row.text(); }, url);
        if (!found)
            return base::failed(std::move(found).error());
        return found->has_value();
    });
}

base::Task<Result<void>> SqliteOrderRepository::insertPlacements(QList<Placement> placements)
{
    return m_database.run([placements = std::move(placements)](Connection& connection) -> Result<void> {
        for (const Placement& placement : placements)
            if (auto inserted = insertPlacement(connection, placement); !inserted)
                return inserted;
        return {};
    });
}

base::Task<Result<void>> SqliteOrderRepository::updatePlacement(Placement placement)
{
    return m_database.run([placement = std::move(placement)](Connection& connection) {
        return required(connection.run(u"UPDATE placement SET what = ? WHERE id = ?"_s, placement.what, placement.id),
                        u"there is no such placement"_s);
    });
}

base::Task<Result<void>> SqliteOrderRepository::removePlacements(QStringList ids)
{
    return m_database.run([ids = std::move(ids)](Connection& connection) -> Result<void> {
        for (const QString& id : ids)
            if (auto removed = connection.run(u"DELETE FROM placement WHERE id = ?"_s, id); !removed)
                return base::failed(std::move(removed).error());
        return {};
    });
}

base::Task<Result<QList<Placement>>> SqliteOrderRepository::placements(QString orderId)
{
    return m_database.read(
        [orderId = std::move(orderId)](Connection& connection) { return loadPlacements(connection, orderId); });
}

} // namespace storage
