// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QDir>
#include <QTcpServer>
#include <QTest>

namespace tst_refusals {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

const QByteArray hmacKey = QByteArray::fromHex("8d5a0c3e91b7f2467be0d41c5f9a83e2716db8c40fa25e93d1864b7ac35f08e9")
                               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);

/// All lists, to be compared.
QByteArray everything(const CommandLine& cli)
{
    QByteArray all;
    for (const QStringList& words : {QStringList {u"authority"_s, u"list"_s}, QStringList {u"account"_s, u"list"_s},
                                     QStringList {u"eab"_s, u"list"_s}, QStringList {u"order"_s, u"list"_s},
                                     QStringList {u"certificate"_s, u"list"_s, u"--all"_s}})
        all += cli.run(words).output;
    return all;
}

QString errorCode(const Run& run)
{
    return run.object()[u"error"_s][u"code"_s].toString();
}

} // namespace

/// What does not work says why in one sentence and in an exit code, and leaves nothing behind.
class TestRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesNothingWithAWrongPassphrase();
    void makesNoVaultWithoutAPassphrase();
    void showsTheAuthoritysWordsAboutABlockedName();
    void registersOnlyWithTheBindingThatTheAuthorityDemands();
    void storesNoAuthorityThatCannotBeTrusted();
    void placesNoOrderThatCannotBeServed();
    void tellsWrongUsageApart_data();
    void tellsWrongUsageApart();
};

void TestRefusals::changesNothingWithAWrongPassphrase()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QByteArray before = everything(cli);
    const QString wrong = cli.write(u"wrong"_s, "wrong\n");
    const QList<QStringList> calls {
        CommandLine::issuing({u"wrong.test"_s}, *pebble.server),
        {u"account"_s, u"register"_s, u"pebble"_s, u"--agree-tos"_s},
        {u"authority"_s, u"remove"_s, u"pebble"_s},
        {u"agent"_s, u"--once"_s},
    };
    for (const QStringList& words : calls) {
        const Run refused = cli.runWith(wrong, words);
        QCOMPARE(refused.exitCode, 3);
        QCOMPARE(errorCode(refused), u"wrong-passphrase"_s);
        QCOMPARE(refused.errors.count('\n'), 1);
    }
    QCOMPARE(everything(cli), before);
    QCOMPARE(cli.run({u"agent"_s, u"--once"_s}).exitCode, 0);
}

void TestRefusals::makesNoVaultWithoutAPassphrase()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    const QString root = cli.write(u"root.pem"_s, pebble->rootPem());
    const QStringList words {u"authority"_s, u"add"_s, u"pebble"_s, pebble->directoryUrl(), u"--root"_s, root};
    const Run refused = cli.runWith(QString(), words);
    QCOMPARE(refused.exitCode, 3);
    QCOMPARE(errorCode(refused), u"locked"_s);
    QCOMPARE(cli.run({u"authority"_s, u"list"_s}).array().size(), 0);
    cli.prepare(*pebble.server); // the first passphrase given makes the vault
}

void TestRefusals::showsTheAuthoritysWordsAboutABlockedName()
{
    practice::PebbleOptions options;
    options.blocklist = {u"blocked.test"_s};
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run refused = cli.run(CommandLine::issuing({u"fine.test"_s, u"blocked.test"_s}, *pebble.server));
    QCOMPARE(refused.exitCode, 1);
    const QJsonObject problem = refused.object()[u"error"_s][u"problem"_s].toObject();
    QCOMPARE(problem[u"type"_s].toString(), u"urn:ietf:params:acme:error:rejectedIdentifier"_s);
    QVERIFY(QJsonDocument(problem).toJson().contains("blocked.test"));
    QVERIFY(refused.errors.contains("blocked.test"));
    QVERIFY(refused.errors.contains(problem[u"detail"_s].toString().toUtf8()));
}

void TestRefusals::registersOnlyWithTheBindingThatTheAuthorityDemands()
{
    practice::PebbleOptions options;
    options.eabRequired = true;
    options.eabKeys = {{u"kid-1"_s, QString::fromLatin1(hmacKey)}};
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).object()[u"meta"_s][u"externalAccountRequired"_s].toBool(), true);
    const QStringList plain {u"account"_s, u"register"_s, u"pebble"_s, u"--agree-tos"_s};
    QCOMPARE(cli.run(plain).exitCode, 2);
    const QString wrongKey = cli.write(u"wrong-key"_s, QByteArray(32, '\xa7').toBase64() + '\n');
    const QStringList binding {u"--eab-kid"_s, u"kid-1"_s, u"--eab-key-file"_s};
    const Run refused = cli.run(plain + binding + QStringList {wrongKey});
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(errorCode(refused), u"rejected"_s);
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 0);
    const QString key = cli.write(u"key"_s, hmacKey + '\n');
    const Run bound = cli.run(plain + binding + QStringList {key});
    QVERIFY2(bound.exitCode == 0, bound.errors.constData());
    const QJsonObject credential = cli.run({u"eab"_s, u"list"_s}).array().at(0).toObject();
    QCOMPARE(credential[u"state"_s].toString(), u"bound"_s);
    QCOMPARE(credential[u"account"_s], bound.object()[u"id"_s]);
    const Run issued = cli.run(CommandLine::issuing({u"eab.test"_s}, *pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
}

void TestRefusals::storesNoAuthorityThatCannotBeTrusted()
{
    const auto pebble = support::startPebble();
    const auto other = support::startPebble();
    const CommandLine cli;
    const QString wrongRoot = cli.write(u"other.pem"_s, other->rootPem());
    const QString noRoot = cli.write(u"no.pem"_s, "no certificate\n");
    const QStringList add {u"authority"_s, u"add"_s, u"pebble"_s};
    const Run untrusted = cli.run(add + QStringList {pebble->directoryUrl(), u"--root"_s, wrongRoot});
    QCOMPARE(untrusted.exitCode, 1);
    QCOMPARE(errorCode(untrusted), u"untrusted-server"_s);
    QCOMPARE(cli.run(add + QStringList {pebble->directoryUrl()}).exitCode, 1);
    QCOMPARE(cli.run(add + QStringList {pebble->directoryUrl(), u"--root"_s, noRoot}).exitCode, 2);
    const QString plain = pebble->directoryUrl().replace(u"https:"_s, u"http:"_s);
    QCOMPARE(cli.run(add + QStringList {plain, u"--root"_s, wrongRoot}).exitCode, 2);
    QCOMPARE(cli.run({u"authority"_s, u"list"_s}).array().size(), 0);
}

void TestRefusals::placesNoOrderThatCannotBeServed()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    QTcpServer occupier;
    QVERIFY(occupier.listen(QHostAddress::LocalHost, pebble->httpPort()));
    const Run taken = cli.run(CommandLine::issuing({u"taken.test"_s}, *pebble.server));
    QCOMPARE(taken.exitCode, 1);
    QCOMPARE(errorCode(taken), u"address-in-use"_s);
    occupier.close();
    QCOMPARE(cli.run(CommandLine::issuing({u"*.wild.test"_s}, *pebble.server)).exitCode, 2);
    QCOMPARE(cli.run({u"order"_s, u"list"_s}).array().size(), 0);
    QCOMPARE(cli.run({u"certificate"_s, u"list"_s}).array().size(), 0);
}

void TestRefusals::tellsWrongUsageApart_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("unknown noun") << QStringList {u"cheese"_s};
    QTest::newRow("unknown verb") << QStringList {u"certificate"_s, u"eat"_s};
    QTest::newRow("unknown option") << QStringList {u"order"_s, u"list"_s, u"--cheese"_s};
    QTest::newRow("missing word") << QStringList {u"order"_s, u"show"_s};
    QTest::newRow("word too many") << QStringList {u"order"_s, u"list"_s, u"cheese"_s};
    QTest::newRow("no authority") << QStringList {u"certificate"_s, u"issue"_s,    u"a.test"_s,        u"--challenge"_s,
                                                  u"http-01"_s,     u"--listen"_s, u"127.0.0.1:5002"_s};
    QTest::newRow("no address") << QStringList {u"certificate"_s, u"issue"_s,       u"a.test"_s, u"--authority"_s,
                                                u"x"_s,           u"--challenge"_s, u"http-01"_s};
    QTest::newRow("bad duration") << QStringList {u"order"_s, u"resume"_s, u"--wait"_s, u"soon"_s};
    QTest::newRow("bad reason") << QStringList {u"certificate"_s, u"revoke"_s, u"x"_s, u"--reason"_s, u"boredom"_s};
    QTest::newRow("bad format") << QStringList {u"certificate"_s, u"export"_s, u"x"_s,         u"--format"_s,
                                                u"gif"_s,         u"--out"_s,  u"/tmp/never"_s};
}

void TestRefusals::tellsWrongUsageApart()
{
    QFETCH(QStringList, words);
    const CommandLine cli;
    const Run run = cli.run(words);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(errorCode(run), u"invalid-input"_s);
    QCOMPARE(run.errors.count('\n'), 1);
}

SEALWRIGHT_TEST(TestRefusals)

} // namespace tst_refusals

#include "tst_refusals.moc"
