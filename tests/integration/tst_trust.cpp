// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"
#include "integration/command_line.h"
#include "support/acme_fault_server.h"
#include "support/test_program.h"
#include "support/tinyproxy.h"

#include <QDirIterator>
#include <QTest>

namespace tst_trust {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

const QString user = u"renewals"_s;
const QString password = u"s3cret-of-the-proxy"_s;

QString sha256(const QByteArray& pem)
{
    const auto certificate = crypto::Certificate::fromPem(pem);
    return QString::fromLatin1(certificate->fingerprint(crypto::DigestAlgorithm::Sha256).toHex());
}

Run add(const CommandLine& cli, const support::AcmeFaultServer& server, const QStringList& more)
{
    const QString root = cli.write(u"root.pem"_s, server.tlsRootPem());
    return cli.run(
        QStringList {u"authority"_s, u"add"_s, u"Corp CA"_s, server.directoryUrl().toString(), u"--root"_s, root}
        + more);
}

/// The files of the data folder that hold `secret` as it is.
QStringList filesHolding(const QString& folder, const QByteArray& secret)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(secret))
            found.append(file.fileName());
    }
    return found;
}

QJsonObject show(const CommandLine& cli)
{
    return cli.run({u"authority"_s, u"show"_s, u"Corp CA"_s}).object();
}

} // namespace

/// Whom the command line trusts and how it reaches them.
class TestTrust : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsThatTheRootChangedAndGoesOnOnceItIsAccepted();
    void takesTheRootsEitherByAFingerprintOrOtherwise_data();
    void takesTheRootsEitherByAFingerprintOrOtherwise();
    void movesCertificatesFromARootAndFollowsARenamedAuthority();
    void reachesAnAuthorityThroughAProxyThatWantsAPassword();
    void tellsWhatIsWrongWithTheCredentialsOfAProxy_data();
    void tellsWhatIsWrongWithTheCredentialsOfAProxy();
};

void TestTrust::tellsThatTheRootChangedAndGoesOnOnceItIsAccepted()
{
    support::AcmeFaultServer server;
    const CommandLine cli;
    QCOMPARE(add(cli, server, {u"--proxy"_s, u"none"_s}).exitCode, 0);
    const QByteArray oldRoot = server.tlsRootPem();
    server.changeTlsRoot(true);
    const Run doctor = cli.run({u"doctor"_s});
    QCOMPARE(doctor.exitCode, 1);
    QVERIFY2(doctor.output.contains(sha256(server.tlsRootPem()).toLatin1()), doctor.output);
    const QJsonObject stopped = show(cli)[u"stopped"_s].toObject();
    QCOMPARE(stopped[u"servedRoot"_s].toObject()[u"sha256"_s].toString(), sha256(server.tlsRootPem()));
    QCOMPARE(show(cli)[u"pinnedRoots"_s].toArray().first().toObject()[u"sha256"_s].toString(), sha256(oldRoot));
    QCOMPARE(show(cli)[u"reachable"_s].toBool(true), false);

    const Run wrong = cli.run({u"authority"_s, u"update"_s, u"Corp CA"_s, u"--root-fingerprint"_s, sha256(oldRoot)});
    QCOMPARE(wrong.exitCode, 1);
    QVERIFY(show(cli)[u"stopped"_s].isObject());

    const QString newRoot = cli.write(u"new.pem"_s, server.tlsRootPem());
    const Run accepted = cli.run({u"authority"_s, u"update"_s, u"Corp CA"_s, u"--add-root"_s, newRoot});
    QVERIFY2(accepted.exitCode == 0, accepted.errors);
    QCOMPARE(accepted.object()[u"pinnedRoots"_s].toArray().size(), 2);
    QVERIFY(accepted.object()[u"stopped"_s].isNull());
    QCOMPARE(cli.run({u"account"_s, u"register"_s, u"Corp CA"_s, u"--agree-tos"_s}).exitCode, 0);
    const Run last =
        cli.run({u"authority"_s, u"update"_s, u"Corp CA"_s, u"--root-fingerprint"_s, sha256(server.tlsRootPem())});
    QVERIFY2(last.exitCode == 1, "a root that is not shown any more is fetched, and this server is no step-ca");
}

void TestTrust::takesTheRootsEitherByAFingerprintOrOtherwise_data()
{
    QTest::addColumn<QStringList>("options");
    const QString fingerprint(64, u'a');
    QTest::newRow("beside PEM") << QStringList {u"--root-fingerprint"_s, fingerprint, u"--add-root"_s, u"root.pem"_s};
    QTest::newRow("beside the system's") << QStringList {u"--add-root-fingerprint"_s, fingerprint, u"--system-roots"_s};
    QTest::newRow("two of them") << QStringList {u"--root-fingerprint"_s, fingerprint, u"--add-root-fingerprint"_s,
                                                 QString(64, u'b')};
}

void TestTrust::takesTheRootsEitherByAFingerprintOrOtherwise()
{
    QFETCH(QStringList, options);
    const support::AcmeFaultServer server;
    const CommandLine cli;
    QCOMPARE(add(cli, server, {u"--proxy"_s, u"none"_s}).exitCode, 0);
    const Run refused = cli.run(QStringList {u"authority"_s, u"update"_s, u"Corp CA"_s} + options);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains("fingerprint"), refused.errors);
    QCOMPARE(show(cli)[u"pinnedRoots"_s].toArray().size(), 1);
}

void TestTrust::movesCertificatesFromARootAndFollowsARenamedAuthority()
{
    support::AcmeFaultServer server;
    const CommandLine cli;
    QCOMPARE(add(cli, server, {u"--proxy"_s, u"none"_s}).exitCode, 0);
    QCOMPARE(cli.run({u"account"_s, u"register"_s, u"Corp CA"_s, u"--agree-tos"_s}).exitCode, 0);
    const Run issued = cli.run({u"certificate"_s, u"issue"_s, u"www.corp.example"_s, u"--authority"_s, u"Corp CA"_s,
                                u"--challenge"_s, u"http-01"_s, u"--webroot"_s, cli.path(QString())});
    QVERIFY2(issued.exitCode == 0, issued.errors);
    const QJsonArray roots = cli.run({u"authority"_s, u"roots"_s, u"Corp CA"_s}).array();
    QCOMPARE(roots.size(), 1);
    QCOMPARE(roots.first().toObject()[u"certificates"_s].toInt(), 1);
    QCOMPARE(roots.first().toObject()[u"sha256"_s].toString(), sha256(server.issuerRootPem()));
    const Run unknown = cli.run({u"authority"_s, u"reissue"_s, u"Corp CA"_s, u"--root"_s, QString(64, u'a')});
    QCOMPARE(unknown.exitCode, 2);
    const Run reissued = cli.run(
        {u"authority"_s, u"reissue"_s, u"Corp CA"_s, u"--root"_s, roots.first().toObject()[u"sha256"_s].toString()});
    QVERIFY2(reissued.exitCode == 0, reissued.errors);
    QCOMPARE(server.certificatesIssued(), 2);
    const QStringList elsewhere {u"authority"_s, u"rebind"_s, u"Corp CA"_s};
    server.rename("/acme/new");
    const Run planned = cli.run(elsewhere + QStringList {server.directoryUrl().toString(), u"--dry-run"_s});
    QVERIFY2(planned.exitCode == 0, planned.errors);
    QCOMPARE(planned.object()[u"applied"_s].toBool(true), false);
    QVERIFY(show(cli)[u"directoryUrl"_s] != server.directoryUrl().toString());
    const Run rebound = cli.run(elsewhere + QStringList {server.directoryUrl().toString()});
    QVERIFY2(rebound.exitCode == 0, rebound.errors);
    QCOMPARE(show(cli)[u"directoryUrl"_s].toString(), server.directoryUrl().toString());
    const QString id = issued.object()[u"id"_s].toString();
    const Run renewed = cli.run({u"certificate"_s, u"renew"_s, id});
    QVERIFY2(renewed.exitCode == 0, renewed.errors);
    QCOMPARE(server.accountsCreated(), 1);
}

void TestTrust::reachesAnAuthorityThroughAProxyThatWantsAPassword()
{
    const support::AcmeFaultServer server;
    const support::Tinyproxy proxy(user, password);
    const CommandLine cli;
    const QString credentials = cli.write(u"proxy.pass"_s, (user + u':' + password + u'\n').toUtf8());
    const Run added = add(cli, server, {u"--proxy"_s, proxy.url(), u"--proxy-credentials"_s, credentials});
    QVERIFY2(added.exitCode == 0, added.errors + added.output + proxy.log());
    QCOMPARE(added.object()[u"proxyCredentials"_s].toBool(), true);
    const QByteArray target = "CONNECT 127.0.0.1:" + QByteArray::number(server.directoryUrl().port());
    QVERIFY2(proxy.log().contains(target), proxy.log());
    const qsizetype before = proxy.log().count(target);
    const Run registered = cli.run({u"account"_s, u"register"_s, u"Corp CA"_s, u"--agree-tos"_s});
    QVERIFY2(registered.exitCode == 0, registered.errors);
    QVERIFY(proxy.log().count(target) > before);
    QCOMPARE(filesHolding(cli.dataFolder(), password.toUtf8()), QStringList());
    QVERIFY(!cli.run({u"authority"_s, u"show"_s, u"Corp CA"_s}).output.contains(password.toUtf8()));
    // A password is never handed on to another proxy.
    const Run elsewhere = cli.run({u"authority"_s, u"update"_s, u"Corp CA"_s, u"--proxy"_s, u"none"_s});
    QCOMPARE(elsewhere.object()[u"proxyCredentials"_s].toBool(true), false);
}

void TestTrust::tellsWhatIsWrongWithTheCredentialsOfAProxy_data()
{
    QTest::addColumn<QString>("userInfo");
    QTest::addColumn<QByteArray>("file"); // null: not given
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << QString() << QByteArray() << u"wants a user name and password"_s;
    QTest::newRow("wrong") << QString() << QByteArray("renewals:wrong") << u"refused the user name and password"_s;
    QTest::newRow("without a colon") << QString() << QByteArray("renewals") << u"USER:PASSWORD"_s;
    QTest::newRow("in the URL") << u"renewals:pass@"_s << QByteArray() << u"--proxy-credentials FILE"_s;
}

void TestTrust::tellsWhatIsWrongWithTheCredentialsOfAProxy()
{
    QFETCH(QString, userInfo);
    QFETCH(QByteArray, file);
    QFETCH(QString, words);
    const support::AcmeFaultServer server;
    const support::Tinyproxy proxy(user, password);
    const CommandLine cli;
    QStringList more {u"--proxy"_s, proxy.url().replace(u"://"_s, u"://"_s + userInfo)};
    if (!file.isNull())
        more += {u"--proxy-credentials"_s, cli.write(u"proxy.pass"_s, file)};
    const Run added = add(cli, server, more);
    QVERIFY(added.exitCode != 0);
    QVERIFY2(added.errors.contains(words.toUtf8()), added.errors);
    QCOMPARE(server.requests(support::Step::Directory), 0);
    QCOMPARE(cli.run({u"authority"_s, u"list"_s}).array().size(), 0);
}

SEALWRIGHT_TEST(TestTrust)

} // namespace tst_trust

#include "tst_trust.moc"
