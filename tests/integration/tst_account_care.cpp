// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/acme_fault_server.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <functional>

namespace tst_account_care {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;
using support::AcmeFaultServer;
using support::Fault;
using support::Step;

namespace {

constexpr int mostSteps = 12;
constexpr int momentsToKill = 16; ///< spread over the time that the program takes undisturbed

const QByteArray macKey = QByteArray::fromHex("8d5a0c3e91b7f2467be0d41c5f9a83e2716db8c40fa25e93d1864b7ac35f08e9");

QByteArray macKeyText()
{
    return macKey.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// In milliseconds; 0 where the program failed.
qint64 durationOf(const std::function<Run()>& run)
{
    QElapsedTimer elapsed;
    elapsed.start();
    return run().exitCode == 0 ? std::max<qint64>(1, elapsed.elapsed()) : 0;
}

QJsonObject onlyAccount(const CommandLine& cli)
{
    const QJsonArray accounts = cli.run({u"account"_s, u"list"_s}).array();
    return accounts.size() == 1 ? accounts.at(0).toObject() : QJsonObject();
}

/// The account that a credential of this key identifier belongs to; empty where there is none.
QJsonObject accountOf(const CommandLine& cli, const QString& kid)
{
    QString credentialId;
    for (const QJsonValue& credential : cli.run({u"eab"_s, u"list"_s}).array())
        if (credential[u"kid"_s] == kid)
            credentialId = credential[u"id"_s].toString();
    for (const QJsonValue& account : cli.run({u"account"_s, u"list"_s}).array())
        if (!credentialId.isEmpty() && account[u"eabCredential"_s] == credentialId)
            return account.toObject();
    return {};
}

void add(const CommandLine& cli, const AcmeFaultServer& server)
{
    const QString root = cli.write(u"fault-root.pem"_s, server.tlsRootPem());
    const Run added = cli.run({u"authority"_s, u"add"_s, u"fault"_s, server.directoryUrl().toString(), u"--root"_s,
                               root, u"--proxy"_s, u"none"_s});
    if (added.exitCode != 0)
        qFatal("adding the authority: %s", added.errors.constData());
}

} // namespace

/// Accounts by the real program against real servers: killed wherever it hurts, no key and no credential is lost.
class TestAccountCare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesTheAccountsKey();
    void hasTheKeyOfTheServerKilledAtAnyStepOfARollover();
    void hasTheKeyOfTheServerKilledAtAnyMomentOfARollover();
    void hasTheKeyOfTheServerKilledBeforeTheReply_data();
    void hasTheKeyOfTheServerKilledBeforeTheReply();
    void bindsOneAccountKilledAtAnyMomentOfARegistration();
    void spendsACredentialOnceKilledBeforeTheReply();
    void listsTheOrdersOfAnAccountPageByPage();
    void tellsWhatADeactivationBreaks();
};

void TestAccountCare::changesTheAccountsKey()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QJsonObject before = onlyAccount(cli);
    const Run changed = cli.run({u"account"_s, u"rollover"_s, before[u"id"_s].toString(), u"--key"_s, u"ec-p384"_s});
    QVERIFY2(changed.exitCode == 0, changed.errors.constData());
    QCOMPARE(changed.object()[u"key"_s].toString(), u"ec-p384"_s);
    QCOMPARE(changed.object()[u"url"_s], before[u"url"_s]);
    QVERIFY(changed.object()[u"keyThumbprint"_s] != before[u"keyThumbprint"_s]);
    const Run issued = cli.run(CommandLine::issuing({u"rolled.test"_s}, *pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
}

void TestAccountCare::hasTheKeyOfTheServerKilledAtAnyStepOfARollover()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString id = onlyAccount(cli)[u"id"_s].toString();
    const QStringList rollover {u"account"_s, u"rollover"_s, id};
    int interrupted = 0;
    for (int steps = 1; steps < mostSteps; ++steps) {
        const Run killed = cli.runAndKill(rollover, steps);
        if (killed.exitCode == 0)
            break; // there are no more steps than that
        ++interrupted;
        const QJsonObject between = onlyAccount(cli);
        const QString kept = between[u"rollover"_s][u"keyThumbprint"_s].toString();
        const Run used = cli.run({u"account"_s, u"update"_s, id});
        QVERIFY2(used.exitCode == 0, QByteArray::number(steps) + used.errors);
        const QString current = onlyAccount(cli)[u"keyThumbprint"_s].toString();
        QVERIFY(kept.isEmpty() || current == kept || current == between[u"keyThumbprint"_s].toString());
        const Run finished = cli.run(rollover);
        QVERIFY2(finished.exitCode == 0, QByteArray::number(steps) + finished.errors);
        if (!kept.isEmpty() && current != kept) // never a second new key because a reply was lost
            QCOMPARE(finished.object()[u"keyThumbprint"_s].toString(), kept);
        QVERIFY(!onlyAccount(cli).contains(u"rollover"_s));
    }
    QVERIFY2(interrupted >= 2, "making the key and asking were to be interrupted");
    const Run issued = cli.run(CommandLine::issuing({u"killed.test"_s}, *pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 1);
}

void TestAccountCare::hasTheKeyOfTheServerKilledAtAnyMomentOfARollover()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString id = onlyAccount(cli)[u"id"_s].toString();
    const qint64 undisturbed = durationOf([&] { return cli.run({u"account"_s, u"rollover"_s, id}); });
    QVERIFY(undisturbed > 0);
    for (int kill = 1; kill <= momentsToKill; ++kill) {
        QElapsedTimer elapsed;
        elapsed.start();
        cli.runAndKillWhen({u"account"_s, u"rollover"_s, id},
                           [&] { return elapsed.elapsed() > kill * undisturbed / momentsToKill; });
        const Run used = cli.run({u"account"_s, u"update"_s, id});
        QVERIFY2(used.exitCode == 0, QByteArray::number(kill) + used.errors);
        QCOMPARE(used.object()[u"state"_s].toString(), u"valid"_s);
    }
    QVERIFY(cli.run({u"account"_s, u"rollover"_s, id}).exitCode == 0);
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 1);
}

void TestAccountCare::hasTheKeyOfTheServerKilledBeforeTheReply_data()
{
    QTest::addColumn<QStringList>("next");
    QTest::newRow("rollover again") << QStringList {u"account"_s, u"rollover"_s, u"ID"_s};
    QTest::newRow("another use") << QStringList {u"account"_s, u"update"_s, u"ID"_s};
    QTest::newRow("the agent") << QStringList {u"agent"_s, u"--once"_s};
}

void TestAccountCare::hasTheKeyOfTheServerKilledBeforeTheReply()
{
    QFETCH(QStringList, next);
    AcmeFaultServer server;
    const CommandLine cli;
    add(cli, server);
    QCOMPARE(cli.run({u"account"_s, u"register"_s, u"fault"_s, u"--agree-tos"_s}).exitCode, 0);
    const QString id = onlyAccount(cli)[u"id"_s].toString();
    server.failNext(Step::KeyChange, Fault::Hang);
    const Run killed = cli.runAndKillWhen({u"account"_s, u"rollover"_s, id},
                                          [&server] { return server.requests(Step::KeyChange) > 0; });
    QCOMPARE(killed.exitCode, -1);
    QCOMPARE(server.keysChanged(), 1);
    const QJsonObject between = onlyAccount(cli);
    QVERIFY(between[u"keyThumbprint"_s].toString() != server.accountThumbprints().at(0));
    QCOMPARE(between[u"rollover"_s][u"keyThumbprint"_s].toString(), server.accountThumbprints().at(0));
    next.replaceInStrings(u"ID"_s, id);
    const Run settled = cli.run(next);
    QVERIFY2(settled.exitCode == 0, settled.errors.constData());
    QCOMPARE(onlyAccount(cli)[u"keyThumbprint"_s].toString(), server.accountThumbprints().at(0));
    QVERIFY(!onlyAccount(cli).contains(u"rollover"_s));
    QCOMPARE(server.requests(Step::KeyChange), 1);
    QCOMPARE(server.accountsCreated(), 1);
}

void TestAccountCare::bindsOneAccountKilledAtAnyMomentOfARegistration()
{
    practice::PebbleOptions options;
    options.eabRequired = true;
    for (int i = 0; i <= momentsToKill; ++i)
        options.eabKeys.insert(u"kid-%1"_s.arg(i), QString::fromLatin1(macKeyText()));
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString keyFile = cli.write(u"eab.key"_s, macKeyText());
    const auto registering = [&keyFile](const QString& kid) {
        return QStringList {u"account"_s,   u"register"_s, u"pebble"_s,         u"--agree-tos"_s,
                            u"--eab-kid"_s, kid,           u"--eab-key-file"_s, keyFile};
    };
    const qint64 undisturbed = durationOf([&] { return cli.run(registering(u"kid-0"_s)); });
    QVERIFY(undisturbed > 0);
    for (int kill = 1; kill <= momentsToKill; ++kill) {
        const QString kid = u"kid-%1"_s.arg(kill);
        const QStringList words = registering(kid);
        QElapsedTimer elapsed;
        elapsed.start();
        cli.runAndKillWhen(words, [&] { return elapsed.elapsed() > kill * undisturbed / momentsToKill; });
        QJsonObject account = accountOf(cli, kid);
        const Run repaired = account.isEmpty() ? cli.run(words.first(6))
                                               : cli.run({u"account"_s, u"resume"_s, account[u"id"_s].toString()});
        const Run again = repaired.exitCode == 0 ? repaired : cli.run(words); // the credential was not stored yet
        QVERIFY2(again.exitCode == 0, QByteArray::number(kill) + repaired.errors + again.errors);
        account = accountOf(cli, kid);
        QCOMPARE(account[u"state"_s].toString(), u"valid"_s);
        const Run found = cli.run({u"account"_s, u"update"_s, account[u"id"_s].toString()});
        QVERIFY2(found.exitCode == 0, found.errors.constData());
    }
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), momentsToKill + 1);
    for (const QJsonValue& credential : cli.run({u"eab"_s, u"list"_s}).array())
        QCOMPARE(credential[u"state"_s].toString(), u"bound"_s);
}

void TestAccountCare::spendsACredentialOnceKilledBeforeTheReply()
{
    AcmeFaultServer server;
    server.setExternalAccounts({{u"kid-1"_s, macKey}});
    const CommandLine cli;
    add(cli, server);
    const QString keyFile = cli.write(u"eab.key"_s, macKeyText());
    server.failNext(Step::NewAccount, Fault::Hang);
    const Run killed = cli.runAndKillWhen({u"account"_s, u"register"_s, u"fault"_s, u"--agree-tos"_s, u"--eab-kid"_s,
                                           u"kid-1"_s, u"--eab-key-file"_s, keyFile},
                                          [&server] { return server.requests(Step::NewAccount) > 0; });
    QCOMPARE(killed.exitCode, -1);
    QCOMPARE(onlyAccount(cli)[u"state"_s].toString(), u"pending"_s);
    const Run resumed = cli.run({u"account"_s, u"resume"_s, onlyAccount(cli)[u"id"_s].toString()});
    QVERIFY2(resumed.exitCode == 0, resumed.errors.constData());
    QCOMPARE(server.spentCredentials(), QStringList {u"kid-1"_s});
    QCOMPARE(server.accountThumbprints(), QStringList {onlyAccount(cli)[u"keyThumbprint"_s].toString()});
    QCOMPARE(cli.run({u"eab"_s, u"list"_s}).array().at(0)[u"state"_s].toString(), u"bound"_s);
}

void TestAccountCare::listsTheOrdersOfAnAccountPageByPage()
{
    practice::PebbleOptions options;
    options.extraEnvironment = {u"PEBBLE_WFE_ORDERS_PER_PAGE=2"_s};
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    constexpr int issued = 5;
    for (int i = 0; i < issued; ++i)
        QCOMPARE(cli.run(CommandLine::issuing({u"order-%1.test"_s.arg(i)}, *pebble.server)).exitCode, 0);
    const QString id = onlyAccount(cli)[u"id"_s].toString();
    const Run all = cli.run({u"account"_s, u"orders"_s, id});
    QVERIFY2(all.exitCode == 0, all.errors.constData());
    QStringList names;
    for (const QJsonValue& order : all.array()) {
        QCOMPARE(order[u"state"_s].toString(), u"valid"_s);
        QCOMPARE(order[u"ours"_s].toBool(), true);
        QVERIFY(!order[u"expires"_s].toString().isEmpty());
        names.append(order[u"names"_s][0].toString());
    }
    names.sort();
    QCOMPARE(
        names,
        QStringList({u"order-0.test"_s, u"order-1.test"_s, u"order-2.test"_s, u"order-3.test"_s, u"order-4.test"_s}));
    QCOMPARE(cli.run({u"account"_s, u"orders"_s, id, u"--limit"_s, u"3"_s}).array().size(), 3);
}

void TestAccountCare::tellsWhatADeactivationBreaks()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    QCOMPARE(cli.run(CommandLine::issuing({u"used.test"_s}, *pebble.server)).exitCode, 0);
    const QString id = onlyAccount(cli)[u"id"_s].toString();
    const QJsonObject shown = cli.run({u"account"_s, u"show"_s, id}).object();
    QCOMPARE(shown[u"usedBy"_s][u"certificates"_s].toArray(), QJsonArray {u"used.test"_s});
    QCOMPARE(shown[u"usedBy"_s][u"certificateCount"_s].toInt(), 1);
    QCOMPARE(shown[u"certificates"_s].toInt(), 1);
    QVERIFY(!shown[u"lastUsedAt"_s].toString().isEmpty());
    QCOMPARE(cli.run({u"account"_s, u"deactivate"_s, id}).exitCode, 0);
    QCOMPARE(cli.run({u"account"_s, u"rollover"_s, id}).exitCode, 1);
}

SEALWRIGHT_TEST(TestAccountCare)

} // namespace tst_account_care

#include "tst_account_care.moc"
