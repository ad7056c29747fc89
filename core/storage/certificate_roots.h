// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/root_use.h"
#include "storage/connection.h"

/// Which root each certificate version leads to.
namespace storage {

/// Stores the root that the version's chain names.
base::Result<void> storeRoot(Connection& connection, const QString& versionId, const QByteArray& chainPem);
/// The same for versions that were stored before roots were. Reads their chains, at most `limit` of them: how many.
base::Result<int> storeMissingRoots(Connection& connection, int limit);

base::Result<QList<lifecycle::RootUse>> loadRootUses(Connection& connection, const QString& authorityId);
base::Result<lifecycle::RootPage> loadUnderRoot(Connection& connection, const lifecycle::RootQuery& query,
                                                const QDateTime& now);
base::Result<QStringList> loadIdsUnderRoot(Connection& connection, const lifecycle::RootQuery& query);

} // namespace storage
