// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_retrying.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QJsonArray>
#include <QTest>

namespace tst_order_retrying {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::OrderEvent;
using lifecycle::OrderRecord;
using lifecycle::OrderState;
using lifecycle::RetriedNames;
using support::await;

namespace {

OrderRecord failedOrder(const QStringList& names)
{
    OrderRecord order;
    order.request.names = base::parseIdentifiers(names).value();
    order.request.certificateId = u"certificate"_s;
    order.state = OrderState::Failed;
    return order;
}

OrderEvent authorization(const QString& name, const QString& state)
{
    OrderEvent event;
    event.subject = OrderEvent::Subject::Authorization;
    event.identifier = name;
    event.state = state;
    if (state == u"invalid")
        event.error = base::Error(ErrorCode::Rejected, u"no answer"_s);
    return event;
}

QStringList names(const base::Result<lifecycle::IssueRequest>& request)
{
    return request ? base::identifierValues(request->names) : QStringList(request.error().message());
}

} // namespace

/// An order that failed is tried again: for all of its names, or for a part of them.
class TestOrderRetrying : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatBecameOfEachName();
    void countsNamesThatWereRefusedWithTheOrder();
    void keepsTheCertificateForAllNames();
    void makesACertificateOfItsOwnForAPart();
    void refusesWhatMakesNoSense();
    void countsALifetimeAnew();
    void addsTheFirstVersionToTheSameCertificate();
};

void TestOrderRetrying::knowsWhatBecameOfEachName()
{
    const OrderRecord order = failedOrder({u"a.example"_s, u"b.example"_s, u"*.c.example"_s, u"d.example"_s});
    const QList<OrderEvent> events {
        authorization(u"a.example"_s, u"pending"_s), authorization(u"b.example"_s, u"valid"_s),
        authorization(u"c.example"_s, u"invalid"_s), // a server that loses the `*.`
        authorization(u"a.example"_s, u"valid"_s),   authorization(u"d.example"_s, u"pending"_s),
    };
    const lifecycle::NameOutcomes outcomes = lifecycle::nameOutcomes(order, events);
    QCOMPARE(base::identifierValues(outcomes.proved), QStringList({u"a.example"_s, u"b.example"_s}));
    QCOMPARE(base::identifierValues(outcomes.failed), QStringList {u"*.c.example"_s});
    QCOMPARE(base::identifierValues(outcomes.open), QStringList {u"d.example"_s});
}

void TestOrderRetrying::countsNamesThatWereRefusedWithTheOrder()
{
    OrderRecord order = failedOrder({u"a.example"_s, u"b.example"_s});
    const QJsonObject refused {{u"type"_s, u"urn:ietf:params:acme:error:rejectedIdentifier"_s},
                               {u"identifier"_s, QJsonObject {{u"type"_s, u"dns"_s}, {u"value"_s, u"b.example"_s}}}};
    const QJsonObject compound {{u"type"_s, u"urn:ietf:params:acme:error:compound"_s},
                                {u"subproblems"_s, QJsonArray {refused}}};
    order.error = base::Error(base::ProblemDocument::fromJson(compound, 403));
    QCOMPARE(names(lifecycle::retryRequest(order, {}, RetriedNames::Failed)), QStringList {u"b.example"_s});
    QCOMPARE(names(lifecycle::retryRequest(order, {}, RetriedNames::WithoutFailed)), QStringList {u"a.example"_s});
}

void TestOrderRetrying::keepsTheCertificateForAllNames()
{
    const OrderRecord order = failedOrder({u"a.example"_s, u"b.example"_s});
    const auto again = lifecycle::retryRequest(order, {}, RetriedNames::All);
    QVERIFY(again);
    QCOMPARE(again->certificateId, u"certificate"_s);
    QCOMPARE(names(again), QStringList({u"a.example"_s, u"b.example"_s}));
    const QList<OrderEvent> allFailed {authorization(u"a.example"_s, u"invalid"_s),
                                       authorization(u"b.example"_s, u"invalid"_s)};
    QCOMPARE(lifecycle::retryRequest(order, allFailed, RetriedNames::Failed)->certificateId, u"certificate"_s);
}

void TestOrderRetrying::makesACertificateOfItsOwnForAPart()
{
    const OrderRecord order = failedOrder({u"a.example"_s, u"b.example"_s});
    const QList<OrderEvent> events {authorization(u"a.example"_s, u"valid"_s),
                                    authorization(u"b.example"_s, u"invalid"_s)};
    const auto failed = lifecycle::retryRequest(order, events, RetriedNames::Failed);
    QCOMPARE(names(failed), QStringList {u"b.example"_s});
    QVERIFY(failed->certificateId.isEmpty());
    const auto others = lifecycle::retryRequest(order, events, RetriedNames::WithoutFailed);
    QCOMPARE(names(others), QStringList {u"a.example"_s});
    QVERIFY(others->certificateId.isEmpty());
}

void TestOrderRetrying::refusesWhatMakesNoSense()
{
    OrderRecord order = failedOrder({u"a.example"_s, u"b.example"_s});
    const auto fieldOf = [&order](const QList<OrderEvent>& events, RetriedNames which) {
        const auto request = lifecycle::retryRequest(order, events, which);
        return request ? u"accepted"_s : request.error().field();
    };
    const QList<OrderEvent> oneFailed {authorization(u"a.example"_s, u"invalid"_s)};
    QCOMPARE(fieldOf({}, RetriedNames::Failed), u"names"_s);
    QCOMPARE(fieldOf({}, RetriedNames::WithoutFailed), u"names"_s);
    QCOMPARE(fieldOf({oneFailed.first(), authorization(u"b.example"_s, u"invalid"_s)}, RetriedNames::WithoutFailed),
             u"names"_s);
    order.request.csrDer = "a request";
    QCOMPARE(fieldOf(oneFailed, RetriedNames::Failed), u"csr"_s);
    QCOMPARE(fieldOf(oneFailed, RetriedNames::All), u"accepted"_s);
    for (const OrderState state : {OrderState::Issued, OrderState::Authorizing}) {
        order.state = state;
        QCOMPARE(fieldOf(oneFailed, RetriedNames::All), u"order"_s);
    }
}

void TestOrderRetrying::countsALifetimeAnew()
{
    OrderRecord order = failedOrder({u"a.example"_s});
    order.request.lifetimeSeconds = 3600;
    order.request = order.request.forOrder(QDateTime::fromSecsSinceEpoch(0));
    QVERIFY(order.request.notAfter.isValid());
    const auto again = lifecycle::retryRequest(order, {}, RetriedNames::All);
    QVERIFY(!again->notAfter.isValid());
    QCOMPARE(again->lifetimeSeconds, 3600);
}

void TestOrderRetrying::addsTheFirstVersionToTheSameCertificate()
{
    support::AcmeFaultServer server;
    support::Workshop workshop;
    server.setValidation(support::Validation::AlwaysInvalid);
    const lifecycle::Authority authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
    workshop.registerAccount(authority.id);
    const auto failed = workshop.issue(workshop.request(authority.id, {u"a.corp.example"_s}));
    QCOMPARE(failed->state, OrderState::Failed);

    server.setValidation(support::Validation::AlwaysValid);
    lifecycle::Orders& orders = workshop.engine().orders();
    const auto placed = await(orders.retry(failed->id, RetriedNames::All, {}));
    QVERIFY2(placed, placed ? "" : qPrintable(placed.error().message()));
    const auto issued = await(orders.waitFor(*placed), 60);
    QCOMPARE(issued->state, OrderState::Issued);
    QCOMPARE(issued->request.certificateId, failed->request.certificateId);
    const auto again = await(orders.retry(issued->id, RetriedNames::All, {}));
    QCOMPARE(again.error().code(), ErrorCode::InvalidInput);
    QCOMPARE(await(orders.retry(u"nothing"_s, RetriedNames::All, {})).error().code(), ErrorCode::NotFound);
}

SEALWRIGHT_TEST(TestOrderRetrying)

} // namespace tst_order_retrying

#include "tst_order_retrying.moc"
