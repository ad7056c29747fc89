// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/change_feed.h"
#include "lifecycle/name_refusals.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QJsonArray>
#include <QTest>

namespace tst_authorizations {

using namespace Qt::StringLiterals;
using lifecycle::OrderEvent;
using lifecycle::OrderState;
using support::await;
using support::Step;

/// Authorizations: all names that fail are told, names can be proved before the order, and what is no longer wanted is
/// given up.
class TestAuthorizations : public QObject {
    Q_OBJECT

    struct World {
        explicit World(bool preauthorization = false)
        {
            server.setValidation(support::Validation::AlwaysValid);
            server.setHasPreauthorization(preauthorization);
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
        }

        lifecycle::OrderRecord issue(const lifecycle::IssueRequest& request)
        {
            const auto record = workshop.issue(request);
            if (!record)
                qFatal("%s", qPrintable(record.error().message()));
            return *record;
        }

        lifecycle::IssueRequest wish(const QStringList& names) const { return workshop.request(authority.id, names); }

        /// An order that stands still while its names are being proved.
        QString orderThatWaits(const QStringList& names)
        {
            workshop.clock().setSleepsPass(false);
            server.setValidation(support::Validation::Undecided);
            return *await(workshop.engine().orders().place(wish(names), {}));
        }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void tellsEveryNameThatFailedInItsOwnWords()
    {
        World world;
        world.server.setValidation(support::Validation::AlwaysInvalid);
        const QStringList names {u"a.corp.example"_s, u"b.corp.example"_s, u"192.0.2.7"_s};
        const auto order = world.issue(world.wish(names));
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY(order.error->problem()->is(u"compound"));
        QStringList told;
        for (const base::Subproblem& part : order.error->problem()->subproblems) {
            told.append(part.identifier);
            QCOMPARE(part.detail, u"the answer was wrong"_s);
            QVERIFY(part.type.endsWith(u"incorrectResponse"_s));
        }
        for (const QJsonValue& part : order.error->problem()->verbatim[u"subproblems"_s].toArray())
            QCOMPARE(part[u"identifier"_s][u"type"_s].toString(),
                     part[u"identifier"_s][u"value"_s].toString() == u"192.0.2.7" ? u"ip"_s : u"dns"_s);
        told.sort();
        QCOMPARE(told, QStringList({u"192.0.2.7"_s, u"a.corp.example"_s, u"b.corp.example"_s}));
        for (const QString& name : names)
            QVERIFY2(order.error->message().contains(name), qPrintable(order.error->message()));
    }

    void leavesTheErrorOfASingleNameAsItIs()
    {
        World world;
        world.server.setValidation(support::Validation::AlwaysInvalid);
        const auto order = world.issue(world.wish({u"a.corp.example"_s}));
        QVERIFY(order.error->problem()->is(u"incorrectResponse"));
        QVERIFY(order.error->message().contains(u"a.corp.example"_s));
    }

    void provesTheNamesBeforeTheOrder()
    {
        World world(true);
        QVERIFY(world.authority.meta.preauthorization);
        auto request = world.wish({u"a.corp.example"_s, u"b.corp.example"_s});
        request.preauthorize = true;
        const auto order = world.issue(request);
        QCOMPARE(order.state, OrderState::Issued);
        QCOMPARE(world.server.requests(Step::NewAuthorization), 2);
        QCOMPARE(world.server.challengesAnswered(), 2);
        QCOMPARE(world.server.ordersCreated(), 1);
    }

    void makesNoOrderForANameThatCannotBeProvedBefore()
    {
        World world(true);
        world.server.setValidation(support::Validation::AlwaysInvalid);
        auto request = world.wish({u"a.corp.example"_s});
        request.preauthorize = true;
        const auto order = world.issue(request);
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY(order.error->problem()->is(u"incorrectResponse"));
        QCOMPARE(world.server.ordersCreated(), 0);
    }

    void deactivatesWhatACancelledOrderStillProved()
    {
        World world;
        const QString id = world.orderThatWaits({u"a.corp.example"_s});
        QTRY_COMPARE(world.server.challengesAnswered(), 1);
        QVERIFY(await(world.workshop.engine().orders().cancel(id)));
        QCOMPARE(world.server.authorizationStates().value(u"a.corp.example"_s), u"deactivated"_s);
        QCOMPARE(await(world.workshop.engine().orders().details(id))->record.state, OrderState::Cancelled);
    }

    void leavesAloneWhatAnotherRunningOrderNeeds()
    {
        World world;
        const QString first = world.orderThatWaits({u"shared.corp.example"_s, u"own.corp.example"_s});
        QTRY_COMPARE(world.server.challengesAnswered(), 2);
        const QString second = world.orderThatWaits({u"shared.corp.example"_s});
        QTRY_COMPARE(world.server.challengesAnswered(), 3);
        QVERIFY(await(world.workshop.engine().orders().cancel(first)));
        QCOMPARE(world.server.authorizationStates().value(u"own.corp.example"_s), u"deactivated"_s);
        QCOMPARE(world.server.authorizationStates().value(u"shared.corp.example"_s), u"pending"_s);
        QVERIFY(await(world.workshop.engine().orders().cancel(second)));
    }

    void givesUpWhatAnEndedOrderProved()
    {
        World world;
        world.server.setReuseAuthorizations(true);
        const auto order = world.issue(world.wish({u"a.corp.example"_s}));
        const auto given = await(world.workshop.engine().orders().deactivateAuthorizations(order.id, {}));
        QVERIFY2(given, given ? "" : qPrintable(given.error().message()));
        QCOMPARE(given->size(), 1);
        QCOMPARE(given->first().name, u"a.corp.example"_s);
        QCOMPARE(given->first().state, u"deactivated"_s);
        const int answered = world.server.challengesAnswered();
        QCOMPARE(world.issue(world.wish({u"a.corp.example"_s})).state, OrderState::Issued);
        QCOMPARE(world.server.challengesAnswered(), answered + 1);
    }

    void givesUpNothingOfAnOrderThatNeedsIt()
    {
        World world;
        const QString id = world.orderThatWaits({u"a.corp.example"_s});
        QTRY_COMPARE(world.server.authorizationStates().value(u"a.corp.example"_s), u"pending"_s);
        const auto given = await(world.workshop.engine().orders().deactivateAuthorizations(id, {}));
        QVERIFY(!given);
        QCOMPARE(given.error().code(), base::ErrorCode::InvalidInput);
        QCOMPARE(world.server.authorizationStates().value(u"a.corp.example"_s), u"pending"_s);
        QVERIFY(await(world.workshop.engine().orders().cancel(id)));
    }

    void provesHundredsOfNamesInOneOrder()
    {
        World world;
        QStringList names;
        for (int i = 0; i < 300; ++i)
            names.append(u"host-%1.corp.example"_s.arg(i));
        const auto order = world.issue(world.wish(names));
        QCOMPARE(order.state, OrderState::Issued);
        QCOMPARE(world.server.challengesAnswered(), 300);
    }
};

SEALWRIGHT_TEST(TestAuthorizations)

} // namespace tst_authorizations

#include "tst_authorizations.moc"
