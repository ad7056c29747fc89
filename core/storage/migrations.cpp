// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

#include "storage/connection.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

Result<void> applySteps(Connection& connection, const QList<Migration>& steps)
{
    // another process may have been faster
    auto version = schemaVersion(connection);
    if (!version)
        return base::failed(std::move(version).error());
    for (const Migration& step : steps) {
        if (step.version <= *version)
            continue;
        for (const QString& statement : step.statements) {
            auto applied = connection.once(statement);
            if (!applied)
                return base::failed(std::move(applied), QString(u"migrating to version %1"_s.arg(step.version)));
        }
    }
    return connection.once(u"PRAGMA user_version = %1"_s.arg(std::max(*version, steps.last().version)));
}

} // namespace

QList<Migration> migrations()
{
    return {
        {1, migration1()}, {2, migration2()}, {3, migration3()}, {4, migration4()}, {5, migration5()},
        {6, migration6()}, {7, migration7()}, {8, migration8()}, {9, migration9()}, {10, migration10()},
    };
}

Result<int> schemaVersion(Connection& connection)
{
    auto version = connection.first(u"PRAGMA user_version"_s, [](Row& row) { return row.integer(); });
    return required(std::move(version), u"the database tells no version"_s);
}

Result<void> migrate(Connection& connection, const QList<Migration>& steps)
{
    auto version = schemaVersion(connection);
    if (!version)
        return base::failed(std::move(version).error());
    if (*version > steps.last().version)
        return base::failed(base::ErrorCode::Unsupported,
                            u"the database was written by a newer Sealwright (its version is %1, this program knows "
                            "versions up to %2)"_s.arg(*version)
                                .arg(steps.last().version));
    auto outcome = connection.once(u"BEGIN IMMEDIATE"_s);
    if (!outcome)
        return outcome;
    outcome = applySteps(connection, steps);
    if (outcome)
        outcome = connection.once(u"COMMIT"_s);
    if (!outcome)
        (void)connection.once(u"ROLLBACK"_s);
    connection.forgetStatements();
    return outcome;
}

} // namespace storage
