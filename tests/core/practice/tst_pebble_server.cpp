// SPDX-License-Identifier: Apache-2.0
#include "practice/pebble_server.h"

#include "practice/practice_tls.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTest>

#include <cstdio>

namespace tst_pebble_server {

using practice::PebbleOptions;
using practice::PebbleServer;
using support::await;
using support::startPebble;
using namespace Qt::StringLiterals;

namespace {

/// The body of `url`, fetched with no trust but in `rootPem`; empty where the server was not trusted.
QByteArray fetch(const QString& url, const QByteArray& rootPem)
{
    QNetworkAccessManager manager;
    QNetworkRequest request {QUrl(url)};
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromData(rootPem, QSsl::Pem));
    request.setSslConfiguration(tls);
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }) || reply->error() != QNetworkReply::NoError)
        return {};
    return reply->readAll();
}

QJsonObject directoryOf(const PebbleServer& server)
{
    return QJsonDocument::fromJson(fetch(server.directoryUrl(), server.rootPem())).object();
}

/// Whether the process runs; one that ended and was not collected by whoever inherited it does not.
bool runs(qint64 processId)
{
    QFile file(u"/proc/%1/stat"_s.arg(processId));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

QList<qint64> childrenOf(qint64 processId)
{
    QFile file(u"/proc/%1/task/%1/children"_s.arg(processId));
    QList<qint64> children;
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& child : file.readAll().simplified().split(' '))
            if (!child.isEmpty())
                children.append(child.toLongLong());
    return children;
}

/// Sets the program for as long as it lives.
class Program {
public:
    explicit Program(const QString& path)
        : m_before(qgetenv("SEALWRIGHT_PEBBLE"))
    {
        qputenv("SEALWRIGHT_PEBBLE", QFile::encodeName(path));
    }
    ~Program() { m_before.isEmpty() ? qunsetenv("SEALWRIGHT_PEBBLE") : qputenv("SEALWRIGHT_PEBBLE", m_before); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

private:
    QByteArray m_before;
};

} // namespace

class TestPebbleServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWithItsOwnRoot();
    void isRefusedWithAnotherRoot();
    void offersItsIssuingRoot();
    void requiresExternalAccountBinding();
    void startsInStrictMode();
    void keepsRootAndPortAcrossRestarts();
    void runsBesideAnother();
    void saysThatAFixedPortIsTaken();
    void endsWithItsObject();
    void endsWithAKilledProgram();
    void saysThatItIsNotInstalled();
    void repeatsTheLastWordsOfABrokenProgram();
    void stopsWhileStarting();
};

void TestPebbleServer::answersWithItsOwnRoot()
{
    const auto pebble = startPebble();
    QVERIFY(pebble->isRunning());
    QVERIFY(pebble->directoryUrl().startsWith(u"https://localhost:"_s));
    const QJsonObject directory = directoryOf(*pebble.server);
    QVERIFY(directory.contains("newNonce"_L1));
    QVERIFY(directory.value("newOrder"_L1).toString().startsWith(u"https://localhost:"_s));
    QVERIFY(pebble->output().contains("ACME directory available"));
}

void TestPebbleServer::isRefusedWithAnotherRoot()
{
    const auto pebble = startPebble();
    const QTemporaryDir other;
    const auto tls = practice::practiceTls(other.path(), QDateTime::currentDateTimeUtc());
    QVERIFY(tls);
    QCOMPARE(fetch(pebble->directoryUrl(), tls->rootPem), QByteArray());
    QVERIFY(!fetch(pebble->directoryUrl(), pebble->rootPem()).isEmpty());
}

void TestPebbleServer::offersItsIssuingRoot()
{
    const auto pebble = startPebble();
    const QByteArray root = fetch(pebble->managementUrl() + u"/roots/0"_s, pebble->rootPem());
    QVERIFY(root.startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(root != pebble->rootPem());
}

void TestPebbleServer::requiresExternalAccountBinding()
{
    PebbleOptions options;
    options.eabRequired = true;
    options.eabKeys = {{u"kid-1"_s, u"zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"_s}};
    const auto pebble = startPebble(options);
    const QJsonObject meta = directoryOf(*pebble.server).value("meta"_L1).toObject();
    QCOMPARE(meta.value("externalAccountRequired"_L1).toBool(), true);
}

void TestPebbleServer::startsInStrictMode()
{
    PebbleOptions options;
    options.strict = true;
    const auto pebble = startPebble(options);
    QVERIFY(directoryOf(*pebble.server).contains("newNonce"_L1));
    QFile commandLine(u"/proc/%1/cmdline"_s.arg(pebble->processId()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    QVERIFY(commandLine.readAll().split('\0').contains("-strict"));
}

void TestPebbleServer::keepsRootAndPortAcrossRestarts()
{
    const QTemporaryDir folder;
    PebbleOptions options;
    auto first = await(PebbleServer::start(options, folder.path(), {}));
    QVERIFY(first);
    const QString url = (*first)->directoryUrl();
    const QByteArray root = (*first)->rootPem();
    first->reset();
    options.port = QUrl(url).port();
    const auto second = await(PebbleServer::start(options, folder.path(), {}));
    QVERIFY(second);
    QCOMPARE((*second)->directoryUrl(), url);
    QCOMPARE((*second)->rootPem(), root);
    QVERIFY(!fetch(url, root).isEmpty());
}

void TestPebbleServer::runsBesideAnother()
{
    const auto first = startPebble();
    const auto second = startPebble();
    QVERIFY(directoryOf(*first.server).contains("newNonce"_L1));
    QVERIFY(directoryOf(*second.server).contains("newNonce"_L1));
    QVERIFY(first->httpPort() != second->httpPort());
    QVERIFY(first->dnsManagementUrl() != second->dnsManagementUrl());
}

void TestPebbleServer::saysThatAFixedPortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    PebbleOptions options;
    options.port = other.serverPort();
    const QTemporaryDir folder;
    const auto started = await(PebbleServer::start(options, folder.path(), {}));
    QVERIFY(!started);
    QCOMPARE(started.error().code(), base::ErrorCode::AddressInUse);
}

void TestPebbleServer::endsWithItsObject()
{
    auto pebble = startPebble();
    const qint64 id = pebble->processId();
    const QList<qint64> children = childrenOf(QCoreApplication::applicationPid());
    QVERIFY(children.contains(id));
    pebble.server.reset();
    for (const qint64 child : children)
        QVERIFY(!runs(child));
}

void TestPebbleServer::endsWithAKilledProgram()
{
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QCoreApplication::applicationFilePath(), {u"pebble_server"_s, u"--only-run-pebble"_s});
    QTRY_VERIFY_WITH_TIMEOUT(program.canReadLine(), 30000);
    const QList<qint64> children = childrenOf(program.processId());
    const qint64 pebble = program.readLine().trimmed().toLongLong();
    QVERIFY(children.contains(pebble));
    QVERIFY(runs(pebble));
    program.kill();
    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    for (const qint64 child : children)
        QTRY_VERIFY(!runs(child));
}

void TestPebbleServer::saysThatItIsNotInstalled()
{
    const Program missing(u"/nowhere/pebble"_s);
    QVERIFY(!PebbleServer::installedProgram());
    const QTemporaryDir folder;
    const auto started = await(PebbleServer::start({}, folder.path(), {}));
    QVERIFY(!started);
    QCOMPARE(started.error().code(), base::ErrorCode::NotFound);
}

void TestPebbleServer::repeatsTheLastWordsOfABrokenProgram()
{
    const QTemporaryDir folder;
    QFile script(folder.filePath(u"pebble"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\necho first\necho unreadable configuration >&2\nexit 1\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    const Program broken(script.fileName());
    const auto started = await(PebbleServer::start({}, folder.filePath(u"practice"_s), {}));
    QVERIFY(!started);
    QCOMPARE(started.error().code(), base::ErrorCode::Network);
    QVERIFY2(started.error().message().endsWith(u"unreadable configuration"_s), qPrintable(started.error().message()));
}

void TestPebbleServer::stopsWhileStarting()
{
    const QTemporaryDir folder;
    std::stop_source stop;
    stop.request_stop();
    const auto started = await(PebbleServer::start({}, folder.path(), stop.get_token()));
    QVERIFY(!started);
    QCOMPARE(started.error().code(), base::ErrorCode::Cancelled);
    QVERIFY(childrenOf(QCoreApplication::applicationPid()).isEmpty());
}

static int run(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (!application.arguments().contains(u"--only-run-pebble"_s)) {
        TestPebbleServer test;
        return QTest::qExec(&test, argc, argv);
    }
    const auto pebble = startPebble();
    std::printf("%lld\n", static_cast<long long>(pebble->processId()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

static const support::TestProgram program(__FILE__, run);

} // namespace tst_pebble_server

#include "tst_pebble_server.moc"
