// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_builder.h"
#include "integration/command_line.h"
#include "support/caddy_server.h"
#include "support/held_website.h"
#include "support/test_program.h"

#include <QDir>
#include <QTest>

namespace tst_trust_changes {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;
using support::CaddyOptions;
using support::CaddyRoot;
using support::CaddyServer;

namespace {

// Addresses of loopback that only this test uses: Caddy looks at port 80 and nowhere else.
const QString address = u"127.0.80.10"_s;
const QString heldAddress = u"127.0.80.11"_s;

CaddyRoot makeRoot(const QString& name)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto root = crypto::makeRoot(name, crypto::KeyType::EcP256, now.addDays(-1), now.addYears(1)).value();
    return {root.certificate.pem(), root.key.toPem().view().toByteArray()};
}

QString sha256(const CaddyRoot& root)
{
    const auto certificate = crypto::Certificate::fromPem(root.certificatePem).value();
    return QString::fromLatin1(certificate.fingerprint(crypto::DigestAlgorithm::Sha256).toHex());
}

QString subject(const CaddyRoot& root)
{
    return crypto::Certificate::fromPem(root.certificatePem)->subject();
}

void mustEnd(const Run& run, const CaddyServer& caddy)
{
    if (run.exitCode != 0)
        qFatal("%s%s", run.errors.constData(), caddy.log().constData());
}

void prepare(const CommandLine& cli, const CaddyServer& caddy)
{
    const QString root = cli.write(u"root.pem"_s, caddy.rootPem());
    mustEnd(cli.run({u"authority"_s, u"add"_s, u"caddy"_s, caddy.directoryUrl(), u"--root"_s, root, u"--proxy"_s,
                     u"none"_s}),
            caddy);
    mustEnd(cli.run({u"account"_s, u"register"_s, u"caddy"_s}), caddy);
}

QStringList issuing(const QString& name = address)
{
    return {u"certificate"_s, u"issue"_s,   name,          u"--authority"_s,  u"caddy"_s,
            u"--challenge"_s, u"http-01"_s, u"--listen"_s, address + u":80"_s};
}

/// The id of a certificate that was issued.
QString issue(const CommandLine& cli, const CaddyServer& caddy)
{
    const Run issued = cli.run(issuing());
    mustEnd(issued, caddy);
    return issued.object()[u"id"_s].toString();
}

QJsonObject show(const CommandLine& cli)
{
    return cli.run({u"authority"_s, u"show"_s, u"caddy"_s}).object();
}

QJsonObject onlyAccount(const CommandLine& cli)
{
    const QJsonArray accounts = cli.run({u"account"_s, u"list"_s}).array();
    return accounts.size() == 1 ? accounts.at(0).toObject() : QJsonObject();
}

Run update(const CommandLine& cli, const QString& option, const CaddyRoot& root)
{
    const QString file = cli.write(u"other-root.pem"_s, root.certificatePem);
    return cli.run({u"authority"_s, u"update"_s, u"caddy"_s, option, file});
}

Run reissue(const CommandLine& cli, const CaddyRoot& root)
{
    return cli.run({u"authority"_s, u"reissue"_s, u"caddy"_s, u"--root"_s, sha256(root)});
}

/// Orders for the held website, and kills the program while the authority waits for the website.
void killWhileAsked(const CommandLine& cli, const support::HeldWebsite& website)
{
    const QString webroot = cli.path(u"webroot"_s);
    QDir().mkpath(webroot);
    const Run killed = cli.runAndKillWhen({u"certificate"_s, u"issue"_s, heldAddress, u"--authority"_s, u"caddy"_s,
                                           u"--challenge"_s, u"http-01"_s, u"--webroot"_s, webroot},
                                          [&website] { return website.asked() > 0; });
    if (killed.exitCode != -1)
        qFatal("not killed: %s", killed.errors.constData());
}

/// How many certificates hang on a root; -1 where it is not listed.
int certificatesOn(const CommandLine& cli, const CaddyRoot& root)
{
    for (const QJsonValue& use : cli.run({u"authority"_s, u"roots"_s, u"caddy"_s}).array())
        if (use[u"sha256"_s].toString() == sha256(root))
            return use[u"certificates"_s].toInt();
    return -1;
}

qsizetype versionsOf(const CommandLine& cli, const QString& id)
{
    return cli.run({u"certificate"_s, u"show"_s, id}).object()[u"versions"_s].toArray().size();
}

void caddyPrograms()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("installed") << u"caddy"_s;
    if (const QString newest = qEnvironmentVariable("SEALWRIGHT_CADDY"); !newest.isEmpty())
        QTest::newRow("newest") << newest;
}

} // namespace

/// What becomes of an authority's certificates, orders and accounts while a real server gets another root or name. The
/// server keeps its accounts and orders meanwhile.
class TestTrustChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stopsUnderAnotherRootUntilItIsAccepted_data() { caddyPrograms(); }
    void stopsUnderAnotherRootUntilItIsAccepted();
    void goesOnWhileTheServerMovesToAnotherPinnedRoot_data() { caddyPrograms(); }
    void goesOnWhileTheServerMovesToAnotherPinnedRoot();
    void followsARenamedHostWithItsAccountAndOrders_data() { caddyPrograms(); }
    void followsARenamedHostWithItsAccountAndOrders();
    void followsARenamedProvisioner_data() { caddyPrograms(); }
    void followsARenamedProvisioner();
};

void TestTrustChanges::stopsUnderAnotherRootUntilItIsAccepted()
{
    QFETCH(QString, program);
    const CaddyRoot before = makeRoot(u"Corp Root G1"_s);
    const CaddyRoot after = makeRoot(u"Corp Root G2"_s);
    CaddyServer caddy({.root = before}, program);
    const CommandLine cli;
    prepare(cli, caddy);
    const QString id = issue(cli, caddy);
    const QJsonObject account = onlyAccount(cli);
    caddy.restart({.root = after});

    const Run interrupted = cli.run(issuing());
    QVERIFY2(interrupted.exitCode == 4, interrupted.output);
    QVERIFY2(interrupted.errors.contains("was interrupted ("), interrupted.errors);
    QVERIFY(interrupted.object()[u"error"_s].isObject());
    const QJsonObject shown = show(cli);
    QCOMPARE(shown[u"pinnedRoots"_s][0][u"sha256"_s].toString(), sha256(before));
    QCOMPARE(shown[u"stopped"_s][u"namedRoot"_s].toString(), subject(after));
    QCOMPARE(shown[u"stopped"_s][u"leadsToPinnedRoot"_s].toBool(true), false);
    const Run waiting = reissue(cli, before);
    QCOMPARE(waiting.exitCode, 4);
    QVERIFY2(waiting.errors.contains("nothing is sent"), waiting.errors);
    const Run stoppedAgent = cli.run({u"agent"_s, u"--once"_s});
    QVERIFY(stoppedAgent.exitCode != 0);
    QVERIFY2(stoppedAgent.errors.contains(": order "), stoppedAgent.errors);
    QCOMPARE(stoppedAgent.object()[u"renewed"_s].toArray().size(), 0);
    QVERIFY(update(cli, u"--add-root"_s, makeRoot(u"Somebody else's"_s)).exitCode != 0);
    QVERIFY(show(cli)[u"stopped"_s].isObject());
    QCOMPARE(caddy.requests(), 0);
    QCOMPARE(versionsOf(cli, id), 1);

    const Run accepted = update(cli, u"--root"_s, after);
    QVERIFY2(accepted.exitCode == 0, accepted.errors + caddy.log());
    QVERIFY(accepted.object()[u"stopped"_s].isNull());
    const Run agent = cli.run({u"agent"_s, u"--once"_s});
    QVERIFY2(agent.exitCode == 0, agent.errors + agent.output + caddy.log());
    QCOMPARE(agent.object()[u"renewed"_s].toArray().size(), 1);
    QCOMPARE(agent.object()[u"resumed"_s].toArray().size(), 1);
    QCOMPARE(versionsOf(cli, id), 2);
    QCOMPARE(certificatesOn(cli, after), 2);
    QCOMPARE(onlyAccount(cli)[u"url"_s], account[u"url"_s]);
    QCOMPARE(onlyAccount(cli)[u"keyThumbprint"_s], account[u"keyThumbprint"_s]);
}

void TestTrustChanges::goesOnWhileTheServerMovesToAnotherPinnedRoot()
{
    QFETCH(QString, program);
    const CaddyRoot before = makeRoot(u"Corp Root G1"_s);
    const CaddyRoot after = makeRoot(u"Corp Root G2"_s);
    CaddyServer caddy({.root = before}, program);
    const CommandLine cli;
    prepare(cli, caddy);
    QCOMPARE(update(cli, u"--add-root"_s, after).exitCode, 0);
    const QString id = issue(cli, caddy);
    QCOMPARE(certificatesOn(cli, before), 1);
    QCOMPARE(certificatesOn(cli, after), 0);

    support::HeldWebsite website(heldAddress, cli.path(u"webroot"_s));
    killWhileAsked(cli, website);
    const auto agent = cli.start({u"agent"_s});
    QTRY_VERIFY_WITH_TIMEOUT(website.asked() > 1, 60'000);
    caddy.restart({.root = after}); // in the middle of the agent's order
    website.release();
    QTRY_COMPARE_WITH_TIMEOUT(certificatesOn(cli, after), 1, 60'000);
    QVERIFY(show(cli)[u"stopped"_s].isNull());
    QCOMPARE(certificatesOn(cli, before), 1);

    const Run moved = reissue(cli, before);
    QVERIFY2(moved.exitCode == 0, moved.errors + moved.output + caddy.log());
    QCOMPARE(versionsOf(cli, id), 2);
    QCOMPARE(certificatesOn(cli, before), 0);
    QCOMPARE(certificatesOn(cli, after), 2);
    agent->terminate();
    QCOMPARE(integration::finished(*agent).exitCode, 0);
}

void TestTrustChanges::followsARenamedHostWithItsAccountAndOrders()
{
    QFETCH(QString, program);
    const CaddyRoot root = makeRoot(u"Corp Root"_s);
    CaddyServer caddy({.root = root}, program);
    const CommandLine cli;
    prepare(cli, caddy);
    const QString id = issue(cli, caddy);
    const QJsonObject account = onlyAccount(cli);
    support::HeldWebsite website(heldAddress, cli.path(u"webroot"_s));
    killWhileAsked(cli, website);
    caddy.restart({.host = u"127.0.0.1"_s, .root = root});
    website.release();

    const QStringList following {u"authority"_s, u"rebind"_s, u"caddy"_s, caddy.directoryUrl()};
    const Run planned = cli.run(following + QStringList {u"--dry-run"_s});
    QVERIFY2(planned.exitCode == 0, planned.errors + caddy.log());
    QCOMPARE(planned.object()[u"accounts"_s][0][u"mustRegister"_s].toBool(true), false);
    QVERIFY(show(cli)[u"directoryUrl"_s].toString() != caddy.directoryUrl());
    const Run followed = cli.run(following);
    QVERIFY2(followed.exitCode == 0, followed.errors + caddy.log());
    QCOMPARE(followed.object()[u"orders"_s].toArray().size(), 1);
    const Run resumed = cli.run({u"order"_s, u"resume"_s});
    QVERIFY2(resumed.exitCode == 0, resumed.errors + resumed.output + caddy.log());
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id});
    QVERIFY2(renewed.exitCode == 0, renewed.errors + caddy.log());
    QCOMPARE(certificatesOn(cli, root), 2);

    const QString accountId = account[u"id"_s].toString();
    const Run found = cli.run({u"account"_s, u"update"_s, accountId});
    QVERIFY2(found.exitCode == 0, found.errors + caddy.log());
    const QString contact = u"mailto:pki@corp.example"_s;
    const Run changed = cli.run({u"account"_s, u"update"_s, accountId, u"--contact"_s, contact});
    QVERIFY2(changed.exitCode == 0, changed.errors + caddy.log());
    QCOMPARE(onlyAccount(cli)[u"contacts"_s].toArray(), QJsonArray {contact});
    QCOMPARE(onlyAccount(cli)[u"keyThumbprint"_s], account[u"keyThumbprint"_s]);
    QCOMPARE(cli.run({u"certificate"_s, u"renew"_s, id}).exitCode, 0);
}

void TestTrustChanges::followsARenamedProvisioner()
{
    QFETCH(QString, program);
    const CaddyRoot root = makeRoot(u"Corp Root"_s);
    CaddyServer caddy({.root = root}, program);
    const CommandLine cli;
    prepare(cli, caddy);
    const QString id = issue(cli, caddy);
    const QString key = onlyAccount(cli)[u"keyThumbprint"_s].toString();
    caddy.restart({.ca = u"corp"_s, .root = root});

    const Run followed = cli.run({u"authority"_s, u"rebind"_s, u"caddy"_s, caddy.directoryUrl()});
    QVERIFY2(followed.exitCode == 0, followed.errors + caddy.log());
    const QJsonObject account = followed.object()[u"accounts"_s][0].toObject();
    if (account[u"mustRegister"_s].toBool()) { // since its engine ties an account to the provisioner's name
        QCOMPARE(account[u"newKey"_s].toBool(), true);
        const Run registered = cli.run({u"account"_s, u"resume"_s, account[u"id"_s].toString()});
        QVERIFY2(registered.exitCode == 0, registered.errors + caddy.log());
    }
    QCOMPARE(account[u"mustRegister"_s].toBool(), program != u"caddy"_s);
    QCOMPARE(onlyAccount(cli)[u"id"_s], account[u"id"_s]);
    QCOMPARE(onlyAccount(cli)[u"keyThumbprint"_s].toString() == key, program == u"caddy"_s);
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id});
    QVERIFY2(renewed.exitCode == 0, renewed.errors + caddy.log());
    QCOMPARE(versionsOf(cli, id), 2);
}

SEALWRIGHT_TEST(TestTrustChanges)

} // namespace tst_trust_changes

#include "tst_trust_changes.moc"
