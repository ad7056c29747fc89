// SPDX-License-Identifier: Apache-2.0
#include "storage/sqlite_order_repository.h"

#include "records.h"
#include "storage/sqlite_account_repository.h"
#include "storage/sqlite_authority_repository.h"
#include "storage/sqlite_certificate_repository.h"
#include "support/test_program.h"

namespace tst_sqlite_order_repository {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::CertificateQuery;
using lifecycle::CertificateState;
using lifecycle::OrderRecord;
using lifecycle::OrderState;
using records::at;
using support::await;

namespace {

const QStringList www {u"www.example.com"_s};

struct Fixture {
    records::Folder folder;
    std::unique_ptr<storage::Database> database = folder.database();
    storage::SqliteAuthorityRepository authorities {*database};
    storage::SqliteAccountRepository accounts {*database};
    storage::SqliteCertificateRepository certificates {*database};
    storage::SqliteOrderRepository orders {*database};

    Fixture() { check(await(authorities.insert(records::authority(u"ca"_s, u"Internal"_s)))); }

    static void check(const base::Result<void>& result)
    {
        if (!result)
            qFatal("%s", qPrintable(result.error().message()));
    }

    /// A first order of a new certificate.
    OrderRecord begin(const QString& certificateId, const QStringList& names)
    {
        auto certificate = records::certificate(certificateId, names);
        certificate.tags = lifecycle::parseTags({u"web"_s}).value();
        auto order = records::order(u"order-"_s + certificateId, certificate.request);
        check(await(orders.insert(order, "sealed order key", certificate)));
        return order;
    }
    /// A later order of a certificate that exists.
    OrderRecord renew(const QString& certificateId, const QString& orderId)
    {
        auto order = records::order(orderId, await(certificates.byId(certificateId)).value().request);
        order.createdAt = at(5000);
        check(await(orders.insert(order, "sealed order key", std::nullopt)));
        return order;
    }
    void complete(const OrderRecord& order, const QString& versionId)
    {
        auto version = records::version(versionId, order.request.certificateId, order.id);
        version.names = base::identifierValues(order.request.names);
        check(await(orders.complete(order, {}, version, "sealed version key")));
    }
    void issue(const QString& certificateId, const QStringList& names)
    {
        complete(begin(certificateId, names), u"version-"_s + certificateId);
    }
    void end(OrderRecord order, OrderState state)
    {
        order.state = state;
        order.error = base::Error(ErrorCode::Rejected, u"no such name"_s);
        check(await(orders.update(order, {})));
    }
    CertificateState state(const QString& certificateId, const QDateTime& now = at(200))
    {
        return await(certificates.row(certificateId, now)).value().state;
    }
    QStringList list(const CertificateQuery& query, const QDateTime& now = at(200))
    {
        QStringList ids;
        const auto found = await(certificates.page(query, now)).value().rows;
        for (const auto& row : found)
            ids.append(row.id);
        return ids;
    }
};

} // namespace

class TestSqliteOrderRepository : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storesOrderKeyAndCertificateTogether()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, {u"www.example.com"_s, u"192.0.2.1"_s});
        const auto stored = await(fixture.orders.byId(order.id)).value();
        QCOMPARE(stored.request.toJson(), order.request.toJson());
        QVERIFY(stored.state == OrderState::Prepared);
        QCOMPARE(stored.deadline, order.deadline);
        QCOMPARE(stored.actor, u"bob"_s);
        QVERIFY(!stored.newOrderSentAt.isValid());
        QVERIFY(!stored.error);
        QCOMPARE(await(fixture.orders.sealedKey(order.id)).value(), "sealed order key"_ba);
        const auto certificate = await(fixture.certificates.byId(u"c"_s)).value();
        QCOMPARE(certificate.request.toJson(), order.request.toJson());
        QCOMPARE(lifecycle::tagNames(certificate.tags), QStringList(u"web"_s));
        QVERIFY(certificate.currentVersionId.isEmpty());
    }

    void storesNeitherCertificateNorOrderWhenOneFails()
    {
        Fixture fixture;
        fixture.begin(u"c"_s, www);
        // the second order has the first one's id, after its certificate went in
        const auto other = records::certificate(u"other"_s, www);
        const auto order = records::order(u"order-c"_s, other.request);
        QCOMPARE(await(fixture.orders.insert(order, "key", other)).error().code(), ErrorCode::Storage);
        QCOMPARE(await(fixture.certificates.byId(u"other"_s)).error().code(), ErrorCode::NotFound);

        const auto nowhere = records::order(u"2"_s, records::request(www, u"missing"_s));
        QCOMPARE(await(fixture.orders.insert(nowhere, "key", std::nullopt)).error().code(), ErrorCode::NotFound);
    }

    void keepsTheProgressOfAnOrder()
    {
        Fixture fixture;
        auto order = fixture.begin(u"c"_s, www);
        order.state = OrderState::Downloading;
        order.url = QUrl(u"https://ca.example/order/1?a=b%2Fc"_s);
        order.finalizeUrl = QUrl(u"https://ca.example/order/1/finalize"_s);
        order.certificateUrl = QUrl(u"https://ca.example/cert/1"_s);
        order.newOrderSentAt = at(11);
        order.updatedAt = at(12);
        order.profile = u"short"_s;
        QVERIFY(await(fixture.orders.update(order, {records::event(order.id, u"pending"_s)})));
        const auto stored = await(fixture.orders.byId(order.id)).value();
        QVERIFY(stored.state == OrderState::Downloading);
        QCOMPARE(stored.url, order.url);
        QCOMPARE(stored.finalizeUrl, order.finalizeUrl);
        QCOMPARE(stored.certificateUrl, order.certificateUrl);
        QCOMPARE(stored.newOrderSentAt, at(11));
        QCOMPARE(stored.updatedAt, at(12));
        QCOMPARE(stored.profile, u"short"_s);
        QVERIFY(await(fixture.orders.knowsUrl(order.url)).value());
        QVERIFY(!await(fixture.orders.knowsUrl(QUrl(u"https://ca.example/order/2"_s))).value());
        QCOMPARE(await(fixture.orders.update(records::order(u"x"_s, order.request), {})).error().code(),
                 ErrorCode::NotFound);
    }

    void givesBackTheHistoryInOrder()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, www);
        auto failed = records::event(order.id, u"invalid"_s, 3);
        failed.token = u"token"_s;
        failed.expectedAt = u"http://www.example.com/.well-known/acme-challenge/token"_s;
        failed.expectedValue = u"token.thumbprint"_s;
        failed.nextPollAt = at(30);
        failed.error = base::Error(ErrorCode::Rejected, u"connection refused"_s).during(u"validating");
        failed.exchange = QJsonObject {{u"request"_s, u"POST"_s}};
        QVERIFY(await(fixture.orders.update(order, {records::event(order.id, u"pending"_s, 1), failed})));
        // a run that counts from the start again loses nothing
        QVERIFY(await(fixture.orders.update(order, {records::event(order.id, u"valid"_s, 1)})));
        const auto events = await(fixture.orders.events(order.id, 0)).value();
        QCOMPARE(events.size(), 3);
        QCOMPARE(events[0].sequence, 1);
        QCOMPARE(events[1].sequence, 3);
        QCOMPARE(events[2].sequence, 4);
        QCOMPARE(events[2].state, u"valid"_s);
        QCOMPARE(events[1].orderId, order.id);
        QCOMPARE(events[1].at, failed.at);
        QVERIFY(events[1].subject == lifecycle::OrderEvent::Subject::Challenge);
        QCOMPARE(events[1].identifier, failed.identifier);
        QCOMPARE(events[1].challengeType, u"http-01"_s);
        QCOMPARE(events[1].token, failed.token);
        QCOMPARE(events[1].expectedAt, failed.expectedAt);
        QCOMPARE(events[1].expectedValue, failed.expectedValue);
        QCOMPARE(events[1].nextPollAt, failed.nextPollAt);
        QCOMPARE(events[1].error->message(), failed.error->message());
        QCOMPARE(events[1].exchange, failed.exchange);
        QVERIFY(!events[0].error);
        QVERIFY(!events[0].nextPollAt.isValid());
    }

    void makesTheIssuedVersionTheCurrentOne()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, www);
        fixture.complete(order, u"v1"_s);
        const auto version = await(fixture.certificates.version(u"v1"_s)).value();
        QCOMPARE(version.certificateId, u"c"_s);
        QCOMPARE(version.orderId, order.id);
        QCOMPARE(version.names, www);
        QCOMPARE(version.issuer, u"CN=Issuing CA"_s);
        QCOMPARE(version.serial, u"0A0B"_s);
        QCOMPARE(version.notBefore, at(0));
        QCOMPARE(version.notAfter, at(9'000));
        QCOMPARE(version.chainPem, "chain"_ba);
        QCOMPARE(version.renewAt, at(6'000));
        QCOMPARE(version.renewalReason, u"two thirds of its life"_s);
        QVERIFY(version.hasKey);
        QVERIFY(!version.revokedAt.isValid());
        QCOMPARE(await(fixture.certificates.sealedKey(u"v1"_s)).value(), "sealed version key"_ba);
        QCOMPARE(await(fixture.certificates.byId(u"c"_s)).value().currentVersionId, u"v1"_s);
        const auto stored = await(fixture.orders.byId(order.id)).value();
        QVERIFY(stored.state == OrderState::Issued);
        QCOMPARE(stored.versionId, u"v1"_s);
        QCOMPARE(await(fixture.orders.sealedKey(order.id)).error().code(), ErrorCode::NotFound); // one copy is enough
        QVERIFY(await(fixture.orders.unfinished()).value().isEmpty());
    }

    void completesWhollyOrNotAtAll()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, www);
        fixture.issue(u"d"_s, www);
        const auto taken = records::version(u"version-d"_s, u"c"_s, order.id);
        QVERIFY(!await(fixture.orders.complete(order, {}, taken, "key")));
        auto unknown = records::version(u"v"_s, u"c"_s, u"nowhere"_s);
        const auto nowhere = records::order(u"nowhere"_s, order.request);
        QCOMPARE(await(fixture.orders.complete(nowhere, {}, unknown, "key")).error().code(), ErrorCode::NotFound);
        QCOMPARE(await(fixture.certificates.version(u"v"_s)).error().code(), ErrorCode::NotFound);
        QVERIFY(await(fixture.certificates.versions(u"c"_s)).value().isEmpty());
        QVERIFY(await(fixture.orders.byId(order.id)).value().state == OrderState::Prepared);
        QCOMPARE(await(fixture.orders.sealedKey(order.id)).value(), "sealed order key"_ba);
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Pending);
    }

    void addsAVersionWhenRenewed()
    {
        Fixture fixture;
        fixture.issue(u"c"_s, www);
        const auto order = fixture.renew(u"c"_s, u"second"_s);
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Renewing);
        auto version = records::version(u"v2"_s, u"c"_s, order.id);
        version.issuedAt = at(5'100);
        version.notAfter = at(20'000);
        version.serial = u"0C"_s;
        QVERIFY(await(fixture.orders.complete(order, {}, version, "key")));
        const auto versions = await(fixture.certificates.versions(u"c"_s)).value();
        QCOMPARE(versions.size(), 2);
        QCOMPARE(versions[0].id, u"v2"_s); // newest first
        const auto row = await(fixture.certificates.row(u"c"_s, at(5'200))).value();
        QCOMPARE(row.versions, 2);
        QCOMPARE(row.serial, u"0C"_s);
        QCOMPARE(row.notAfter, at(20'000));
        QCOMPARE(row.orderId, u"second"_s);
        QVERIFY(row.state == CertificateState::Valid);
    }

    void listsOrdersNewestFirst()
    {
        Fixture fixture;
        fixture.end(fixture.begin(u"c"_s, www), OrderState::Failed);
        fixture.renew(u"c"_s, u"later"_s);
        const auto rows = await(fixture.orders.page(0, 10)).value();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].id, u"later"_s);
        QCOMPARE(rows[1].id, u"order-c"_s);
        QCOMPARE(rows[1].names, www);
        QCOMPARE(rows[1].authorityName, u"Internal"_s);
        QVERIFY(rows[1].state == OrderState::Failed);
        QCOMPARE(rows[1].error, u"no such name"_s);
        QCOMPARE(await(fixture.orders.page(1, 1)).value().value(0).id, u"order-c"_s);
        QCOMPARE(await(fixture.orders.unfinished()).value().size(), 1);
    }

    void remembersPlacementsUntilTheyAreRemoved()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, www);
        const lifecycle::Placement one {u"1"_s, order.id, order.request.proof, {{u"path"_s, u"/a"_s}}};
        const lifecycle::Placement two {u"2"_s, order.id, order.request.proof, {}};
        QVERIFY(await(fixture.orders.insertPlacements({one, two})));
        const auto stored = await(fixture.orders.placements(order.id)).value();
        QCOMPARE(stored.size(), 2);
        QCOMPARE(stored[0].what, one.what);
        QVERIFY(stored[0].proof == one.proof);
        lifecycle::Placement told = two;
        told.what = {{u"receipt"_s, u"what came of it"_s}};
        QVERIFY(await(fixture.orders.updatePlacement(told)));
        QCOMPARE(await(fixture.orders.placements(order.id)).value()[1].what, told.what);
        told.id = u"gone"_s;
        QVERIFY(!await(fixture.orders.updatePlacement(told)));
        QVERIFY(await(fixture.orders.removePlacements({u"1"_s, u"gone"_s})));
        QCOMPARE(await(fixture.orders.placements(order.id)).value().size(), 1);
        QVERIFY(await(fixture.orders.removePlacements({u"1"_s})));
        const lifecycle::Placement lost {u"3"_s, u"nowhere"_s, order.request.proof, {}};
        QVERIFY(!await(fixture.orders.insertPlacements({one, lost})));
        QCOMPARE(await(fixture.orders.placements(order.id)).value().size(), 1);
    }

    void tellsTheStateOfACertificate()
    {
        Fixture fixture;
        auto order = fixture.begin(u"c"_s, www);
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Pending);
        fixture.end(order, OrderState::Failed);
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Failed);
        QCOMPARE(await(fixture.certificates.row(u"c"_s, at(200))).value().lastError, u"no such name"_s);

        fixture.complete(fixture.renew(u"c"_s, u"2"_s), u"v"_s);
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Valid);
        QVERIFY(fixture.state(u"c"_s, at(5'999)) == CertificateState::Valid);
        QVERIFY(fixture.state(u"c"_s, at(6'000)) == CertificateState::Due);
        QVERIFY(fixture.state(u"c"_s, at(9'000)) == CertificateState::Expired);

        order = fixture.renew(u"c"_s, u"3"_s);
        QVERIFY(fixture.state(u"c"_s, at(9'000)) == CertificateState::Renewing);
        fixture.end(order, OrderState::Failed);
        QVERIFY(fixture.state(u"c"_s, at(8'000)) == CertificateState::Failed);
        fixture.end(fixture.renew(u"c"_s, u"4"_s), OrderState::Cancelled);
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Valid);
        QVERIFY(await(fixture.certificates.row(u"c"_s, at(200))).value().lastError.isEmpty());

        auto version = await(fixture.certificates.version(u"v"_s)).value();
        version.revokedAt = at(150);
        version.revocationReason = 4;
        version.revocationNote = u"replaced"_s;
        QVERIFY(await(fixture.certificates.markRevoked(version)));
        QVERIFY(fixture.state(u"c"_s) == CertificateState::Revoked);
        const auto revoked = await(fixture.certificates.version(u"v"_s)).value();
        QCOMPARE(revoked.revokedAt, at(150));
        QCOMPARE(revoked.revocationReason, 4);
        QCOMPARE(revoked.revocationNote, u"replaced"_s);
    }

    void showsACompleteRow()
    {
        Fixture fixture;
        auto order = fixture.begin(u"c"_s, {u"www.example.com"_s, u"192.0.2.1"_s});
        order.url = QUrl(u"https://ca.example/order/1"_s);
        fixture.complete(order, u"v"_s);
        const auto row = await(fixture.certificates.page({}, at(200))).value().rows.value(0);
        QCOMPARE(row.id, u"c"_s);
        QCOMPARE(row.names, QStringList({u"www.example.com"_s, u"192.0.2.1"_s}));
        QCOMPARE(row.authorityId, u"ca"_s);
        QCOMPARE(row.authorityName, u"Internal"_s);
        QCOMPARE(row.accountId, u"acc"_s);
        QCOMPARE(row.serial, u"0A0B"_s);
        QCOMPARE(row.issuer, u"CN=Issuing CA"_s);
        QCOMPARE(row.keyDescription, u"ECDSA P-256"_s);
        QCOMPARE(row.sha256, u"aa"_s);
        QCOMPARE(row.notBefore, at(0));
        QCOMPARE(row.notAfter, at(9'000));
        QCOMPARE(row.renewAt, at(6'000));
        QCOMPARE(row.renewalReason, u"two thirds of its life"_s);
        QCOMPARE(row.orderId, u"order-c"_s);
        QCOMPARE(row.orderUrl, QUrl(u"https://ca.example/order/1"_s));
        QCOMPARE(row.versions, 1);
        QCOMPARE(row.tags, QStringList(u"web"_s));
        QCOMPARE(await(fixture.certificates.row(u"x"_s, at(0))).error().code(), ErrorCode::NotFound);
    }

    void filtersByEveryWordOfTheNames()
    {
        Fixture fixture;
        fixture.issue(u"1"_s, {u"www.example.com"_s, u"mail.example.com"_s});
        fixture.issue(u"2"_s, {u"intranet.example.net"_s});
        fixture.issue(u"3"_s, {u"bücher.de"_s});
        QCOMPARE(fixture.list({.filter = u"EXAMPLE.com"_s}), QStringList(u"1"_s));
        QCOMPARE(fixture.list({.filter = u"mail www"_s}), QStringList(u"1"_s));
        QCOMPARE(fixture.list({.filter = u"mail intranet"_s}), QStringList());
        QCOMPARE(fixture.list({.filter = u"BÜCHER"_s}), QStringList(u"3"_s));
        QCOMPARE(fixture.list({.filter = u"xn--"_s}), QStringList(u"3"_s));
        QCOMPARE(fixture.list({.filter = u"%"_s}), QStringList());
        const auto none = await(fixture.certificates.page({.filter = u"zzz"_s}, at(200))).value();
        QCOMPARE(none.matching, 0);
        QCOMPARE(none.total, 3);
    }

    void pagesInTheOrderAskedFor()
    {
        Fixture fixture;
        fixture.issue(u"1"_s, {u"b.example"_s});
        fixture.issue(u"2"_s, {u"a.example"_s});
        fixture.begin(u"3"_s, {u"c.example"_s});
        QVERIFY(await(fixture.certificates.planRenewal(u"version-2"_s, at(7'000), u"later"_s)));
        using Sort = CertificateQuery::Sort;
        QCOMPARE(fixture.list({}), QStringList({u"2"_s, u"1"_s, u"3"_s}));
        QCOMPARE(fixture.list({.descending = true}), QStringList({u"3"_s, u"1"_s, u"2"_s}));
        QCOMPARE(fixture.list({.offset = 1, .limit = 1}), QStringList(u"1"_s));
        QCOMPARE(fixture.list({.sort = Sort::RenewAt}), QStringList({u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(fixture.list({.sort = Sort::RenewAt, .descending = true}), QStringList({u"2"_s, u"1"_s, u"3"_s}));
        QCOMPARE(fixture.list({.sort = Sort::NotAfter}), QStringList({u"2"_s, u"1"_s, u"3"_s}));
        QCOMPARE(fixture.list({.sort = Sort::State, .descending = true}), QStringList({u"3"_s, u"1"_s, u"2"_s}));
        QCOMPARE(fixture.list({.sort = Sort::Authority}), QStringList({u"2"_s, u"1"_s, u"3"_s}));
    }

    void hidesWhatIsRetiredUnlessAsked()
    {
        Fixture fixture;
        fixture.issue(u"expired"_s, {u"a.example"_s});
        fixture.issue(u"replaced"_s, {u"b.example"_s});
        fixture.issue(u"failing"_s, {u"c.example"_s});
        fixture.issue(u"revoked"_s, {u"d.example"_s});
        fixture.begin(u"new"_s, {u"e.example"_s});
        fixture.renew(u"replaced"_s, u"r1"_s);
        fixture.end(fixture.renew(u"failing"_s, u"r2"_s), OrderState::Failed);
        auto version = await(fixture.certificates.version(u"version-revoked"_s)).value();
        version.revokedAt = at(150);
        QVERIFY(await(fixture.certificates.markRevoked(version)));

        const auto page = await(fixture.certificates.page({}, at(9'500))).value();
        QCOMPARE(fixture.list({}, at(9'500)), QStringList({u"replaced"_s, u"failing"_s, u"new"_s}));
        QCOMPARE(page.matching, 3);
        QCOMPARE(page.hidden, 2);
        QCOMPARE(page.total, 5);
        const auto everything = await(fixture.certificates.page({.showRetired = true}, at(9'500))).value();
        QCOMPARE(everything.rows.size(), 5);
        QCOMPARE(everything.matching, 5);
        QCOMPARE(everything.hidden, 0);
    }

    void findsWhatIsDue()
    {
        Fixture fixture;
        fixture.issue(u"later"_s, {u"a.example"_s});
        fixture.issue(u"sooner"_s, {u"b.example"_s});
        fixture.issue(u"running"_s, {u"c.example"_s});
        fixture.issue(u"revoked"_s, {u"d.example"_s});
        QVERIFY(await(fixture.certificates.planRenewal(u"version-sooner"_s, at(3'000), u"the authority asks"_s)));
        fixture.renew(u"running"_s, u"r"_s);
        auto version = await(fixture.certificates.version(u"version-revoked"_s)).value();
        version.revokedAt = at(150);
        QVERIFY(await(fixture.certificates.markRevoked(version)));
        const auto due = [&](const QDateTime& now, int limit) {
            QStringList ids;
            const auto found = await(fixture.certificates.due(now, limit)).value();
            for (const auto& certificate : found)
                ids.append(certificate.id);
            return ids;
        };
        QCOMPARE(due(at(2'999), 10), QStringList());
        QCOMPARE(due(at(3'000), 10), QStringList(u"sooner"_s));
        QCOMPARE(due(at(6'000), 10), QStringList({u"sooner"_s, u"later"_s}));
        QCOMPARE(due(at(6'000), 1), QStringList(u"sooner"_s));
        QCOMPARE(await(fixture.certificates.version(u"version-sooner"_s)).value().renewalReason,
                 u"the authority asks"_s);
    }

    void countsWhatIsSafeAndWhatIsNot()
    {
        Fixture fixture;
        fixture.issue(u"safe"_s, {u"a.example"_s});
        fixture.issue(u"renewing"_s, {u"b.example"_s});
        fixture.end(fixture.begin(u"failed"_s, {u"c.example"_s}), OrderState::Failed);
        fixture.renew(u"renewing"_s, u"r"_s);
        auto counts = await(fixture.certificates.counts(at(200))).value();
        QCOMPARE(counts.safe, 1);
        QCOMPARE(counts.renewing, 1);
        QCOMPARE(counts.needAttention, 1);
        QCOMPARE(counts.nextRenewal, at(6'000));
        QCOMPARE(counts.nextRenewalName, u"a.example"_s);

        QCOMPARE(await(fixture.certificates.counts(at(7'499))).value().safe, 1); // due, but not for long
        counts = await(fixture.certificates.counts(at(7'500))).value();
        QCOMPARE(counts.safe, 0);
        QCOMPARE(counts.needAttention, 2);
        QVERIFY(!counts.nextRenewal.isValid());
    }

    void changesTheRequestForTheNextRenewal()
    {
        Fixture fixture;
        fixture.issue(u"c"_s, www);
        const auto request = records::request({u"new.example.com"_s}, u"c"_s);
        QVERIFY(await(fixture.certificates.updateRequest(u"c"_s, request)));
        QCOMPARE(await(fixture.certificates.byId(u"c"_s)).value().request.toJson(), request.toJson());
        QCOMPARE(fixture.list({.filter = u"new."_s}), QStringList(u"c"_s));
        QCOMPARE(await(fixture.certificates.updateRequest(u"x"_s, request)).error().code(), ErrorCode::NotFound);
    }

    void removesACertificateWithAllThatBelongsToIt()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, www);
        QVERIFY(await(fixture.orders.update(order, {records::event(order.id, u"pending"_s)})));
        QCOMPARE(await(fixture.certificates.remove(u"c"_s)).error().code(), ErrorCode::Busy);
        fixture.complete(order, u"v"_s);
        QVERIFY(await(fixture.certificates.remove(u"c"_s)));
        QCOMPARE(await(fixture.certificates.byId(u"c"_s)).error().code(), ErrorCode::NotFound);
        QCOMPARE(await(fixture.certificates.version(u"v"_s)).error().code(), ErrorCode::NotFound);
        QCOMPARE(await(fixture.orders.byId(order.id)).error().code(), ErrorCode::NotFound);
        QVERIFY(await(fixture.orders.events(order.id, 0)).value().isEmpty());
        QVERIFY(await(fixture.authorities.remove(u"ca"_s)));
    }

    void refusesToRemoveAnAuthorityWithCertificates()
    {
        Fixture fixture;
        fixture.issue(u"c"_s, www);
        const auto removed = await(fixture.authorities.remove(u"ca"_s));
        QVERIFY(!removed);
        QCOMPARE(removed.error().code(), ErrorCode::Busy);
        QVERIFY(removed.error().detail().contains(u"0 accounts and 1 certificate "_s));
    }

    void survivesReopening()
    {
        Fixture fixture;
        const auto order = fixture.begin(u"c"_s, www);
        auto other = fixture.folder.database();
        storage::SqliteOrderRepository theirs(*other);
        QCOMPARE(await(theirs.unfinished()).value().value(0).id, order.id);
        QCOMPARE(await(theirs.sealedKey(order.id)).value(), "sealed order key"_ba);
        fixture.end(order, OrderState::Cancelled);
        QVERIFY(await(theirs.unfinished()).value().isEmpty());
    }
};

SEALWRIGHT_TEST(TestSqliteOrderRepository)

} // namespace tst_sqlite_order_repository

#include "tst_sqlite_order_repository.moc"
