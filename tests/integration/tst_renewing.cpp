// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/free_port.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QSet>
#include <QTest>

#include <chrono>

namespace tst_renewing {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

constexpr int lifetime = 60; // seconds: due after about thirty, and long enough for a slow machine to issue and look

practice::PebbleOptions shortLived()
{
    practice::PebbleOptions options;
    options.certificateValiditySeconds = lifetime;
    options.authzReuse = 100;
    return options;
}

QString stateOf(const CommandLine& cli, const QString& id)
{
    return cli.run({u"certificate"_s, u"show"_s, id}).object()[u"state"_s].toString();
}

void prepare(const CommandLine& cli, const support::AcmeFaultServer& server)
{
    const QString root = cli.write(u"fault-root.pem"_s, server.tlsRootPem());
    const Run added = cli.run({u"authority"_s, u"add"_s, u"fault"_s, server.directoryUrl().toString(), u"--root"_s,
                               root, u"--proxy"_s, u"none"_s});
    if (added.exitCode != 0)
        qFatal("adding the authority: %s", added.errors.constData());
    const Run registered = cli.run({u"account"_s, u"register"_s, u"fault"_s, u"--agree-tos"_s});
    if (registered.exitCode != 0)
        qFatal("registering the account: %s", registered.errors.constData());
}

} // namespace

/// Renewal as the agent does it: once each, as a new version of the same certificate.
class TestRenewing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Newer versions answer with a window as long as the lifetime, in which any moment may be chosen; the packaged one
    // knows no renewal information, so that the lifetime alone says when.
    void initTestCase() { qunsetenv("SEALWRIGHT_PEBBLE"); }
    void renewsOnceWhatIsDue();
    void renewsAllThatIsDueHoweverManyOneLookTakes();
    void renewsOnDemandWithTheStoredRequest();
    void renewsWhileItRuns();
};

void TestRenewing::renewsOnceWhatIsDue()
{
    const auto pebble = support::startPebble(shortLived());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QJsonObject first = cli.run(CommandLine::issuing({u"due.test"_s}, *pebble.server)).object();
    const QString id = first[u"id"_s].toString();
    QCOMPARE(cli.run({u"agent"_s, u"--once"_s}).object()[u"renewed"_s].toArray().size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(cli, id), u"due"_s, lifetime * 1000);
    const Run agent = cli.run({u"agent"_s, u"--once"_s});
    QVERIFY2(agent.exitCode == 0, agent.errors.constData());
    const QJsonArray renewed = agent.object()[u"renewed"_s].toArray();
    QCOMPARE(renewed.size(), 1);
    QCOMPARE(renewed[0][u"id"_s].toString(), id);
    QCOMPARE(renewed[0][u"versions"_s].toInt(), 2);
    QVERIFY(renewed[0][u"serial"_s] != first[u"serial"_s]);
    QCOMPARE(cli.run({u"agent"_s, u"--once"_s}).object()[u"renewed"_s].toArray().size(), 0);
}

// Not with pebble, which stands still for good where it is asked for so much at once: its newOrder holds the lock of
// its database while it waits for an authorization, and whoever reads that one waits for the database.
void TestRenewing::renewsAllThatIsDueHoweverManyOneLookTakes()
{
    support::AcmeFaultServer server;
    server.setValidation(support::Validation::AlwaysValid);
    server.setCertificateLifetime(std::chrono::seconds(20)); // due after about ten
    const CommandLine cli;
    prepare(cli, server);
    QByteArray names;
    for (int i = 0; i < 53; ++i)
        names += "many-" + QByteArray::number(i) + ".test\n";
    const QString listen = u"127.0.0.1:%1"_s.arg(support::freePort());
    const Run issued =
        cli.run({u"certificate"_s, u"issue"_s, u"--batch"_s, cli.write(u"batch"_s, names), u"--jobs"_s, u"20"_s,
                 u"--authority"_s, u"fault"_s, u"--challenge"_s, u"http-01"_s, u"--listen"_s, listen});
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    const QString last = issued.array().last()[u"id"_s].toString();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(cli, last), u"due"_s, lifetime * 1000);
    server.setCertificateLifetime(std::chrono::hours(90 * 24));
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, u"--due"_s});
    QVERIFY2(renewed.exitCode == 0, renewed.errors.constData());
    QSet<QString> ids;
    for (const QJsonValue& each : renewed.array())
        ids.insert(each[u"id"_s].toString());
    QCOMPARE(ids.size(), 53);
    QCOMPARE(server.certificatesIssued(), 2 * 53);
}

void TestRenewing::renewsOnDemandWithTheStoredRequest()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QStringList words = CommandLine::issuing({u"again.test"_s}, *pebble.server, {u"--key"_s, u"ec-p384"_s});
    const QJsonObject first = cli.run(words).object();
    const QString id = first[u"id"_s].toString();
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id});
    QVERIFY2(renewed.exitCode == 0, renewed.errors.constData());
    const QJsonObject second = renewed.array().at(0).toObject();
    QCOMPARE(second[u"id"_s].toString(), id);
    QCOMPARE(second[u"key"_s], first[u"key"_s]);
    QCOMPARE(second[u"names"_s], first[u"names"_s]);
    QCOMPARE(second[u"versions"_s].toInt(), 2);
    const QJsonArray versions = cli.run({u"certificate"_s, u"show"_s, id}).object()[u"versions"_s].toArray();
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions[1][u"serial"_s], first[u"serial"_s]);
    QCOMPARE(cli.run({u"certificate"_s, u"renew"_s, u"--due"_s}).array().size(), 0);
}

void TestRenewing::renewsWhileItRuns()
{
    const auto pebble = support::startPebble(shortLived());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString id = cli.run(CommandLine::issuing({u"running.test"_s}, *pebble.server)).object()[u"id"_s].toString();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(cli, id), u"due"_s, lifetime * 1000);
    const auto agent = cli.start({u"agent"_s});
    QTRY_COMPARE_WITH_TIMEOUT(cli.run({u"certificate"_s, u"show"_s, id}).object()[u"versions"_s].toArray().size(), 2,
                              60'000);
    agent->terminate();
    QCOMPARE(integration::finished(*agent).exitCode, 0);
}

SEALWRIGHT_TEST(TestRenewing)

} // namespace tst_renewing

#include "tst_renewing.moc"
