// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_request.h"
#include "crypto/chain.h"
#include "integration/command_line.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QFile>
#include <QTest>

#include <memory>

namespace tst_ordering {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;
using practice::PebbleOptions;

namespace {

QByteArray fileAt(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Makes a key and a certificate request with the openssl program, as an operator would on the machine of the key.
QString requestByOpenssl(const CommandLine& cli, const QString& name, const QString& domain)
{
    const QString path = cli.path(name + u".csr"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-new"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s,
                   cli.path(name + u".key"_s), u"-subj"_s, u"/CN="_s + domain, u"-addext"_s,
                   u"subjectAltName=DNS:"_s + domain, u"-out"_s, path});
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        qFatal("openssl req failed");
    return path;
}

QByteArray publicKeyIn(const QString& csrPath)
{
    return crypto::CertificateRequest::fromPem(fileAt(csrPath))->publicKey().spkiDer();
}

} // namespace

/// What an order may ask for, with the program and a real server.
class TestOrdering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheChainUpToThePreferredRoot();
    void asksForAValidityAndForTheSameLifetimeAgain();
    void tellsWhichProfileCameAndWhichThereAre();
    void issuesForARequestWhoseKeyStaysWhereItIs();
    void keepsTheKeyWhereThatWasChosen();
    void exportsAndRevokesAnOldVersion();
    void givesUpAuthorizations();
    void refusesBadOptionsBeforeAnythingIsStored_data();
    void refusesBadOptionsBeforeAnythingIsStored();

private:
    /// For what shall leave nothing behind: one for all of it.
    struct Untouched {
        Untouched() { cli.prepare(*pebble.server); }

        const support::RunningPebble pebble = support::startPebble();
        const CommandLine cli;
    };

    std::unique_ptr<Untouched> m_untouched;

    static QJsonObject version(const CommandLine& cli, const QString& id, int index = 0);
    static crypto::CertificateChain chain(const CommandLine& cli, const QString& id, const QStringList& more = {});
};

QJsonObject TestOrdering::version(const CommandLine& cli, const QString& id, int index)
{
    return cli.run({u"certificate"_s, u"show"_s, id}).object()[u"versions"_s].toArray().at(index).toObject();
}

crypto::CertificateChain TestOrdering::chain(const CommandLine& cli, const QString& id, const QStringList& more)
{
    const QString out = cli.path(u"chain.pem"_s);
    const Run exported = cli.run(QStringList {u"certificate"_s, u"export"_s, id, u"--format"_s, u"fullchain"_s,
                                              u"--out"_s, out, u"--overwrite"_s}
                                 + more);
    if (exported.exitCode != 0)
        qFatal("%s", exported.errors.constData());
    return crypto::chainFromPem(fileAt(out)).value();
}

void TestOrdering::takesTheChainUpToThePreferredRoot()
{
    PebbleOptions options;
    options.alternateRoots = 2;
    options.chainLength = 2;
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run plain = cli.run(CommandLine::issuing({u"chain.test"_s}, *pebble.server));
    QVERIFY2(plain.exitCode == 0, plain.errors.constData());
    const QJsonArray offered = version(cli, plain.object()[u"id"_s].toString())[u"chains"_s].toArray();
    QCOMPARE(offered.size(), 3);
    QVERIFY(offered[0][u"chosen"_s].toBool());
    const QString root = offered[2][u"root"_s].toString();
    QVERIFY(root != offered[0][u"root"_s].toString());

    for (const QString& preferred : {root, offered[2][u"sha256"_s].toString()}) {
        const Run issued =
            cli.run(CommandLine::issuing({u"chain.test"_s}, *pebble.server, {u"--preferred-chain"_s, preferred}));
        QVERIFY2(issued.exitCode == 0, issued.errors.constData());
        const auto exported = chain(cli, issued.object()[u"id"_s].toString());
        QCOMPARE(exported.intermediates.last().issuerCommonName(), root);
        QCOMPARE(exported.intermediates.size(), 2);
    }
    const Run none =
        cli.run(CommandLine::issuing({u"chain.test"_s}, *pebble.server, {u"--preferred-chain"_s, u"Nobody"_s}));
    QCOMPARE(none.exitCode, 0);
    const QJsonObject fallen = version(cli, none.object()[u"id"_s].toString());
    QVERIFY(fallen[u"chains"_s][0][u"chosen"_s].toBool());
    QVERIFY(fallen[u"remarks"_s][0].toString().contains(u"Nobody"_s));
}

void TestOrdering::asksForAValidityAndForTheSameLifetimeAgain()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QDateTime end = QDateTime::currentDateTimeUtc().addDays(3);
    const Run issued =
        cli.run(CommandLine::issuing({u"short.test"_s}, *pebble.server, {u"--not-after"_s, end.toString(Qt::ISODate)}));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    const QString id = issued.object()[u"id"_s].toString();
    QVERIFY(qAbs(chain(cli, id).leaf.notAfter().secsTo(end)) < 60);
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id});
    QVERIFY2(renewed.exitCode == 0, renewed.errors.constData());
    const QDateTime expected = QDateTime::currentDateTimeUtc().addDays(3);
    const QDateTime got = chain(cli, id).leaf.notAfter();
    QVERIFY(qAbs(got.secsTo(expected)) < 600);
}

void TestOrdering::tellsWhichProfileCameAndWhichThereAre()
{
    PebbleOptions options;
    options.profiles = {{u"tiny"_s, {u"an hour"_s, 3600}}, {u"usual"_s, {u"ninety days"_s, 90 * 24 * 3600}}};
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run issued = cli.run(CommandLine::issuing({u"profile.test"_s}, *pebble.server, {u"--profile"_s, u"tiny"_s}));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(version(cli, issued.object()[u"id"_s].toString())[u"profile"_s].toString(), u"tiny"_s);
    const Run order = cli.run({u"order"_s, u"show"_s, issued.object()[u"order"_s].toString()});
    QCOMPARE(order.object()[u"profile"_s].toString(), u"tiny"_s);

    const Run unasked = cli.run(CommandLine::issuing({u"profile.test"_s}, *pebble.server));
    const QString came = version(cli, unasked.object()[u"id"_s].toString())[u"profile"_s].toString();
    QVERIFY2(options.profiles.contains(came), qPrintable(came));

    const Run refused = cli.run(CommandLine::issuing({u"profile.test"_s}, *pebble.server, {u"--profile"_s, u"gone"_s}));
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("tiny, usual"), refused.errors.constData());
}

void TestOrdering::issuesForARequestWhoseKeyStaysWhereItIs()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString first = requestByOpenssl(cli, u"first"_s, u"device.test"_s);
    const Run issued = cli.run(CommandLine::issuing({}, *pebble.server, {u"--csr"_s, first}));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    const QString id = issued.object()[u"id"_s].toString();
    QCOMPARE(issued.object()[u"names"_s].toArray(), QJsonArray({u"device.test"_s}));
    QCOMPARE(chain(cli, id).leaf.spkiDer(), publicKeyIn(first));
    QCOMPARE(version(cli, id)[u"hasKey"_s].toBool(true), false);
    const Run key = cli.run({u"certificate"_s, u"export"_s, id, u"--format"_s, u"key"_s, u"--unencrypted"_s, u"--out"_s,
                             cli.path(u"stolen.key"_s)});
    QVERIFY(key.exitCode != 0);
    QVERIFY(!QFile::exists(cli.path(u"stolen.key"_s)));

    QVERIFY(cli.run({u"certificate"_s, u"renew"_s, id}).exitCode != 0);
    const QString second = requestByOpenssl(cli, u"second"_s, u"device.test"_s);
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id, u"--csr"_s, second});
    QVERIFY2(renewed.exitCode == 0, renewed.errors.constData());
    QCOMPARE(chain(cli, id).leaf.spkiDer(), publicKeyIn(second));

    const QString foreign = requestByOpenssl(cli, u"foreign"_s, u"other.test"_s);
    const Run refused = cli.run({u"certificate"_s, u"renew"_s, id, u"--csr"_s, foreign});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains("other.test"), refused.errors.constData());
}

void TestOrdering::keepsTheKeyWhereThatWasChosen()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run issued = cli.run(CommandLine::issuing({u"keep.test"_s}, *pebble.server, {u"--keep-key"_s}));
    const QString id = issued.object()[u"id"_s].toString();
    const QByteArray key = chain(cli, id).leaf.spkiDer();
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id});
    QVERIFY2(renewed.exitCode == 0, renewed.errors.constData());
    QCOMPARE(cli.run({u"certificate"_s, u"show"_s, id}).object()[u"versions"_s].toArray().size(), 2);
    QCOMPARE(chain(cli, id).leaf.spkiDer(), key);
}

void TestOrdering::exportsAndRevokesAnOldVersion()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString id = cli.run(CommandLine::issuing({u"versions.test"_s}, *pebble.server)).object()[u"id"_s].toString();
    QCOMPARE(cli.run({u"certificate"_s, u"renew"_s, id}).exitCode, 0);
    const QString old = version(cli, id, 1)[u"serial"_s].toString();
    QCOMPARE(chain(cli, id, {u"--version"_s, old}).leaf.serialHex().toUpper(), old);
    const Run revoked = cli.run({u"certificate"_s, u"revoke"_s, id, u"--version"_s, old});
    QVERIFY2(revoked.exitCode == 0, revoked.errors.constData());
    QCOMPARE(revoked.object()[u"serial"_s].toString(), old);
    QCOMPARE(cli.run({u"certificate"_s, u"show"_s, id}).object()[u"state"_s].toString(), u"valid"_s);
    QVERIFY(version(cli, id, 1).contains(u"revokedAt"_s));
    QVERIFY(!version(cli, id, 0).contains(u"revokedAt"_s));
    const Run unknown = cli.run({u"certificate"_s, u"revoke"_s, id, u"--version"_s, u"00ff"_s});
    QVERIFY(unknown.exitCode != 0);
    QVERIFY(unknown.errors.contains("00ff"));
}

void TestOrdering::givesUpAuthorizations()
{
    PebbleOptions options;
    options.authzReuse = 100;
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QStringList words = CommandLine::issuing({u"giveup.test"_s}, *pebble.server, {u"--progress"_s});
    const Run issued = cli.run(words);
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QVERIFY(!cli.run(words).errors.contains("\"subject\":\"challenge\"")); // still proved
    const Run given = cli.run({u"order"_s, u"deactivate-authorizations"_s, issued.object()[u"order"_s].toString()});
    QVERIFY2(given.exitCode == 0, given.errors.constData());
    QCOMPARE(given.array().size(), 1);
    QCOMPARE(given.array()[0][u"identifier"_s].toString(), u"giveup.test"_s);
    QCOMPARE(given.array()[0][u"state"_s].toString(), u"deactivated"_s);
    const Run again = cli.run(words);
    QVERIFY2(again.exitCode == 0, again.errors.constData());
    QVERIFY(again.errors.contains("\"subject\":\"challenge\""));
}

void TestOrdering::refusesBadOptionsBeforeAnythingIsStored_data()
{
    m_untouched = std::make_unique<Untouched>();
    QTest::addColumn<QStringList>("options");
    QTest::newRow("no moment") << QStringList {u"--not-after"_s, u"tomorrow"_s};
    QTest::newRow("ended already") << QStringList {u"--not-after"_s, u"2020-01-01"_s};
    QTest::newRow("two ends") << QStringList {u"--not-after"_s, u"2090-01-01"_s, u"--lifetime"_s, u"1d"_s};
    QTest::newRow("no lifetime") << QStringList {u"--lifetime"_s, u"long"_s};
    QTest::newRow("reuse without request") << QStringList {u"--csr-reuse"_s};
    QTest::newRow("request that is not there") << QStringList {u"--csr"_s, u"/nonexistent"_s};
    QTest::newRow("request and key type") << QStringList {u"--csr"_s, u"/etc/hostname"_s, u"--key"_s, u"rsa-2048"_s};
    QTest::newRow("no request") << QStringList {u"--csr"_s, u"/etc/hostname"_s};
    QTest::newRow("pre-authorization that is not offered") << QStringList {u"--preauthorize"_s};
}

void TestOrdering::refusesBadOptionsBeforeAnythingIsStored()
{
    QFETCH(QStringList, options);
    const CommandLine& cli = m_untouched->cli;
    const Run refused = cli.run(CommandLine::issuing({u"bad.test"_s}, *m_untouched->pebble.server, options));
    QVERIFY(refused.exitCode == 1 || refused.exitCode == 2);
    QCOMPARE(refused.errors.count('\n'), 1);
    QVERIFY(cli.run({u"order"_s, u"list"_s}).array().isEmpty());
    QVERIFY(cli.run({u"certificate"_s, u"list"_s, u"--all"_s}).array().isEmpty());
}

SEALWRIGHT_TEST(TestOrdering)

} // namespace tst_ordering

#include "tst_ordering.moc"
