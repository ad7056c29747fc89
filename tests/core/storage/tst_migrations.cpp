// SPDX-License-Identifier: Apache-2.0
#include "storage/migrations.h"

#include "records.h"
#include "storage/sqlite_certificate_repository.h"
#include "support/test_program.h"

namespace tst_migrations {

using namespace Qt::StringLiterals;
using base::Result;
using storage::Connection;
using storage::Database;
using support::await;

namespace {

/// A certificate with one version, as the first schema keeps it.
Result<void> insertOldCertificate(Connection& connection)
{
    const QString request = QString::fromUtf8(
        QJsonDocument(records::request({u"www.example.com"_s}, u"c"_s).toJson()).toJson(QJsonDocument::Compact));
    const QStringList statements {
        u"INSERT INTO authority (id, name, name_key, directory_url, roots_pem, proxy, resolvers, meta) "
        "VALUES ('ca', 'CA', 'ca', 'https://ca.example/dir', '', 'none', '[]', '{}')"_s,
        u"INSERT INTO certificate (id, authority_id, account_id, request, names, sort_name, names_search, "
        "current_version_id, version_count, not_after, renew_at, newest_order_failed, open_orders) VALUES "
        "('c', 'ca', 'acc', '%1', '[\"www.example.com\"]', 'www.example.com', 'www.example.com', 'v', 1, "
        "1800009000000, "
        "1800006000000, 0, 0)"_s.arg(request),
        u"INSERT INTO certificate_version (id, certificate_id, names, subject, issuer, serial, not_before, not_after, "
        "key_description, sha256, sha1, chain_pem, renewal_reason, revocation_reason, revocation_note, has_key, "
        "private_key) VALUES ('v', 'c', '[\"www.example.com\"]', '', '', '0A', 1800000000000, 1800009000000, 'EC', "
        "'aa', "
        "'bb', 'chain', 'why', 0, '', 1, 'sealed')"_s,
    };
    for (const QString& statement : statements)
        if (auto inserted = connection.once(statement); !inserted)
            return inserted;
    return {};
}

} // namespace

/// What was stored by an earlier schema is there afterwards.
class TestMigrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bringsCertificatesFromTheFirstSchema()
    {
        records::Folder folder;
        {
            auto old = await(Database::open(folder.directory(), storage::migrations().mid(0, 1))).value();
            QVERIFY(await(old->run(insertOldCertificate)));
        }
        auto database = folder.database();
        storage::SqliteCertificateRepository certificates(*database);
        const auto row = await(certificates.row(u"c"_s, records::at(7'000)));
        QVERIFY2(row, row ? "" : qPrintable(row.error().message()));
        QVERIFY(row->state == lifecycle::CertificateState::Due);
        const auto versions = await(certificates.versions(u"c"_s));
        QCOMPARE(versions->size(), 1);
        QVERIFY(versions->first().hasKey);
        QVERIFY(versions->first().facts.chains.isEmpty());
        QCOMPARE(await(certificates.due(records::at(7'000), 10))->size(), 1);
    }

    void tagsCertificatesFromBeforeTags()
    {
        records::Folder folder;
        {
            auto old = await(Database::open(folder.directory(), storage::migrations().mid(0, 9))).value();
            QVERIFY(await(old->run(insertOldCertificate)));
        }
        auto database = folder.database();
        storage::SqliteCertificateRepository certificates(*database);
        const auto matching = [&certificates] {
            return await(certificates.page({.filter = u"tag:web"_s}, records::at(0))).value().matching;
        };
        QCOMPARE(matching(), 0);
        QVERIFY(await(certificates.changeTags({{u"c"_s}, lifecycle::parseTags({u"web"_s}).value(), {}})));
        QCOMPARE(matching(), 1);
    }
};

SEALWRIGHT_TEST(TestMigrations)

} // namespace tst_migrations

#include "tst_migrations.moc"
