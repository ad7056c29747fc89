// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QList>
#include <QStringList>

namespace storage {

class Connection;

/// The statements that bring a database from version - 1 to version.
struct Migration {
    int version = 0;
    QStringList statements;
};

/// Every migration, in order. A released one is never changed.
QList<Migration> migrations();
/// The first schema.
QStringList migration1();
/// Renewal information.
QStringList migration2();
/// Conditions of authorities, credentials of proxies, roots of chains.
QStringList migration3();
/// The EAB inventory, rules about names, what authorities refused, and which certificate has which name.
QStringList migration4();
/// Terms, refusals and key changes of accounts.
QStringList migration5();
/// How versions came about, and certificates whose key is elsewhere.
QStringList migration6();
/// DNS servers that take updates.
QStringList migration7();
/// Solvers that are no DNS servers.
QStringList migration8();
/// Watched records of dns-persist-01.
QStringList migration9();
/// Tags.
QStringList migration10();

/// The version of the schema that the database has; 0 when it is empty.
base::Result<int> schemaVersion(Connection& connection);
/// Brings the database to the last of `steps`, all in one transaction: after a failure nothing has changed.
///
/// Unsupported when the database is newer than that.
base::Result<void> migrate(Connection& connection, const QList<Migration>& steps);

} // namespace storage
