// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_solver_repository.h"

#include "storage/database.h"
#include "storage/no_such_row.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using challenge::SolverSettings;

SolverSettings settingsFrom(Row& row)
{
    SolverSettings settings;
    settings.id = row.text();
    settings.name = row.text();
    settings.server = row.text();
    settings.keyName = row.text();
    settings.algorithm = row.text();
    settings.zones = row.texts();
    settings.method = challenge::dnsMethodFromName(row.text()).value_or(challenge::DnsMethod::Rfc2136);
    settings.program = row.text();
    settings.cleanUpProgram = row.text();
    settings.provider = row.text();
    return settings;
}

QString keyOf(const SolverSettings& settings)
{
    return settings.name.toCaseFolded();
}

Result<void> refuseKnownName(Connection& connection, const SolverSettings& settings)
{
    auto known = connection.first(
        u"SELECT id FROM solver WHERE name_key = ? AND id <> ?"_s, [](Row& row) { return row.text(); }, keyOf(settings),
        settings.id);
    if (!known)
        return base::failed(std::move(known).error());
    if (*known)
        return base::failed(
            base::Error(ErrorCode::AlreadyExists, u"there is a solver \"%1\" already"_s.arg(settings.name))
                .about(u"name"_s));
    return {};
}

} // namespace

base::Task<Result<QList<SolverSettings>>> SqliteSolverRepository::all()
{
    return m_database.read([](Connection& connection) {
        return connection.list(
            u"SELECT id, name, server, key_name, algorithm, zones, method, program, clean_up_program, "
            "provider FROM solver ORDER BY name_key"_s,
            settingsFrom);
    });
}

base::Task<Result<void>> SqliteSolverRepository::insert(SolverSettings settings, QByteArray sealedSecret)
{
    return m_database.run([settings = std::move(settings),
                           sealedSecret = std::move(sealedSecret)](Connection& connection) -> Result<void> {
        if (auto allowed = refuseKnownName(connection, settings); !allowed)
            return allowed;
        return required(connection.run(u"INSERT INTO solver (id, name, name_key, server, key_name, algorithm, zones, "
                                       "method, program, clean_up_program, provider, secret) "
                                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                                       settings.id, settings.name, keyOf(settings), settings.server, settings.keyName,
                                       settings.algorithm, settings.zones, challenge::dnsMethodName(settings.method),
                                       settings.program, settings.cleanUpProgram, settings.provider, sealedSecret),
                        noSuchSolver);
    });
}

base::Task<Result<void>> SqliteSolverRepository::update(SolverSettings settings, QByteArray sealedSecret)
{
    return m_database.run([settings = std::move(settings),
                           sealedSecret = std::move(sealedSecret)](Connection& connection) -> Result<void> {
        if (auto allowed = refuseKnownName(connection, settings); !allowed)
            return allowed;
        return required(connection.run(u"UPDATE solver SET name = ?, name_key = ?, server = ?, key_name = ?, "
                                       "algorithm = ?, zones = ?, method = ?, program = ?, clean_up_program = ?, "
                                       "provider = ?, secret = ? WHERE id = ?"_s,
                                       settings.name, keyOf(settings), settings.server, settings.keyName,
                                       settings.algorithm, settings.zones, challenge::dnsMethodName(settings.method),
                                       settings.program, settings.cleanUpProgram, settings.provider, sealedSecret,
                                       settings.id),
                        noSuchSolver);
    });
}

base::Task<Result<void>> SqliteSolverRepository::remove(QString id)
{
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<void> {
        // ids are random, so that one inside a request is the solver's
        auto used = connection.first(
            u"SELECT count(*) FROM certificate WHERE request LIKE ?"_s, [](Row& row) { return row.integer(); },
            u"%"_s + id + u"%"_s);
        if (!used)
            return base::failed(std::move(used).error());
        if (const auto count = used->value_or(0); count > 0)
            return base::failed(ErrorCode::Busy, u"%1 certificates are proved with it"_s.arg(count));
        return required(connection.run(u"DELETE FROM solver WHERE id = ?"_s, id), noSuchSolver);
    });
}

base::Task<Result<QByteArray>> SqliteSolverRepository::sealedSecret(QString id)
{
    return m_database.read([id = std::move(id)](Connection& connection) {
        auto sealed = connection.first(
            u"SELECT secret FROM solver WHERE id = ?"_s, [](Row& row) { return row.bytes(); }, id);
        return required(std::move(sealed), noSuchSolver);
    });
}

} // namespace storage
