// SPDX-License-Identifier: Apache-2.0
#include "storage/certificate_tags.h"

#include "records.h"
#include "storage/certificate_list.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_certificate_repository.h"
#include "storage/sqlite_order_repository.h"
#include "support/test_program.h"
#include "support/verify_result.h"

namespace tst_certificate_tags {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::CertificateQuery;
using lifecycle::Tag;
using lifecycle::TagUse;
using records::at;
using storage::Connection;
using support::await;

namespace {

QList<Tag> tags(const QStringList& names)
{
    return lifecycle::parseTags(names).value();
}

struct Fixture {
    records::Folder folder;
    std::unique_ptr<storage::Database> database = folder.database();
    storage::SqliteAuthorityRepository authorities {*database};
    storage::SqliteCertificateRepository certificates {*database};
    storage::SqliteOrderRepository orders {*database};

    Fixture() { check(await(authorities.insert(records::authority(u"ca"_s, u"Internal"_s)))); }

    static void check(const base::Result<void>& result)
    {
        if (!result)
            qFatal("%s", qPrintable(result.error().message()));
    }

    /// An issued certificate whose id is the first label of its name.
    void issue(const QString& name, const QStringList& tagged = {})
    {
        auto certificate = records::certificate(name.section(u'.', 0, 0), {name});
        certificate.tags = tags(tagged);
        auto order = records::order(u"order-"_s + name, certificate.request);
        check(await(orders.insert(order, "key", certificate)));
        check(
            await(orders.complete(order, {}, records::version(u"version-"_s + name, certificate.id, order.id), "key")));
    }

    QStringList change(const QStringList& ids, const QStringList& add, const QStringList& remove = {})
    {
        QStringList changed;
        const auto answered = await(certificates.changeTags({ids, tags(add), tags(remove)})).value();
        for (const auto& certificate : answered)
            changed.append(certificate.id);
        return changed;
    }

    QStringList list(const CertificateQuery& query)
    {
        QStringList ids;
        const auto found = await(certificates.page(query, at(200))).value().rows;
        for (const auto& row : found)
            ids.append(row.id);
        return ids;
    }

    /// "web 2" for each tag.
    QStringList uses()
    {
        QStringList lines;
        const auto found = await(certificates.tagUses()).value();
        for (const TagUse& use : found)
            lines.append(u"%1 %2"_s.arg(use.name).arg(use.certificates));
        return lines;
    }

    /// The steps by which SQLite answers a statement.
    QStringList plan(const QString& sql, const QVariantList& values)
    {
        const auto detail = [](storage::Row& row) {
            for (int column = 0; column < 3; ++column)
                (void)row.integer();
            return row.text();
        };
        return await(database->read([&](Connection& connection) {
                   return connection.listOf(u"EXPLAIN QUERY PLAN "_s + sql, values, detail);
               }))
            .value();
    }
};

} // namespace

/// Tags of certificates as they are kept, and lists that ask for them.
class TestCertificateTags : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsTheCertificatesOfEachTag()
    {
        Fixture fixture;
        fixture.issue(u"a.example"_s, {u"web"_s, u"Prod"_s});
        fixture.issue(u"b.example"_s, {u"WEB"_s});
        fixture.issue(u"c.example"_s);
        QCOMPARE(fixture.uses(), QStringList({u"Prod 1"_s, u"web 2"_s}));
        QCOMPARE(fixture.change({u"b"_s, u"c"_s}, {u"prod"_s}, {u"Web"_s}), QStringList({u"b"_s, u"c"_s}));
        QCOMPARE(fixture.uses(), QStringList({u"Prod 3"_s, u"web 1"_s}));
        QCOMPARE(fixture.list({.filter = u"tag:prod"_s}), QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(fixture.list({.filter = u"tag:web"_s}), QStringList(u"a"_s));
    }

    void answersOnlyWhatIsNotAsItWas()
    {
        Fixture fixture;
        fixture.issue(u"a.example"_s, {u"web"_s});
        fixture.issue(u"b.example"_s);
        QCOMPARE(fixture.change({u"a"_s, u"b"_s}, {u"web"_s}), QStringList(u"b"_s));
        QCOMPARE(fixture.change({u"a"_s, u"b"_s}, {}, {u"nobody has it"_s}), QStringList());
    }

    void forgetsATagWithItsLastCertificate()
    {
        Fixture fixture;
        fixture.issue(u"a.example"_s, {u"web"_s, u"Prod"_s});
        fixture.issue(u"b.example"_s, {u"web"_s});
        fixture.change({u"a"_s, u"b"_s}, {}, {u"web"_s});
        QCOMPARE(fixture.uses(), QStringList(u"Prod 1"_s));
        QVERIFY_RESULT(await(fixture.certificates.remove(u"a"_s)));
        QCOMPARE(fixture.uses(), QStringList());
        fixture.change({u"b"_s}, {u"PROD"_s}); // spelt anew
        QCOMPARE(fixture.uses(), QStringList(u"PROD 1"_s));
    }

    void changesAllOrNone()
    {
        Fixture fixture;
        fixture.issue(u"a.example"_s, {u"web"_s});
        const auto refused =
            await(fixture.certificates.changeTags({{u"a"_s, u"x"_s, u"y"_s}, tags({u"prod"_s}), tags({u"web"_s})}));
        QCOMPARE(refused.error().code(), ErrorCode::NotFound);
        QVERIFY2(refused.error().detail().endsWith(u"x, y"_s), qPrintable(refused.error().detail()));
        QCOMPARE(fixture.uses(), QStringList(u"web 1"_s));
    }

    void listsWhatHasEveryTagThatIsAskedFor_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("ids");
        QTest::newRow("one tag") << u"tag:web"_s << QStringList {u"a"_s, u"b"_s};
        QTest::newRow("in another case") << u"TAG:WEB"_s << QStringList {u"a"_s, u"b"_s};
        QTest::newRow("both tags") << u"tag:web tag:prod"_s << QStringList {u"a"_s};
        QTest::newRow("a tag and a word") << u"mple tag:web b."_s << QStringList {u"b"_s};
        QTest::newRow("the whole tag, no part of it") << u"tag:we"_s << QStringList();
        QTest::newRow("no longer one") << u"tag:web2"_s << QStringList();
        QTest::newRow("with blanks") << u"tag:\"team payments\""_s << QStringList {u"c"_s};
        QTest::newRow("any") << u"tag:"_s << QStringList {u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("nothing special") << u"tag:%"_s << QStringList();
        QTest::newRow("an underscore is one") << u"tag:team_payments"_s << QStringList();
        QTest::newRow("a word is no tag") << u"web"_s << QStringList();
    }

    void listsWhatHasEveryTagThatIsAskedFor()
    {
        QFETCH(QString, filter);
        QFETCH(QStringList, ids);
        Fixture fixture;
        fixture.issue(u"a.example"_s, {u"web"_s, u"Prod"_s});
        fixture.issue(u"b.example"_s, {u"web"_s});
        fixture.issue(u"c.example"_s, {u"team payments"_s});
        fixture.issue(u"d.example"_s);
        QCOMPARE(fixture.list({.filter = filter}), ids);
        const auto page = await(fixture.certificates.page({.filter = filter, .limit = 1}, at(200))).value();
        QCOMPARE(page.matching, static_cast<int>(ids.size()));
        QCOMPARE(page.total, 4);
    }

    void listsInTheOrderOfTheTags()
    {
        Fixture fixture;
        fixture.issue(u"a.example"_s);
        fixture.issue(u"b.example"_s, {u"web"_s});
        fixture.issue(u"c.example"_s, {u"mail"_s, u"web"_s});
        using Sort = CertificateQuery::Sort;
        QCOMPARE(fixture.list({.sort = Sort::Tags}), QStringList({u"c"_s, u"b"_s, u"a"_s}));
        QCOMPARE(fixture.list({.sort = Sort::Tags, .descending = true}), QStringList({u"b"_s, u"c"_s, u"a"_s}));
    }

    void answersAPageFromTheIndexAlone_data()
    {
        using Sort = CertificateQuery::Sort;
        QTest::addColumn<CertificateQuery>("query");
        QTest::newRow("a tag") << CertificateQuery {.filter = u"tag:web"_s};
        QTest::newRow("any tag") << CertificateQuery {.filter = u"tag:"_s};
        QTest::newRow("words and tags") << CertificateQuery {.filter = u"corp tag:web tag:prod"_s, .showRetired = true};
        QTest::newRow("by end") << CertificateQuery {.filter = u"tag:web"_s, .sort = Sort::NotAfter};
        QTest::newRow("by state") << CertificateQuery {.filter = u"tag:web"_s, .sort = Sort::State};
        QTest::newRow("by tags") << CertificateQuery {.sort = Sort::Tags};
    }

    void answersAPageFromTheIndexAlone()
    {
        QFETCH(CertificateQuery, query);
        Fixture fixture;
        const storage::CertificateList list(query, at(0));
        for (const auto& statement : {list.countStatement(), list.idsStatement()}) {
            const QStringList steps = fixture.plan(statement.sql, statement.values);
            QVERIFY2(steps.value(0).startsWith(u"SCAN c USING COVERING INDEX"_s), qPrintable(steps.join(u'\n')));
            for (const QString& step : steps.mid(1))
                QCOMPARE(step, u"USE TEMP B-TREE FOR ORDER BY"_s);
        }
    }

    void countsTagsFromTheIndexAlone()
    {
        Fixture fixture;
        const QStringList steps = fixture.plan(storage::tagUseSelection, {});
        QVERIFY2(steps.contains(u"SEARCH ct USING COVERING INDEX certificate_tag_tag (tag_id=?)"_s),
                 qPrintable(steps.join(u'\n')));
    }
};

SEALWRIGHT_TEST(TestCertificateTags)

} // namespace tst_certificate_tags

#include "tst_certificate_tags.moc"
