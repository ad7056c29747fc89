// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_eab {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

// As long as the hash of their algorithm (RFC 7518 section 3.2).
const QByteArray key256 = QByteArray::fromHex("a7").repeated(32);
const QByteArray key384 = QByteArray::fromHex("b8").repeated(48);
const QByteArray key512 = QByteArray::fromHex("c9").repeated(64);

QByteArray encoded(const QByteArray& key)
{
    return key.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

practice::PebbleOptions demandingEab()
{
    practice::PebbleOptions options;
    options.eabRequired = true;
    options.eabKeys = {{u"kid-256"_s, QString::fromLatin1(encoded(key256))},
                       {u"kid-384"_s, QString::fromLatin1(encoded(key384))},
                       {u"kid-512"_s, QString::fromLatin1(encoded(key512))}};
    return options;
}

/// The three credentials of demandingEab(), as a portal's export has them.
QByteArray exported()
{
    return "kid;hmac;alg;owner;host;expires;contact\r\n"
           "kid-256;"
        + encoded(key256)
        + ";HS256;\"web; team\";web-01;2030-12-31;web@corp.test\r\n"
          "kid-384;"
        + encoded(key384)
        + ";HS384;mail team;mail-01;;\r\n"
          "kid-512;"
        + encoded(key512) + ";HS512;db team;;;\r\n";
}

QStringList valuesOf(const Run& run, const QString& field)
{
    QStringList values;
    for (const QJsonValue& each : run.array())
        values.append(each[field].toString());
    return values;
}

} // namespace

/// The inventory of EAB credentials against a pebble that demands them.
class TestEab : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bindsWithEveryAlgorithm();
    void importsNothingWhileALineIsWrong();
    void tellsWhetherACredentialIsSpent();
    void keepsWhatPebbleBlocksAndTheRulesOfTheOperator();
};

void TestEab::bindsWithEveryAlgorithm()
{
    const auto pebble = support::startPebble(demandingEab());
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString file = cli.write(u"credentials.csv"_s, exported());
    const QStringList import {u"eab"_s, u"import"_s, file, u"--authority"_s, u"pebble"_s};
    const Run dry = cli.run(import + QStringList {u"--dry-run"_s});
    QCOMPARE(dry.exitCode, 0);
    QCOMPARE(valuesOf(dry, u"outcome"_s), QStringList(3, u"would-add"_s));
    QCOMPARE(cli.run({u"eab"_s, u"list"_s}).array().size(), 0);

    const Run imported = cli.run(import);
    QVERIFY2(imported.exitCode == 0, imported.errors.constData());
    QVERIFY(imported.errors.contains("delete it"));
    const Run listed = cli.run({u"eab"_s, u"list"_s, u"--filter"_s, u"WEB team"_s});
    QCOMPARE(listed.array().size(), 1);
    QCOMPARE(listed.array().at(0)[u"expires"_s].toString(), u"2030-12-31T23:59:59Z"_s);
    QCOMPARE(listed.array().at(0)[u"host"_s].toString(), u"web-01"_s);

    const QStringList all {u"eab"_s, u"register"_s, u"--all"_s, u"--agree-tos"_s};
    const Run bound = cli.run(all);
    QVERIFY2(bound.exitCode == 0, bound.errors.constData());
    QCOMPARE(valuesOf(bound, u"result"_s), QStringList(3, u"bound"_s));
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 3);
    QCOMPARE(cli.run({u"eab"_s, u"list"_s, u"--state"_s, u"bound"_s}).array().size(), 3);
    const Run again = cli.run(all); // nothing is left to do
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.array().size(), 0);
    const Run once = cli.run({u"eab"_s, u"register"_s, listed.array().at(0)[u"id"_s].toString(), u"--agree-tos"_s});
    QCOMPARE(valuesOf(once, u"result"_s), QStringList {u"already-bound"_s});
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 3);
    const Run known = cli.run(import);
    QCOMPARE(valuesOf(known, u"outcome"_s), QStringList(3, u"known"_s));
    for (const Run& run : {dry, imported, listed, bound})
        QVERIFY(!(run.output + run.errors).contains(encoded(key256)));
}

void TestEab::importsNothingWhileALineIsWrong()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString file = cli.write(u"credentials.csv"_s, exported() + "kid-x;not base64 !;HS256;;;;\r\n");
    const Run refused = cli.run({u"eab"_s, u"import"_s, file, u"--authority"_s, u"pebble"_s});
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.array().at(3)[u"outcome"_s].toString(), u"bad"_s);
    QCOMPARE(refused.array().at(3)[u"error"_s][u"field"_s].toString(), u"eabKey"_s);
    QVERIFY(refused.errors.contains("nothing was stored"));
    QCOMPARE(cli.run({u"eab"_s, u"list"_s}).array().size(), 0);
    const QString torn = cli.write(u"torn.csv"_s, "kid,key\nkid-1,\"abc\n");
    QCOMPARE(cli.run({u"eab"_s, u"import"_s, torn, u"--authority"_s, u"pebble"_s}).exitCode, 2);
    const QString twice = cli.write(u"twice.csv"_s, "kid,key\nkid-1," + encoded(key256).toBase64() + "\n");
    const QStringList import {u"eab"_s, u"import"_s, twice, u"--authority"_s, u"pebble"_s};
    QCOMPARE(cli.run(import).exitCode, 2);
    QCOMPARE(cli.run(import + QStringList {u"--key-decoding"_s, u"twice"_s}).exitCode, 0);
}

void TestEab::tellsWhetherACredentialIsSpent()
{
    const auto pebble = support::startPebble(demandingEab());
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString wrong = cli.write(u"key"_s, QByteArray(32, '\xb3').toBase64() + '\n');
    QCOMPARE(cli.run({u"eab"_s, u"add"_s, u"pebble"_s, u"kid-256"_s, u"--key-file"_s, wrong, u"--expires"_s,
                      u"2030-01-31"_s})
                 .exitCode,
             0);
    const Run refused = cli.run({u"eab"_s, u"register"_s, u"--all"_s, u"--agree-tos"_s});
    QCOMPARE(refused.exitCode, 1);
    const QJsonObject row = refused.array().at(0).toObject();
    QCOMPARE(row[u"result"_s].toString(), u"failed"_s);
    QCOMPARE(row[u"spent"_s].toString(), u"no"_s);
    QCOMPARE(row[u"state"_s].toString(), u"refused"_s);
    const QString words = row[u"error"_s][u"problem"_s][u"detail"_s].toString();
    QVERIFY(!words.isEmpty());
    const QJsonObject stored = cli.run({u"eab"_s, u"list"_s}).array().at(0).toObject();
    QVERIFY2(stored[u"refusal"_s].toString().contains(words), qPrintable(words));
    const Run single =
        cli.run({u"account"_s, u"register"_s, u"pebble"_s, u"--agree-tos"_s, u"--eab-kid"_s, u"kid-256"_s});
    QVERIFY2(single.errors.contains("refused this credential"), single.errors.constData());
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 0);
}

void TestEab::keepsWhatPebbleBlocksAndTheRulesOfTheOperator()
{
    practice::PebbleOptions options;
    options.blocklist = {u"blocked.test"_s};
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    QCOMPARE(cli.run(CommandLine::issuing({u"fine.test"_s, u"blocked.test"_s}, *pebble.server)).exitCode, 1);
    const QStringList check {u"policy"_s, u"check"_s, u"pebble"_s, u"--offline"_s};
    const Run refused = cli.run(check + QStringList {u"fine.test"_s, u"blocked.test"_s});
    QCOMPARE(valuesOf(refused, u"warning"_s), QStringList {u"refused"_s});
    QCOMPARE(valuesOf(refused, u"name"_s), QStringList {u"blocked.test"_s});
    const Run set =
        cli.run({u"policy"_s, u"set"_s, u"pebble"_s, u"--allow"_s, u".test"_s, u"--deny"_s, u"secret.test"_s});
    QCOMPARE(set.object()[u"policies"_s][0][u"allow"_s][0].toString(), u".test"_s);
    QCOMPARE(set.object()[u"refusals"_s].toArray().size(), 1);
    const Run denied = cli.run(CommandLine::issuing({u"fine.test"_s, u"secret.test"_s}, *pebble.server));
    QCOMPARE(denied.exitCode, 2);
    QVERIFY2(denied.errors.contains("denied by the rule “secret.test”"), denied.errors.constData());
    QCOMPARE(cli.run({u"order"_s, u"list"_s}).array().size(), 1);
    const Run issued = cli.run(CommandLine::issuing({u"fine.test"_s}, *pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(valuesOf(cli.run(check + QStringList {u"fine.test"_s}), u"warning"_s), QStringList {u"covered"_s});
    const Run again = cli.run(CommandLine::issuing({u"fine.test"_s}, *pebble.server, {u"--progress"_s}));
    QVERIFY2(again.exitCode == 0, again.errors.constData()); // a warning keeps nobody from ordering
    QVERIFY2(again.errors.contains(R"("warning":"covered")"), again.errors.constData());
    QCOMPARE(cli.run({u"policy"_s, u"set"_s, u"pebble"_s, u"--deny"_s, u"a..b"_s}).exitCode, 2);
}

SEALWRIGHT_TEST(TestEab)

} // namespace tst_eab

#include "tst_eab.moc"
