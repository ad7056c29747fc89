// SPDX-License-Identifier: Apache-2.0
#include "challenge/challenge_commands.h"
#include "challenge/http01_responder.h"
#include "support/bind_server.h"
#include "support/free_port.h"
#include "support/shell.h"
#include "support/test_program.h"

#include <QFile>
#include <QTcpSocket>
#include <QTest>

namespace tst_challenge_commands {

using namespace Qt::StringLiterals;
using challenge::challengeCommands;
using challenge::ShellCommand;
using challenge::ShownChallenge;
using support::Shell;

namespace {

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};

QString commandFor(const ShownChallenge& challenge, const QString& program)
{
    for (const ShellCommand& command : challengeCommands(challenge))
        if (command.program == program)
            return command.text;
    qFatal("no command for %s", qPrintable(program));
}

QStringList programsFor(const ShownChallenge& challenge)
{
    QStringList programs;
    for (const ShellCommand& command : challengeCommands(challenge))
        programs.append(command.program);
    return programs;
}

ShownChallenge dnsChallenge(const QString& value, const QString& server = {})
{
    return {u"dns-01"_s, u"www.corp.example"_s, u"_acme-challenge.www.corp.example TXT"_s, value, server};
}

} // namespace

/// Each command is pasted into a shell and asks the real thing.
class TestChallengeCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void curlFetchesTheAnswer();
    void nsupdatePutsTheRecordInPlaceAndDigSeesIt();
    void nsupdateTakesWhateverTheValueIs();
    void opensslSeesTheCertificateOfTheChallenge();
    void namesAnIpAddressInTheHandshakeByItsReverseName();
    void hostileWordsRunNothing_data();
    void hostileWordsRunNothing();
    void hasNothingForUnknownTypes();
};

void TestChallengeCommands::curlFetchesTheAnswer()
{
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    responder.present(u"token"_s, u"token.thumbprint"_s);
    ShownChallenge shown {u"http-01"_s, u"127.0.0.1"_s};
    shown.expectedAt = u"http://127.0.0.1:%1/.well-known/acme-challenge/token"_s.arg(responder.port());
    QCOMPARE(programsFor(shown), QStringList {u"curl"_s});
    const Shell shell;
    const auto found = shell.run(commandFor(shown, u"curl"_s));
    QVERIFY2(found.exitCode == 0, found.errors);
    QCOMPARE(found.output, "token.thumbprint\n");
    responder.remove(u"token"_s);
    const auto missing = shell.run(commandFor(shown, u"curl"_s));
    QVERIFY(missing.exitCode != 0);
    QVERIFY2(missing.errors.contains("404"), missing.errors);
}

void TestChallengeCommands::nsupdatePutsTheRecordInPlaceAndDigSeesIt()
{
    const support::BindServer bind({{u"corp.example"_s, {}, ownKey.name}}, {ownKey});
    const Shell shell;
    QFile key(shell.path(u"FILE"_s)); // what the command calls it
    QVERIFY(key.open(QIODevice::WriteOnly));
    key.write(ownKey.clause());
    key.close();
    const ShownChallenge shown = dnsChallenge(u"LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ"_s, bind.address());
    QCOMPARE(programsFor(shown), QStringList({u"dig"_s, u"nsupdate"_s}));
    QCOMPARE(shell.run(commandFor(shown, u"dig"_s)).output, QByteArray());
    const auto updated = shell.run(commandFor(shown, u"nsupdate"_s));
    QVERIFY2(updated.exitCode == 0, updated.errors + bind.log());
    QCOMPARE(shell.run(commandFor(shown, u"dig"_s)).output, "\"LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ\"\n");
}

void TestChallengeCommands::nsupdateTakesWhateverTheValueIs()
{
    const support::BindServer bind({{u"corp.example"_s, {}, ownKey.name}}, {ownKey});
    const Shell shell;
    QFile key(shell.path(u"FILE"_s));
    QVERIFY(key.open(QIODevice::WriteOnly));
    key.write(ownKey.clause());
    key.close();
    const QString value = u"ca.example; accounturi=https://ca.example/a/1 \"it's\" \\ "_s + QString(300, u'x');
    const ShownChallenge shown = dnsChallenge(value, bind.address());
    const auto updated = shell.run(commandFor(shown, u"nsupdate"_s));
    QVERIFY2(updated.exitCode == 0, updated.errors + bind.log());
    QString seen = QString::fromLatin1(shell.run(commandFor(shown, u"dig"_s)).output).trimmed();
    seen.remove(u"\" \""_s); // one string after another
    seen = seen.mid(1, seen.size() - 2);
    QCOMPARE(seen.replace(u"\\\""_s, u"\""_s).replace(u"\\\\"_s, u"\\"_s), value);
}

void TestChallengeCommands::opensslSeesTheCertificateOfTheChallenge()
{
    const Shell shell;
    const auto made = shell.run(u"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key "
                                "-out certificate -subj /CN=proof -addext subjectAltName=DNS:localhost 2>&1"_s);
    QVERIFY2(made.exitCode == 0, made.output);
    const quint16 port = support::freePort();
    QProcess server;
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(u"openssl"_s,
                 {u"s_server"_s, u"-accept"_s, u"127.0.0.1:%1"_s.arg(port), u"-key"_s, shell.path(u"key"_s), u"-cert"_s,
                  shell.path(u"certificate"_s), u"-alpn"_s, u"acme-tls/1"_s, u"-naccept"_s, u"1"_s});
    QByteArray told;
    const auto says = [&](const char* words) {
        told += server.readAll();
        return told.contains(words);
    };
    QVERIFY2(QTest::qWaitFor([&] { return says("ACCEPT"); }, 30'000), told);
    QString command = commandFor({u"tls-alpn-01"_s, u"localhost"_s}, u"openssl"_s);
    command.replace(u":443"_s, u":%1"_s.arg(port)); // which only root may listen on
    const auto seen = shell.run(command);
    QVERIFY2(seen.output.contains("DNS:localhost"), seen.errors + seen.output);
    QVERIFY2(QTest::qWaitFor([&] { return says("ALPN protocols selected: acme-tls/1"); }, 30'000), told);
    server.kill();
    server.waitForFinished();
}

void TestChallengeCommands::namesAnIpAddressInTheHandshakeByItsReverseName()
{
    // RFC 8738 section 6: as RFC 1034 section 5.2.1 and RFC 3596 section 2.5 write them
    QVERIFY(commandFor({u"tls-alpn-01"_s, u"192.0.2.7"_s}, u"openssl"_s)
                .contains(u"-connect 192.0.2.7:443 -servername 7.2.0.192.in-addr.arpa "_s));
    QVERIFY(commandFor({u"tls-alpn-01"_s, u"2001:db8::1"_s}, u"openssl"_s)
                .contains(u"-connect '[2001:db8::1]:443' -servername "
                          "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa "_s));
}

void TestChallengeCommands::hostileWordsRunNothing_data()
{
    QTest::addColumn<QString>("word");
    QTest::addRow("quote") << u"x'; touch mark; '"_s;
    QTest::addRow("substitution") << u"$(touch mark)`touch mark`"_s;
    QTest::addRow("line") << u"x\ntouch mark\n"_s;
    QTest::addRow("option") << u"--output mark"_s;
    QTest::addRow("file") << u"file:///etc/hostname"_s;
    QTest::addRow("glob") << u"{a,b}[1-3]*"_s;
    QTest::addRow("double") << u"x\"\nsend\nupdate delete corp.example.\n\""_s;
}

void TestChallengeCommands::hostileWordsRunNothing()
{
    QFETCH(QString, word);
    const Shell shell;
    for (const QString& type : {u"http-01"_s, u"dns-01"_s, u"tls-alpn-01"_s, u"dns-persist-01"_s}) {
        ShownChallenge shown {type, word, word, word};
        shown.dnsServer = u"127.0.0.1:1"_s; // where nobody is
        for (ShellCommand command : challengeCommands(shown)) {
            command.text.replace(u"dig @127.0.0.1"_s, u"dig +tries=1 +timeout=1 @127.0.0.1"_s);
            const auto outcome = shell.run(command.text);
            QVERIFY2(shell.isUntouched(), qPrintable(command.text));
            QVERIFY2(outcome.exitCode != 0 || command.program == u"openssl", qPrintable(command.text));
        }
    }
}

void TestChallengeCommands::hasNothingForUnknownTypes()
{
    QVERIFY(challengeCommands({u"smoke-signal-01"_s, u"a.example"_s, u"the hill"_s, u"smoke"_s}).isEmpty());
    QVERIFY(challengeCommands({u"http-01"_s, u"a.example"_s}).isEmpty());
}

SEALWRIGHT_TEST(TestChallengeCommands)

} // namespace tst_challenge_commands

#include "tst_challenge_commands.moc"
