// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "crypto/certificate.h"
#include "http/network_http_client.h"
#include "lifecycle/acme_clients.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/tls_http_server.h"
#include "support/workshop.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace tst_authorities {

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

    static QByteArray data(const char* name)
    {
        QFile file(QStringLiteral(TEST_DATA "/http/") + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QByteArray rootFingerprint()
    {
        return crypto::Certificate::fromPem(data("root-a.pem"))->fingerprint(crypto::DigestAlgorithm::Sha256);
    }

    static lifecycle::AuthorityDetails byFingerprint(const support::TlsHttpServer& server, const QString& fingerprint)
    {
        lifecycle::AuthorityDetails details;
        details.name = u"Corp CA"_s;
        details.directoryUrl = u"127.0.0.1:%1"_s.arg(server.port());
        details.rootFingerprint = fingerprint;
        details.proxy = u"none"_s;
        return details;
    }

    /// Serves its root and, under a provisioner called "default", a directory.
    static support::ServedAnswer stepCa(const support::ServedRequest& request)
    {
        if (request.path == "/root/" + rootFingerprint().toHex())
            return {200, {}, QJsonDocument(QJsonObject {{u"ca"_s, QString::fromLatin1(data("root-a.pem"))}}).toJson()};
        if (request.path == "/acme/default/directory")
            return {200, {}, R"({"newNonce": "/n", "newAccount": "/a", "newOrder": "/o"})"};
        return {404, {}, R"({"status": 404, "message": "not found"})"};
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

    /// What is taken here is what a lookup can be sent to later.
    void takesResolversThatCanBeAsked_data()
    {
        QTest::addColumn<QString>("resolver");
        QTest::addColumn<bool>("taken");
        QTest::newRow("an address") << u"10.0.0.53"_s << true;
        QTest::newRow("a name with a port") << u"ns1.corp.example:5353"_s << true;
        QTest::newRow("IPv6") << u"2001:db8::53"_s << true;
        QTest::newRow("IPv6 with a port") << u"[2001:db8::53]:5353"_s << true;
        QTest::newRow("no port after the colon") << u"10.0.0.53:"_s << false;
        QTest::newRow("port 0") << u"10.0.0.53:0"_s << false;
        QTest::newRow("a name that no host can have") << u"ns1!.corp.example"_s << false;
        QTest::newRow("percent-encoded") << u"ns1%2ecorp.example"_s << false;
        QTest::newRow("a URL") << u"https://ns1.corp.example"_s << false;
    }

    void takesResolversThatCanBeAsked()
    {
        QFETCH(QString, resolver);
        QFETCH(bool, taken);
        const support::AcmeFaultServer server;
        auto entered = details(server);
        entered.rootsPem = server.tlsRootPem();
        entered.resolvers = QStringList(resolver);
        support::Workshop workshop;
        const auto added = await(workshop.engine().authorities().add(entered, {}));
        QCOMPARE(added.has_value(), taken);
        if (!taken)
            QCOMPARE(added.error().field(), u"resolvers"_s);
    }

    void pinsTheRootOfAFingerprintAndFindsTheDirectoryOfABareHost()
    {
        support::TlsHttpServer server(data("server.pem"), data("server.key"));
        server.setHandler(stepCa);
        support::Workshop workshop;
        const QString typed = QString::fromLatin1(rootFingerprint().toHex(':')).toUpper();
        const auto added = await(workshop.engine().authorities().add(byFingerprint(server, typed), {}));
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message()));
        QCOMPARE(added->directoryUrl, server.url(u"/acme/default/directory"_s));
        const auto pinned = crypto::certificatesFromPem(added->rootsPem);
        QVERIFY(pinned);
        QCOMPARE(pinned->size(), 1);
        QCOMPARE(pinned->first().fingerprint(crypto::DigestAlgorithm::Sha256), rootFingerprint());
    }

    void dropsWhatDoesNotHaveTheFingerprint_data()
    {
        QTest::addColumn<QString>("fingerprint"); // empty: the right one
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("filler");
        QTest::addColumn<QString>("words");
        const QByteArray other =
            QJsonDocument(QJsonObject {{u"ca"_s, QString::fromLatin1(data("root-b.pem"))}}).toJson();
        QTest::newRow("too short") << u"ab:cd"_s << QByteArray() << 0 << u"64 hexadecimal digits"_s;
        QTest::newRow("unknown to the server") << QString(64, u'a') << QByteArray() << 0 << u"no root with that"_s;
        QTest::newRow("another certificate") << QString() << other << 0 << u"another fingerprint"_s;
        QTest::newRow("no JSON") << QString() << QByteArray("<html>") << 0 << u"without a root certificate"_s;
        QTest::newRow("no certificate") << QString() << QByteArray(R"({"ca": "x"})") << 0
                                        << u"without a root certificate"_s;
        QTest::newRow("far too long") << QString() << QByteArray("{") << 1'000'000 << u"more than"_s;
    }

    void dropsWhatDoesNotHaveTheFingerprint()
    {
        QFETCH(QString, fingerprint);
        QFETCH(QByteArray, body);
        QFETCH(int, filler);
        QFETCH(QString, words);
        support::TlsHttpServer server(data("server.pem"), data("server.key"));
        QByteArrayList paths;
        server.setHandler([&](const support::ServedRequest& request) {
            paths.append(request.path);
            return body.isEmpty() ? stepCa(request) : support::ServedAnswer {200, {}, body, filler};
        });
        support::Workshop workshop;
        const QString typed = fingerprint.isEmpty() ? QString::fromLatin1(rootFingerprint().toHex()) : fingerprint;
        const auto added = await(workshop.engine().authorities().add(byFingerprint(server, typed), {}));
        QVERIFY(!added);
        QVERIFY2(added.error().message().contains(words), qPrintable(added.error().message()));
        for (const QByteArray& path : std::as_const(paths))
            QVERIFY(path.startsWith("/root/"));
        QVERIFY(await(workshop.engine().authorities().all())->isEmpty());
    }

    void sendsNothingMoreToAServerThatIsNotUnderTheFetchedRoot()
    {
        support::TlsHttpServer server(data("server.pem"), data("server.key"));
        const QByteArray other = data("root-b.pem");
        QByteArrayList paths;
        server.setHandler([&](const support::ServedRequest& request) {
            paths.append(request.path);
            return support::ServedAnswer {
                200, {}, QJsonDocument(QJsonObject {{u"ca"_s, QString::fromLatin1(other)}}).toJson()};
        });
        support::Workshop workshop;
        const auto expected = crypto::Certificate::fromPem(other)->fingerprint(crypto::DigestAlgorithm::Sha256);
        const auto added = await(
            workshop.engine().authorities().add(byFingerprint(server, QString::fromLatin1(expected.toHex())), {}));
        QVERIFY(!added);
        QCOMPARE(added.error().code(), ErrorCode::UntrustedServer);
        QCOMPARE(paths.size(), 1);
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
        support::Workshop workshop;
        base::SystemClock clock;
        auto make = [](const http::TrustSettings& trust) { return std::make_unique<http::NetworkHttpClient>(trust); };
        lifecycle::AcmeClients clients(make, clock, workshop.storage().vault());
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

    void keepsWhatIsChangedWhileTheDirectoryIsReadAgain()
    {
        support::AcmeFaultServer server;
        support::Workshop workshop;
        const auto added = await(workshop.engine().authorities().add(details(server), {}));
        QVERIFY(added);
        lifecycle::Authority changed = *added;
        changed.name = u"Renamed CA"_s;
        changed.rootsPem += support::AcmeFaultServer().tlsRootPem();
        std::optional<base::Task<base::Result<void>>> saved;
        server.setManner([&](support::Step step, support::ServedAnswer&) {
            if (step == support::Step::Directory)
                saved = workshop.storage().authorities().update(changed);
        });
        QVERIFY(await(workshop.engine().authorities().refresh(added->id, {})));
        QVERIFY(saved);
        QVERIFY(await(std::move(*saved)));
        const auto stored = await(workshop.engine().authorities().find(added->id));
        QCOMPARE(stored->name, changed.name);
        QCOMPARE(stored->rootsPem, changed.rootsPem);
    }
};

SEALWRIGHT_TEST(TestAuthorities)

} // namespace tst_authorities

#include "tst_authorities.moc"
