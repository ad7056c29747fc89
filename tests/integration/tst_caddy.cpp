// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "http/network_http_client.h"
#include "integration/command_line.h"
#include "support/await.h"
#include "support/caddy_server.h"
#include "support/test_program.h"
#include "support/txt_values.h"

#include <QElapsedTimer>
#include <QTest>

namespace tst_caddy {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

constexpr qint64 seconds = 1000;

/// An address of loopback that only this test uses: Caddy looks at ports 80 and 443 and nowhere else.
const QString address = u"127.0.80.2"_s;

void prepare(const CommandLine& cli, const support::CaddyServer& caddy)
{
    const QString root = cli.write(u"root.pem"_s, caddy.rootPem());
    const Run added = cli.run(
        {u"authority"_s, u"add"_s, u"caddy"_s, caddy.directoryUrl(), u"--root"_s, root, u"--proxy"_s, u"none"_s});
    if (added.exitCode != 0)
        qFatal("adding the authority: %s", added.errors.constData());
    const Run registered = cli.run({u"account"_s, u"register"_s, u"caddy"_s});
    if (registered.exitCode != 0)
        qFatal("registering the account: %s", registered.errors.constData());
}

const support::BindKey zoneKey {u"own.test"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};

support::CaddyOptions resolvingBy(const support::BindServer& bind)
{
    return {.policy = {{u"allow_wildcard_names"_s, true}}, .resolver = bind.address()};
}

QStringList byUpdatesOf(const support::BindServer& bind, const CommandLine& cli)
{
    return {u"--challenge"_s,  u"dns-01"_s,    u"--dns"_s,       u"rfc2136"_s,
            u"--dns-server"_s, bind.address(), u"--tsig-file"_s, cli.write(u"own.key"_s, zoneKey.clause())};
}

Run issue(const CommandLine& cli, const QString& challenge = u"http-01"_s, const QStringList& more = {})
{
    return cli.run(QStringList {u"certificate"_s, u"issue"_s, address, u"--authority"_s, u"caddy"_s, u"--challenge"_s,
                                challenge, u"--listen"_s, address + (challenge == "http-01"_L1 ? u":80"_s : u":443"_s)}
                   + more);
}

} // namespace

/// The installed caddy and, where tests/run fetched it, the newest one.
void caddyPrograms()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("installed") << u"caddy"_s;
    if (const QString newest = qEnvironmentVariable("SEALWRIGHT_CADDY"); !newest.isEmpty())
        QTest::newRow("newest") << newest;
}

/// Only newer versions than Debian 12's have a policy, and resolvers that can be chosen.
QString newestCaddy()
{
    const QString newest = qEnvironmentVariable("SEALWRIGHT_CADDY");
    if (newest.isEmpty())
        qFatal("SEALWRIGHT_CADDY names no newer caddy: packaging/fetch-newest caddy build/caddy prints its path");
    return newest;
}

QJsonArray list(const QString& entry)
{
    return QJsonArray {entry};
}

/// Caddy's `acme_server`, Smallstep's engine: short-lived certificates, and challenges that stay pending when they
/// fail.
class TestCaddy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuesAndRenewsCertificatesOfHalfADay_data();
    void issuesAndRenewsCertificatesOfHalfADay();
    void provesANameAndItsWildcardByRecords();
    void endsInSecondsWhereTheAuthoritySeesNoRecord();
    void endsWithTheChallengesErrorThoughTheAuthorizationStaysPending_data() { caddyPrograms(); }
    void endsWithTheChallengesErrorThoughTheAuthorizationStaysPending();
    void saysThatAccountKeysCannotBeChangedAndChangesNothing();
    void goesOnIssuingWhateverItsListOfOrdersIs();
    void renewsCertificatesOfMinutesByTheirLifetime();
    void showsWhatThePolicyRefuses_data();
    void showsWhatThePolicyRefuses();
};

void TestCaddy::issuesAndRenewsCertificatesOfHalfADay_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("challenge");
    for (const QString& challenge : {u"http-01"_s, u"tls-alpn-01"_s}) {
        QTest::addRow("installed, %s", qPrintable(challenge)) << u"caddy"_s << challenge;
        if (const QString newest = qEnvironmentVariable("SEALWRIGHT_CADDY"); !newest.isEmpty())
            QTest::addRow("newest, %s", qPrintable(challenge)) << newest << challenge;
    }
}

void TestCaddy::issuesAndRenewsCertificatesOfHalfADay()
{
    QFETCH(QString, program);
    QFETCH(QString, challenge);
    const support::CaddyServer caddy({}, program);
    const CommandLine cli;
    prepare(cli, caddy);
    const Run issued = issue(cli, challenge);
    QVERIFY2(issued.exitCode == 0, issued.errors + caddy.log());
    const QJsonObject first = issued.object();
    QCOMPARE(first[u"state"_s].toString(), u"valid"_s);
    const auto time = [](const QJsonObject& object, const QString& name) {
        return QDateTime::fromString(object[name].toString(), Qt::ISODate);
    };
    const QDateTime end = time(first, u"notAfter"_s);
    QVERIFY(time(first, u"notBefore"_s).secsTo(end) <= 13 * 3600);
    const QDateTime renewal = time(first, u"nextRenewal"_s);
    QVERIFY(renewal > QDateTime::currentDateTimeUtc() && renewal < end);
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, first[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors + caddy.log());
    const Run shown = cli.run({u"certificate"_s, u"show"_s, first[u"id"_s].toString()});
    QVERIFY(!shown.object()[u"serial"_s].toString().isEmpty());
    QVERIFY(shown.object()[u"serial"_s] != first[u"serial"_s]);
}

void TestCaddy::provesANameAndItsWildcardByRecords()
{
    const support::BindServer bind({{u"corp.test"_s, {}, zoneKey.name}}, {zoneKey},
                                   support::BindServer::Service::Resolving);
    const support::CaddyServer caddy(resolvingBy(bind), newestCaddy());
    const CommandLine cli;
    prepare(cli, caddy);
    const Run issued = cli.run(QStringList {u"certificate"_s, u"issue"_s, u"www.corp.test"_s, u"*.www.corp.test"_s,
                                            u"--authority"_s, u"caddy"_s}
                               + byUpdatesOf(bind, cli));
    QVERIFY2(issued.exitCode == 0, issued.errors + caddy.log() + bind.log());
    QCOMPARE(bind.log().count("adding an RR at '_acme-challenge.www.corp.test' TXT"), 2);
    QCOMPARE(support::txtValues(bind, u"_acme-challenge.www.corp.test"_s), QList<QByteArray>());
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, issued.object()[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors + caddy.log() + bind.log());
}

void TestCaddy::endsInSecondsWhereTheAuthoritySeesNoRecord()
{
    const support::BindZone zone {u"corp.test"_s, {}, zoneKey.name};
    const support::BindServer updated({zone}, {zoneKey}, support::BindServer::Service::Resolving);
    const support::BindServer asked({zone}, {zoneKey}, support::BindServer::Service::Resolving);
    const support::CaddyServer caddy(resolvingBy(asked), newestCaddy());
    const CommandLine cli;
    prepare(cli, caddy);
    QElapsedTimer elapsed;
    elapsed.start();
    const Run refused =
        cli.run(QStringList {u"certificate"_s, u"issue"_s, u"split.corp.test"_s, u"--authority"_s, u"caddy"_s}
                + byUpdatesOf(updated, cli));
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.output.contains("urn:ietf:params:acme:error:dns"), refused.output.constData());
    QVERIFY2(updated.log().contains("adding an RR at '_acme-challenge.split.corp.test' TXT"), updated.log());
    QVERIFY(!elapsed.hasExpired(60 * seconds));
    QCOMPARE(support::txtValues(updated, u"_acme-challenge.split.corp.test"_s), QList<QByteArray>());
}

void TestCaddy::endsWithTheChallengesErrorThoughTheAuthorizationStaysPending()
{
    QFETCH(QString, program);
    const support::CaddyServer caddy({}, program);
    const CommandLine cli;
    prepare(cli, caddy);
    QElapsedTimer elapsed;
    elapsed.start();
    const Run refused = cli.run({u"certificate"_s, u"issue"_s, u"127.0.80.3"_s, u"--authority"_s, u"caddy"_s,
                                 u"--challenge"_s, u"http-01"_s, u"--webroot"_s, cli.path(QString())});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("127.0.80.3"), refused.errors.constData());
    QVERIFY2(refused.output.contains("urn:ietf:params:acme:error:connection"), refused.output.constData());
    QCOMPARE(refused.errors.count('\n'), 1);
    QVERIFY2(elapsed.elapsed() < 60 * seconds, QByteArray::number(elapsed.elapsed()));
}

void TestCaddy::saysThatAccountKeysCannotBeChangedAndChangesNothing()
{
    const support::CaddyServer caddy;
    // what the server itself answers: it names a keyChange that it does not have
    http::NetworkHttpClient http(http::TrustSettings {caddy.rootPem(), http::Proxy::parse(u"none"_s).value()});
    base::SystemClock clock;
    acme::AcmeClient client(http, clock, QUrl(caddy.directoryUrl()));
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    const auto newKey = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    const auto account = support::await(client.newAccount(acme::AccountContext {key}, acme::NewAccount {}, {}));
    QVERIFY2(account, caddy.log());
    QVERIFY(!support::await(client.directory({}))->keyChange.isEmpty());
    const auto answer = support::await(client.keyChange(acme::AccountContext {key, account->url}, newKey, {}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code(), base::ErrorCode::Unsupported);

    const CommandLine cli;
    prepare(cli, caddy);
    const QJsonObject before = cli.run({u"account"_s, u"list"_s}).array().at(0).toObject();
    const Run refused = cli.run({u"account"_s, u"rollover"_s, before[u"id"_s].toString()});
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.object()[u"error"_s][u"code"_s].toString(), u"unsupported"_s);
    QVERIFY2(refused.errors.contains("this CA cannot change account keys; register another account instead"),
             refused.errors.constData());
    const QJsonObject after = cli.run({u"account"_s, u"list"_s}).array().at(0).toObject();
    QCOMPARE(after[u"keyThumbprint"_s], before[u"keyThumbprint"_s]);
    QVERIFY(!after.contains(u"rollover"_s));
}

/// Caddy's engine writes an empty list of orders that it cannot read again, and refuses every order of the account
/// then.
void TestCaddy::goesOnIssuingWhateverItsListOfOrdersIs()
{
    const support::CaddyServer caddy({}, newestCaddy());
    const CommandLine cli;
    prepare(cli, caddy);
    const QString account = cli.run({u"account"_s, u"list"_s}).array().at(0)[u"id"_s].toString();
    for (int i = 0; i < 2; ++i) {
        const Run issued = issue(cli, u"http-01"_s);
        QVERIFY2(issued.exitCode == 0, issued.errors + caddy.log());
        const Run listed = cli.run({u"account"_s, u"orders"_s, account});
        QCOMPARE(listed.exitCode, 1);
        QCOMPARE(listed.object()[u"error"_s][u"code"_s].toString(), u"unsupported"_s);
    }
}

void TestCaddy::renewsCertificatesOfMinutesByTheirLifetime()
{
    const support::CaddyServer caddy({}, newestCaddy());
    const CommandLine cli;
    prepare(cli, caddy);
    // The shortest that it takes, begun long enough ago to be half over in some seconds.
    constexpr int lifetime = 5 * 60; // seconds
    const QDateTime begin = QDateTime::currentDateTimeUtc().addSecs(15 - lifetime / 2);
    const Run issued = issue(cli, u"http-01"_s,
                             {u"--not-before"_s, begin.toString(Qt::ISODate), u"--not-after"_s,
                              begin.addSecs(lifetime).toString(Qt::ISODate)});
    QVERIFY2(issued.exitCode == 0, issued.errors + caddy.log());
    const QString id = issued.object()[u"id"_s].toString();
    const auto shown = [&cli, &id] { return cli.run({u"certificate"_s, u"show"_s, id}).object(); };
    QVERIFY(shown()[u"renewalReason"_s].toString().contains(u"half of a lifetime"_s));
    QCOMPARE(cli.run({u"agent"_s, u"--once"_s}).object()[u"renewed"_s].toArray().size(), 0);
    const QDateTime due = QDateTime::fromString(shown()[u"nextRenewal"_s].toString(), Qt::ISODate);
    QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > due.addSecs(1), 30 * seconds);
    QCOMPARE(shown()[u"state"_s].toString(), u"due"_s);
    const Run agent = cli.run({u"agent"_s, u"--once"_s});
    QVERIFY2(agent.exitCode == 0, agent.errors + caddy.log());
    QCOMPARE(agent.object()[u"renewed"_s].toArray().size(), 1);
    QCOMPARE(shown()[u"versions"_s].toArray().size(), 2);
}

void TestCaddy::showsWhatThePolicyRefuses_data()
{
    QTest::addColumn<QJsonObject>("policy");
    QTest::addColumn<QString>("name");
    const QJsonObject allowed {{u"domains"_s, list(u"web.corp.test"_s)}, {u"ip_ranges"_s, list(address + u"/32"_s)}};
    const QJsonObject denied {{u"domains"_s, list(u"secret.corp.test"_s)}};
    QTest::newRow("a name that is not allowed") << QJsonObject {{u"allow"_s, allowed}} << u"other.corp.test"_s;
    QTest::newRow("an address that is not allowed") << QJsonObject {{u"allow"_s, allowed}} << u"127.0.80.9"_s;
    QTest::newRow("a name that is denied") << QJsonObject {{u"deny"_s, denied}} << u"secret.corp.test"_s;
}

void TestCaddy::showsWhatThePolicyRefuses()
{
    QFETCH(QJsonObject, policy);
    QFETCH(QString, name);
    const support::CaddyServer caddy({.policy = policy}, newestCaddy());
    const CommandLine cli;
    prepare(cli, caddy);
    const Run refused = cli.run({u"certificate"_s, u"issue"_s, name, u"--authority"_s, u"caddy"_s, u"--challenge"_s,
                                 u"http-01"_s, u"--webroot"_s, cli.path(QString())});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.output.contains("urn:ietf:params:acme:error:rejectedIdentifier"), refused.output.constData());
    QVERIFY2(refused.errors.contains("will not issue certificates for the identifier"), refused.errors.constData());
    QCOMPARE(refused.errors.count('\n'), 1);
    if (policy.contains(u"allow"_s)) {
        const Run issued = issue(cli);
        QVERIFY2(issued.exitCode == 0, issued.errors + caddy.log());
    }
}

SEALWRIGHT_TEST(TestCaddy)

} // namespace tst_caddy

#include "tst_caddy.moc"
