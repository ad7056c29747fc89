// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

namespace tst_account_import {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

/// Runs another ACME client, which trusts the practice CA by that variable of its environment.
Run runClient(const QString& program, const QStringList& arguments, const QString& trustVariable, const QString& root)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(trustVariable, root);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForStarted())
        qFatal("%s is needed for this test; packaging/requirements test installs it", qPrintable(program));
    return integration::finished(process);
}

/// certbot registers an account in a folder of its own.
QString certbotsFolder(const CommandLine& cli, const practice::PebbleServer& pebble)
{
    const QString folder = cli.path(u"letsencrypt"_s);
    const QString root = cli.write(u"root.pem"_s, pebble.rootPem());
    const Run run = runClient(u"certbot"_s,
                              {u"register"_s, u"--server"_s, pebble.directoryUrl(), u"--config-dir"_s, folder,
                               u"--work-dir"_s, folder + u"/work"_s, u"--logs-dir"_s, folder + u"/logs"_s,
                               u"--agree-tos"_s, u"-m"_s, u"certbot@corp.example"_s, u"--no-eff-email"_s, u"-n"_s},
                              u"REQUESTS_CA_BUNDLE"_s, root);
    if (run.exitCode != 0)
        qFatal("certbot: %s%s", run.output.constData(), run.errors.constData());
    return folder;
}

/// lego registers an account in a folder of its own, and gets a certificate for lego.test.
QString legosFolder(const CommandLine& cli, const practice::PebbleServer& pebble)
{
    const QString folder = cli.path(u"lego"_s);
    const QString root = cli.write(u"root.pem"_s, pebble.rootPem());
    const Run run = runClient(u"lego"_s,
                              {u"--server"_s, pebble.directoryUrl(), u"--path"_s, folder, u"--email"_s,
                               u"lego@corp.example"_s, u"--accept-tos"_s, u"--http"_s, u"--http.port"_s,
                               u"127.0.0.1:%1"_s.arg(pebble.httpPort()), u"-d"_s, u"lego.test"_s, u"run"_s},
                              u"LEGO_CA_CERTIFICATES"_s, root);
    if (run.exitCode != 0)
        qFatal("lego: %s%s", run.output.constData(), run.errors.constData());
    return folder;
}

/// Every file below a folder with its bytes, to be compared.
QMap<QString, QByteArray> contents(const QString& folder)
{
    QMap<QString, QByteArray> all;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all.insert(file.fileName(), file.readAll());
    }
    return all;
}

QString fileBelow(const QString& folder, const QString& pattern)
{
    QDirIterator files(folder, {pattern}, QDir::Files, QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : QString();
}

Run import(const CommandLine& cli, const QString& path, const QStringList& more = {})
{
    return cli.run(QStringList {u"account"_s, u"import"_s, u"pebble"_s, path} + more);
}

bool canIssue(const CommandLine& cli, const practice::PebbleServer& pebble, const QString& name, const QString& account)
{
    const Run issued = cli.run(CommandLine::issuing({name}, pebble, {u"--account"_s, account}));
    if (issued.exitCode != 0)
        qWarning("%s", issued.errors.constData());
    return issued.exitCode == 0;
}

} // namespace

/// Accounts that the real certbot and lego made with a real server, taken over.
class TestAccountImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesOverAnAccountOfCertbot();
    void takesOverAnAccountOfLegoAndShowsItsOrders();
    void takesOverAnAccountInTheFormOfAcmeSh();
    void tellsThatAKeyHasNoAccountThere();
};

void TestAccountImport::takesOverAnAccountOfCertbot()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString folder = certbotsFolder(cli, *pebble.server);
    const auto before = contents(folder);
    const Run imported = import(cli, folder);
    QVERIFY2(imported.exitCode == 0, imported.output + imported.errors);
    QCOMPARE(imported.array().size(), 1);
    const QJsonObject account = imported.array().at(0).toObject();
    QCOMPARE(account[u"outcome"_s].toString(), u"imported"_s);
    QCOMPARE(account[u"format"_s].toString(), u"certbot"_s);
    QCOMPARE(account[u"contacts"_s].toArray(), QJsonArray {u"mailto:certbot@corp.example"_s});
    QVERIFY(canIssue(cli, *pebble.server, u"from-certbot.test"_s, account[u"id"_s].toString()));
    QCOMPARE(contents(folder), before);
    const Run asJwk = import(cli, fileBelow(folder, u"private_key.json"_s), {u"--format"_s, u"jwk"_s});
    QCOMPARE(asJwk.exitCode, 0);
    QCOMPARE(asJwk.array().at(0)[u"outcome"_s].toString(), u"known"_s);
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 1);
}

void TestAccountImport::takesOverAnAccountOfLegoAndShowsItsOrders()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString folder = legosFolder(cli, *pebble.server);
    const Run seen = import(cli, folder, {u"--dry-run"_s});
    QCOMPARE(seen.array().at(0)[u"outcome"_s].toString(), u"found"_s);
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 0);
    const Run imported = import(cli, folder);
    QVERIFY2(imported.exitCode == 0, imported.output + imported.errors);
    const QString id = imported.array().at(0)[u"id"_s].toString();
    QVERIFY(canIssue(cli, *pebble.server, u"from-lego.test"_s, id));
    const Run listed = cli.run({u"account"_s, u"orders"_s, id});
    QVERIFY2(listed.exitCode == 0, listed.errors.constData());
    QMap<QString, bool> ours;
    for (const QJsonValue& order : listed.array())
        ours.insert(order[u"names"_s][0].toString(), order[u"ours"_s].toBool());
    QCOMPARE(ours, (QMap<QString, bool> {{u"lego.test"_s, false}, {u"from-lego.test"_s, true}}));
    const Run asPem = import(cli, fileBelow(folder + u"/accounts"_s, u"*.key"_s));
    QCOMPARE(asPem.array().at(0)[u"outcome"_s].toString(), u"known"_s);
}

void TestAccountImport::takesOverAnAccountInTheFormOfAcmeSh()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const QString lego = legosFolder(cli, *pebble.server);
    const QString folder = cli.path(u"acme.sh/ca/127.0.0.1/dir"_s);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::copy(fileBelow(lego + u"/accounts"_s, u"*.key"_s), folder + u"/account.key"_s));
    cli.write(u"acme.sh/ca/127.0.0.1/dir/ca.conf"_s, "CA_EMAIL='acme.sh@corp.example'\n");
    const Run imported = import(cli, cli.path(u"acme.sh"_s));
    QVERIFY2(imported.exitCode == 0, imported.output + imported.errors);
    QCOMPARE(imported.array().at(0)[u"format"_s].toString(), u"acme.sh"_s);
    QVERIFY(canIssue(cli, *pebble.server, u"from-acme-sh.test"_s, imported.array().at(0)[u"id"_s].toString()));
}

void TestAccountImport::tellsThatAKeyHasNoAccountThere()
{
    const auto pebble = support::startPebble();
    const CommandLine cli;
    QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
    const Run absent = import(cli, QStringLiteral(TEST_DATA "/crypto/ec-p256.pem"));
    QCOMPARE(absent.exitCode, 1);
    QCOMPARE(absent.array().at(0)[u"outcome"_s].toString(), u"absent"_s);
    QVERIFY(absent.array().at(0)[u"detail"_s].toString().contains(u"accountDoesNotExist"_s));
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 0);
    const Run nothing = import(cli, cli.path(u"nowhere"_s));
    QCOMPARE(nothing.exitCode, 1);
    QVERIFY2(nothing.errors.contains("nowhere"), nothing.errors.constData());
}

SEALWRIGHT_TEST(TestAccountImport)

} // namespace tst_account_import

#include "tst_account_import.moc"
