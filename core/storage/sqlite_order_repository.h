// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"

namespace storage {

class Database;

/// The tables certificate_order, order_event and placement; keeps the derived columns of certificate in step.
///
/// An event whose sequence is not above the last stored one gets the next number.
class SqliteOrderRepository final : public lifecycle::OrderRepository {
public:
    explicit SqliteOrderRepository(Database& database)
        : m_database(database)
    {
    }

    base::Task<base::Result<void>> insert(lifecycle::OrderRecord order, QByteArray sealedKey,
                                          std::optional<lifecycle::ManagedCertificate> newCertificate) override;
    base::Task<base::Result<void>> update(lifecycle::OrderRecord order, QList<lifecycle::OrderEvent> events) override;
    base::Task<base::Result<void>> complete(lifecycle::OrderRecord order, QList<lifecycle::OrderEvent> events,
                                            lifecycle::CertificateVersion version, QByteArray sealedKey) override;
    base::Task<base::Result<lifecycle::OrderRecord>> byId(QString id) override;
    base::Task<base::Result<QByteArray>> sealedKey(QString id) override;
    base::Task<base::Result<QList<lifecycle::OrderEvent>>> events(QString orderId, int afterSequence) override;
    base::Task<base::Result<QList<lifecycle::OrderRow>>> page(int offset, int limit) override;
    base::Task<base::Result<QList<lifecycle::OrderRecord>>> unfinished() override;
    base::Task<base::Result<QList<lifecycle::OrderRecord>>> endedWithPlacements() override;
    base::Task<base::Result<void>> append(QString orderId, QList<lifecycle::OrderEvent> events) override;
    base::Task<base::Result<bool>> knowsUrl(QUrl url) override;

    base::Task<base::Result<void>> insertPlacements(QList<lifecycle::Placement> placements) override;
    base::Task<base::Result<void>> updatePlacement(lifecycle::Placement placement) override;
    base::Task<base::Result<void>> removePlacements(QStringList ids) override;
    base::Task<base::Result<QList<lifecycle::Placement>>> placements(QString orderId) override;

private:
    Database& m_database;
};

} // namespace storage
