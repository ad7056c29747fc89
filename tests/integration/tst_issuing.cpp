// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"
#include "http/network_http_client.h"
#include "integration/command_line.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QFileInfo>
#include <QTest>

namespace tst_issuing {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;
using practice::PebbleOptions;

namespace {

PebbleOptions with(const std::function<void(PebbleOptions&)>& change)
{
    PebbleOptions options;
    change(options);
    return options;
}

QByteArray fileAt(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What pebble says about a certificate that it issued.
QByteArray statusAtPebble(const practice::PebbleServer& pebble, const QString& serial)
{
    http::NetworkHttpClient client({.rootsPem = pebble.rootPem(), .proxy = *http::Proxy::parse(u"none"_s)});
    http::HttpRequest request;
    request.url = QUrl(pebble.managementUrl() + u"/cert-status-by-serial/"_s + serial);
    const auto reply = support::await(client.send(request, {}));
    return reply ? QJsonDocument::fromJson(reply->body)[u"Status"_s].toString().toLatin1() : QByteArray();
}

} // namespace

/// From an empty data directory to a certificate that was exported and revoked, with the program and a real server.
class TestIssuing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuesWhateverThePracticeCaDemands_data();
    void issuesWhateverThePracticeCaDemands();
    void provesNothingAgainThatIsStillValid();
    void exportsEveryFormat();
    void revokesAtTheAuthority();
    void issuesABatchInOneProcess();
    void servesFromAWebroot();
};

void TestIssuing::issuesWhateverThePracticeCaDemands_data()
{
    QTest::addColumn<PebbleOptions>("options");
    QTest::newRow("defaults") << PebbleOptions();
    QTest::newRow("strict") << with([](PebbleOptions& options) { options.strict = true; });
    QTest::newRow("half of the nonces refused") << with([](PebbleOptions& options) { options.nonceReject = 50; });
    QTest::newRow("authorizations always reused") << with([](PebbleOptions& options) { options.authzReuse = 100; });
    QTest::newRow("asks to wait a second between polls") << with([](PebbleOptions& options) {
        options.retryAfterAuthorization = 1;
        options.retryAfterOrder = 1;
    });
}

void TestIssuing::issuesWhateverThePracticeCaDemands()
{
    QFETCH(PebbleOptions, options);
    const auto pebble = support::startPebble(options);
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run issued = cli.run(CommandLine::issuing({u"www.issue.test"_s, u"issue.test"_s}, *pebble.server));
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    const QJsonObject certificate = issued.object();
    QCOMPARE(certificate[u"state"_s].toString(), u"valid"_s);
    QCOMPARE(certificate[u"authority"_s].toString(), u"pebble"_s);
    QVERIFY(certificate[u"orderUrl"_s].toString().startsWith(u"https://localhost:"_s));
    QVERIFY(!certificate[u"nextRenewal"_s].toString().isEmpty());
    const QString out = cli.path(u"chain.pem"_s);
    const Run exported = cli.run({u"certificate"_s, u"export"_s, certificate[u"id"_s].toString(), u"--format"_s,
                                  u"fullchain"_s, u"--out"_s, out});
    QVERIFY2(exported.exitCode == 0, exported.errors.constData());
    const auto chain = crypto::chainFromPem(fileAt(out));
    QVERIFY(chain);
    QStringList names = chain->leaf.dnsNames();
    names.sort();
    QCOMPARE(names, QStringList({u"issue.test"_s, u"www.issue.test"_s}));
    QCOMPARE(chain->leaf.serialHex().toUpper(), certificate[u"serial"_s].toString());
}

void TestIssuing::provesNothingAgainThatIsStillValid()
{
    const auto pebble = support::startPebble(with([](PebbleOptions& options) { options.authzReuse = 100; }));
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QStringList words = CommandLine::issuing({u"reuse.test"_s}, *pebble.server, {u"--progress"_s});
    const Run first = cli.run(words);
    QVERIFY2(first.exitCode == 0, first.errors.constData());
    QVERIFY(first.errors.contains("\"subject\":\"challenge\""));
    const Run second = cli.run(words);
    QVERIFY2(second.exitCode == 0, second.errors.constData());
    QVERIFY(second.errors.contains("\"subject\":\"finalize\""));
    QVERIFY(!second.errors.contains("\"subject\":\"challenge\""));
}

void TestIssuing::exportsEveryFormat()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString id = cli.run(CommandLine::issuing({u"export.test"_s}, *pebble.server)).object()[u"id"_s].toString();
    const QString password = cli.write(u"password"_s, "export\n");
    const QStringList withKey {u"p12"_s, u"p12-legacy"_s, u"key"_s};
    for (const QString& format : {u"pem"_s, u"fullchain"_s, u"der"_s, u"p12"_s, u"p12-legacy"_s, u"p7b"_s, u"key"_s}) {
        const QString out = cli.path(u"out."_s + format);
        const QStringList words {u"certificate"_s, u"export"_s, id, u"--format"_s, format, u"--out"_s, out};
        const QStringList secret {u"--password-file"_s, password};
        const Run exported = cli.run(withKey.contains(format) ? words + secret : words);
        QVERIFY2(exported.exitCode == 0, exported.errors.constData());
        QVERIFY(QFileInfo(out).size() > 0);
        if (withKey.contains(format))
            QCOMPARE(QFileInfo(out).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QByteArray before = fileAt(out);
        QCOMPARE(cli.run(withKey.contains(format) ? words + secret : words).exitCode, 1);
        QCOMPARE(fileAt(out), before);
    }
    QVERIFY(fileAt(cli.path(u"out.key"_s)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    const QStringList inTheClear {u"certificate"_s,        u"export"_s, id, u"--format"_s, u"key"_s, u"--out"_s,
                                  cli.path(u"clear.key"_s)};
    QCOMPARE(cli.run(inTheClear).exitCode, 2);
    QCOMPARE(cli.run(inTheClear + QStringList {u"--unencrypted"_s}).exitCode, 0);
    QVERIFY(fileAt(cli.path(u"clear.key"_s)).startsWith("-----BEGIN PRIVATE KEY-----"));
}

void TestIssuing::revokesAtTheAuthority()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    for (const QStringList& how : {QStringList {}, QStringList {u"--with-certificate-key"_s}}) {
        const QJsonObject issued = cli.run(CommandLine::issuing({u"revoke.test"_s}, *pebble.server)).object();
        const QString serial = issued[u"serial"_s].toString().toLower();
        QCOMPARE(statusAtPebble(*pebble.server, serial), "Valid");
        const QStringList words {u"certificate"_s, u"revoke"_s, issued[u"id"_s].toString(), u"--reason"_s,
                                 u"superseded"_s,  u"--note"_s, u"replaced by another"_s};
        const Run revoked = cli.run(words + how);
        QVERIFY2(revoked.exitCode == 0, revoked.errors.constData());
        QCOMPARE(revoked.object()[u"state"_s].toString(), u"revoked"_s);
        QCOMPARE(revoked.object()[u"serial"_s].toString().toLower(), serial);
        QCOMPARE(revoked.object()[u"revocationReason"_s].toString(), u"superseded"_s);
        QCOMPARE(revoked.object()[u"revocationNote"_s].toString(), u"replaced by another"_s);
        QVERIFY(!revoked.object().contains(u"versions"_s)); // what was revoked, not the whole certificate
        QCOMPARE(statusAtPebble(*pebble.server, serial), "Revoked");
    }
    const Run listed = cli.run({u"certificate"_s, u"list"_s});
    QCOMPARE(listed.array().size(), 0);
    QVERIFY2(listed.errors.contains("2 expired or revoked"), listed.errors.constData());
    QCOMPARE(cli.run({u"certificate"_s, u"list"_s, u"--all"_s}).array().size(), 2);
}

void TestIssuing::issuesABatchInOneProcess()
{
    const auto pebble =
        support::startPebble(with([](PebbleOptions& options) { options.blocklist = {u"blocked.test"_s}; }));
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const QString file = cli.write(u"batch"_s, "# names\none.test www.one.test\n\nblocked.test\ntwo.test\n");
    const Run batch = cli.run(CommandLine::issuing({}, *pebble.server, {u"--batch"_s, file, u"--jobs"_s, u"2"_s}));
    QCOMPARE(batch.exitCode, 1);
    const QJsonArray elements = batch.array();
    QCOMPARE(elements.size(), 3);
    QCOMPARE(elements[0][u"orderState"_s].toString(), u"issued"_s);
    QCOMPARE(elements[1][u"orderState"_s].toString(), u"failed"_s);
    QVERIFY(elements[1][u"message"_s].toString().contains(u"blocked.test"_s));
    QCOMPARE(elements[2][u"orderState"_s].toString(), u"issued"_s);
    const QList<QByteArray> told = batch.errors.trimmed().split('\n');
    QCOMPARE(told.size(), 2);
    QVERIFY2(told[0].startsWith("blocked.test: "), told[0].constData());
    const QJsonObject summary = QJsonDocument::fromJson(told.last()).object()[u"summary"_s].toObject();
    QCOMPARE(summary[u"issued"_s].toInt(), 2);
    QCOMPARE(summary[u"failed"_s].toInt(), 1);
    QVERIFY(summary[u"tlsConnections"_s].toInt() > 0);
}

void TestIssuing::servesFromAWebroot()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    cli.prepare(*pebble.server);
    QVERIFY(QDir(cli.path(QString())).mkpath(u"www"_s));
    // Nobody serves the folder here, so the authority finds nothing: the run ends in its words and leaves nothing
    // behind.
    const Run failed = cli.run({u"certificate"_s, u"issue"_s, u"webroot.test"_s, u"--authority"_s, u"pebble"_s,
                                u"--challenge"_s, u"http-01"_s, u"--webroot"_s, cli.path(u"www"_s)});
    QCOMPARE(failed.exitCode, 1);
    QVERIFY(!failed.object()[u"error"_s].toObject()[u"problem"_s].toObject().isEmpty());
    QVERIFY(QDir(cli.path(u"www/.well-known/acme-challenge"_s)).entryList(QDir::Files).isEmpty());
}

SEALWRIGHT_TEST(TestIssuing)

} // namespace tst_issuing

#include "tst_issuing.moc"
