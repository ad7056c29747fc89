// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "http/network_http_client.h"
#include "lifecycle/acme_clients.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/workshop.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using support::await;

/// Authorities, and whom their connections trust.
class TestAuthorities : public QObject {
    Q_OBJECT

    static lifecycle::AuthorityDetails details(const support::AcmeFaultServer& server)
    {
        lifecycle::AuthorityDetails details;
        details.name = u"Corp CA"_s;
        details.directoryUrl = server.directoryUrl().toString();
        details.rootsPem = server.tlsRootPem();
        details.proxy = u"none"_s;
        return details;
    }

private Q_SLOTS:
    void refusesBadInputBesideItsFieldAndStoresNothing_data()
    {
        QTest::addColumn<QString>("url"); // empty: the server's
        QTest::addColumn<QByteArray>("root");
        QTest::addColumn<QString>("field");
        QTest::newRow("no URL") << u"not a url"_s << QByteArray() << u"directoryUrl"_s;
        QTest::newRow("in the clear") << u"http://ca.corp.example/dir"_s << QByteArray() << u"directoryUrl"_s;
        QTest::newRow("PEM without a certificate") << QString() << QByteArray("-----BEGIN NOTHING-----") << u"root"_s;
        QTest::newRow("another root") << QString() << support::AcmeFaultServer().tlsRootPem() << u"root"_s;
        QTest::newRow("nobody listens") << u"https://127.0.0.1:1/dir"_s << QByteArray() << u"directoryUrl"_s;
    }

    void refusesBadInputBesideItsFieldAndStoresNothing()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, root);
        QFETCH(QString, field);
        const support::AcmeFaultServer server;
        support::Workshop workshop;
        auto entered = details(server);
        if (!url.isEmpty())
            entered.directoryUrl = url;
        entered.rootsPem = root;
        const auto added = await(workshop.engine().authorities().add(entered, {}));
        QVERIFY(!added);
        QCOMPARE(added.error().field(), field);
        QVERIFY(!added.error().detail().isEmpty());
        QVERIFY(await(workshop.engine().authorities().all())->isEmpty());
    }

    void refusesAServerOfAnotherRoot()
    {
        const support::AcmeFaultServer server;
        support::Workshop workshop;
        auto entered = details(server);
        entered.rootsPem = support::AcmeFaultServer().tlsRootPem();
        const auto added = await(workshop.engine().authorities().add(entered, {}));
        QVERIFY(!added);
        QCOMPARE(added.error().code(), ErrorCode::UntrustedServer);
        QCOMPARE(server.requests(support::Step::Directory), 0);
    }

    void refusesTheSameHostAndPortOnceTheRootHasChangedWhileRunning()
    {
        const support::AcmeFaultServer server;
        base::SystemClock clock;
        auto make = [](const http::TrustSettings& trust) { return std::make_unique<http::NetworkHttpClient>(trust); };
        lifecycle::AcmeClients clients(make, clock);
        lifecycle::Authority authority;
        authority.id = u"corp"_s;
        authority.directoryUrl = server.directoryUrl();
        authority.proxy = u"none"_s;
        authority.rootsPem = server.tlsRootPem();
        acme::AcmeClient* running = *clients.of(authority);
        QVERIFY(await(running->refreshDirectory({})));
        authority.rootsPem = support::AcmeFaultServer().tlsRootPem();
        clients.apply(authority);
        const auto refused = await(running->refreshDirectory({}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::UntrustedServer);
    }

    void namesAreUniqueWithoutRegardToCase()
    {
        const support::AcmeFaultServer server;
        support::Workshop workshop;
        QVERIFY(await(workshop.engine().authorities().add(details(server), {})));
        auto again = details(server);
        again.name = u"CORP ca"_s;
        const auto added = await(workshop.engine().authorities().add(again, {}));
        QVERIFY(!added);
        QCOMPARE(added.error().field(), u"name"_s);
        QCOMPARE(await(workshop.engine().authorities().all())->size(), 1);
    }

    void keepsTheOldSettingsWhenTheNewOnesAreRefused()
    {
        const support::AcmeFaultServer server;
        support::Workshop workshop;
        const auto added = await(workshop.engine().authorities().add(details(server), {}));
        QVERIFY(added);
        auto changed = details(server);
        changed.rootsPem = support::AcmeFaultServer().tlsRootPem();
        QVERIFY(!await(workshop.engine().authorities().update(added->id, changed, {})));
        QCOMPARE(await(workshop.engine().authorities().find(u"corp ca"_s))->rootsPem, added->rootsPem);
        QVERIFY(await(workshop.engine().authorities().refresh(added->id, {})));
    }
};

QTEST_GUILESS_MAIN(TestAuthorities)
#include "tst_authorities.moc"
