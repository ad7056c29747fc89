// SPDX-License-Identifier: Apache-2.0
#include "app/cli/issue_options.h"
#include "app/cli/passphrase.h"
#include "app/cli/proof_options.h"
#include "app/cli/solver_option.h"
#include "support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_issue_options {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

QString fileWith(const QTemporaryDir& folder, const QByteArray& bytes)
{
    QFile file(folder.filePath(u"file"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the file of a test");
    return file.fileName();
}

} // namespace

/// Files that the command line names: lists of names and secrets.
class TestIssueOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOneCertificateALine();
    void namesTheLineThatIsWrong();
    void refusesAFileWithoutNames();
    void readsTheFirstLineOfASecret_data();
    void readsTheFirstLineOfASecret();
    void refusesAnEmptySecret();
    void takesThePassphraseOfTheServiceManager();
    void readsWhereTheFolderOfAWebServerIs();
    void readsWhoseHookAProgramIs();
};

void TestIssueOptions::readsOneCertificateALine()
{
    const QTemporaryDir folder;
    const auto batch = cli::readBatchFile(
        fileWith(folder, "# first\na.test\twww.a.test\r\n\n   \n*.b.test 192.0.2.1 2001:DB8::1  \n#end"));
    QVERIFY(batch);
    QCOMPARE(batch->size(), 2);
    QCOMPARE(base::identifierValues(batch->at(0)), QStringList({u"a.test"_s, u"www.a.test"_s}));
    QCOMPARE(base::identifierValues(batch->at(1)), QStringList({u"*.b.test"_s, u"192.0.2.1"_s, u"2001:db8::1"_s}));
}

void TestIssueOptions::namesTheLineThatIsWrong()
{
    const QTemporaryDir folder;
    const auto batch = cli::readBatchFile(fileWith(folder, "a.test\n\nb..test\n"));
    QVERIFY(!batch);
    QCOMPARE(batch.error().field(), u"batch"_s);
    QVERIFY(batch.error().message().contains(u"line 3"_s));
}

void TestIssueOptions::refusesAFileWithoutNames()
{
    const QTemporaryDir folder;
    QCOMPARE(cli::readBatchFile(fileWith(folder, "# nothing\n")).error().field(), u"batch"_s);
    QCOMPARE(cli::readBatchFile(folder.filePath(u"missing"_s)).error().code(), ErrorCode::File);
}

void TestIssueOptions::readsWhereTheFolderOfAWebServerIs()
{
    const auto proof = [](const QHash<QString, QStringList>& options) {
        cli::Arguments arguments;
        arguments.options = options;
        arguments.options.insert(u"challenge"_s, {u"http-01"_s});
        return cli::proofFrom(arguments);
    };
    const QString host = u"webroot-host"_s;
    const QString folder = u"webroot"_s;
    const auto remote = proof({{host, {u" me@web:2222"_s}}, {folder, {u"/srv/www/"_s}}});
    QVERIFY(remote);
    QVERIFY(*remote == challenge::ProofSettings::http01Remote(u"me@web:2222"_s, u"/srv/www"_s));
    QVERIFY(proof({{folder, {u"/srv/www"_s}}})->host.isEmpty());
    QCOMPARE(proof({{host, {u"web"_s}}}).error().field(), host);
    QCOMPARE(proof({{host, {u"web"_s}}, {u"listen"_s, {u":80"_s}}}).error().field(), host);
    QCOMPARE(proof({{host, {u"-F/x"_s}}, {folder, {u"/srv/www"_s}}}).error().field(), host);
    QCOMPARE(proof({{host, {u"web"_s}}, {folder, {u"www"_s}}}).error().field(), folder);
}

void TestIssueOptions::readsWhoseHookAProgramIs()
{
    const auto solver = [](const QString& how, const QStringList& whose) {
        cli::Arguments arguments;
        arguments.options = {{u"dns"_s, {how}}, {u"dns-program"_s, {u"/usr/bin/hook"_s}}};
        if (!whose.isEmpty())
            arguments.options.insert(u"dns-hook"_s, whose);
        return cli::solverDetailsFrom(arguments);
    };
    using challenge::DnsMethod;
    QVERIFY(solver(u"program"_s, {})->method == DnsMethod::CertbotHooks);
    QVERIFY(solver(u"program"_s, {u"certbot"_s})->method == DnsMethod::CertbotHooks);
    QVERIFY(solver(u"program"_s, {u"dehydrated"_s})->method == DnsMethod::DehydratedHook);
    QCOMPARE(solver(u"program"_s, {u"somebody"_s}).error().field(), u"dns-hook"_s);
    QCOMPARE(solver(u"somehow"_s, {}).error().field(), u"dns"_s);
}

void TestIssueOptions::readsTheFirstLineOfASecret_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no newline") << QByteArray("pass word");
    QTest::newRow("newline") << QByteArray("pass word\n");
    QTest::newRow("carriage return") << QByteArray("pass word\r\n");
    QTest::newRow("more lines") << QByteArray("pass word\nsecond\n");
}

void TestIssueOptions::readsTheFirstLineOfASecret()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    const auto secret = cli::secretFromFile(fileWith(folder, bytes), u"key-file"_s);
    QVERIFY(secret);
    QCOMPARE(secret->view().toByteArray(), "pass word");
}

void TestIssueOptions::refusesAnEmptySecret()
{
    const QTemporaryDir folder;
    const auto secret = cli::secretFromFile(fileWith(folder, "\nsecond\n"), u"key-file"_s);
    QVERIFY(!secret);
    QCOMPARE(secret.error().field(), u"key-file"_s);
}

void TestIssueOptions::takesThePassphraseOfTheServiceManager()
{
    const QTemporaryDir folder;
    qputenv("CREDENTIALS_DIRECTORY", QFile::encodeName(folder.path()));
    const auto none = cli::passphraseFromFile(QString());
    QVERIFY(none && !*none);
    QFile file(folder.filePath(u"sealwright"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("from the manager\n") > 0);
    file.close();
    const auto found = cli::passphraseFromFile(QString());
    QVERIFY(found && *found);
    QCOMPARE((*found)->view().toByteArray(), "from the manager");
    QFile explicitly(folder.filePath(u"explicit"_s));
    QVERIFY(explicitly.open(QIODevice::WriteOnly) && explicitly.write("explicit\n") > 0);
    explicitly.close();
    QCOMPARE((*cli::passphraseFromFile(explicitly.fileName()))->view().toByteArray(), "explicit");
}

SEALWRIGHT_TEST(TestIssueOptions)

} // namespace tst_issue_options

#include "tst_issue_options.moc"
