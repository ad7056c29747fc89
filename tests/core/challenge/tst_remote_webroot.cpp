// SPDX-License-Identifier: Apache-2.0
#include "challenge/answer_claims.h"
#include "challenge/made_folders.h"
#include "challenge/remote_webroot_solver.h"
#include "challenge/sftp_queue.h"
#include "support/await.h"
#include "support/ssh_server.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <vector>

namespace tst_remote_webroot {

using base::ErrorCode;
using base::Result;
using base::Task;
using challenge::Answer;
using challenge::RemoteWebroot;
using challenge::RemoteWebrootSolver;
using challenge::SshHost;
using support::await;
using support::SshServer;
using namespace Qt::StringLiterals;

namespace {

const QString answers = u".well-known/acme-challenge"_s;

Answer answer(const QString& token)
{
    return {*base::Identifier::parse(u"a.example.org"_s), token, token + u".thumbprint"_s};
}

challenge::SshSettings settingsWith(const QString& configFile)
{
    challenge::SshSettings settings;
    settings.configFile = configFile;
    return settings;
}

RemoteWebrootSolver::Shared sharing(const challenge::SshSettings& settings)
{
    return {std::make_shared<challenge::AnswerClaims>(), std::make_shared<challenge::MadeFolders>(),
            std::make_shared<challenge::SftpQueue>(settings)};
}

std::unique_ptr<RemoteWebrootSolver> solverFor(const RemoteWebrootSolver::Shared& shared, const QString& folder,
                                               const QString& host = u"web"_s)
{
    return std::make_unique<RemoteWebrootSolver>(shared, *RemoteWebroot::parse(host, folder));
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isEmpty(const QString& folder)
{
    return QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

/// A host that takes connections and never says anything.
class SilentHost {
public:
    SilentHost()
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("%s", qPrintable(m_server.errorString()));
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket* socket = m_server.nextPendingConnection();
            most = std::max(most, ++m_open);
            ++connections;
            QObject::connect(socket, &QTcpSocket::disconnected, socket, [this] { --m_open; });
        });
    }
    quint16 port() const { return m_server.serverPort(); }

    int connections = 0;
    int most = 0; ///< at once

private:
    QTcpServer m_server;
    int m_open = 0;
};

} // namespace

/// Answers in the folder of a web server behind a real sshd.
class TestRemoteWebroot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void readsHosts_data();
    void readsHosts();
    void refusesWhatIsNoHost_data();
    void refusesWhatIsNoHost();
    void refusesWhatIsNoFolder_data();
    void refusesWhatIsNoFolder();
    void refusesWildcardsAndTokensThatArePaths();
    void writesAndRemovesAnAnswer();
    void worksInAFolderOfAnyName();
    void cleansUpByPlacementAlone();
    void removesItsFoldersAfterAKillAndAnotherTry();
    void leavesFoldersOfOthers();
    void leavesAnswersOfOtherOrders();
    void keepsAnAnswerUntilTheLastOrderNeedsItNoMore();
    void preparingLeavesNothingBehind();
    void needsNoFolderToHaveCleanedUp();
    void saysWhatIsInTheWay_data();
    void saysWhatIsInTheWay();
    void takesNoHostKeyThatIsNotKnown_data();
    void takesNoHostKeyThatIsNotKnown();
    void tellsThatAnAnswerCannotBeWrittenOrRemoved();
    void tellsThatThereIsNoSftp();
    void givesUpOnASilentHost();
    void canBeStopped();
    void manyAnswersTakeFewConnections();
    void oneFolderThatFailsLeavesTheOthersAlone();
    void startsFewProcessesAtOnce();

private:
    std::unique_ptr<RemoteWebrootSolver> solver(const QString& host = u"web"_s) const
    {
        return solverFor(m_shared, m_webroot->path(), host);
    }

    std::unique_ptr<SshServer> m_server;
    RemoteWebrootSolver::Shared m_shared;
    std::unique_ptr<QTemporaryDir> m_webroot;
};

void TestRemoteWebroot::initTestCase()
{
    m_server = std::make_unique<SshServer>();
}

void TestRemoteWebroot::init()
{
    m_server->makeKeyKnown(true);
    m_server->makeLoginRight(true);
    m_shared = sharing(settingsWith(m_server->clientConfig()));
    m_webroot = std::make_unique<QTemporaryDir>();
}

void TestRemoteWebroot::readsHosts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("alias") << u"web_1"_s << u"web_1"_s << QStringList {u"--"_s, u"web_1"_s};
    QTest::newRow("name") << u" www.corp.example "_s << u"www.corp.example"_s
                          << QStringList {u"--"_s, u"www.corp.example"_s};
    QTest::newRow("user and port") << u"deploy@www.corp.example:2222"_s << u"deploy@www.corp.example:2222"_s
                                   << QStringList {u"-P"_s, u"2222"_s, u"--"_s, u"deploy@www.corp.example"_s};
    QTest::newRow("IPv4") << u"192.0.2.1:22"_s << u"192.0.2.1:22"_s
                          << QStringList {u"-P"_s, u"22"_s, u"--"_s, u"192.0.2.1"_s};
    QTest::newRow("IPv6") << u"2001:db8::1"_s << u"[2001:db8::1]"_s << QStringList {u"--"_s, u"[2001:db8::1]"_s};
    QTest::newRow("IPv6 and port") << u"me@[2001:db8::1]:2222"_s << u"me@[2001:db8::1]:2222"_s
                                   << QStringList {u"-P"_s, u"2222"_s, u"--"_s, u"me@[2001:db8::1]"_s};
}

void TestRemoteWebroot::readsHosts()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(QStringList, arguments);
    const auto parsed = SshHost::parse(text);
    QVERIFY(parsed);
    QCOMPARE(parsed->toString(), host);
    QCOMPARE(parsed->sftpArguments(), arguments);
    QVERIFY(SshHost::parse(host) == *parsed);
}

void TestRemoteWebroot::refusesWhatIsNoHost_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("longer than any name") << QString(300, u'x');
    for (const char* text : {"",
                             "-oProxyCommand=touch /tmp/x",
                             "-F",
                             "me@-oProxyCommand=x",
                             "-l@host",
                             "a b",
                             "a\nb",
                             "host:/etc",
                             "host:",
                             "host:0",
                             "host:65536",
                             "host:22:33",
                             "sftp://host",
                             "host;id",
                             "$(id)",
                             "`id`",
                             "ho*st",
                             "ho?st",
                             "ho\"st",
                             "ho'st",
                             "ho\\st",
                             "a@b@c",
                             "@host",
                             "[host]",
                             "[::1",
                             "::1]",
                             "host%1",
                             "h\xc3\xb6st",
                             "host,other",
                             "host\n"
                             "-oProxyCommand=x"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestRemoteWebroot::refusesWhatIsNoHost()
{
    QFETCH(QString, text);
    const auto parsed = SshHost::parse(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code(), ErrorCode::InvalidInput);
    QCOMPARE(parsed.error().field(), u"webrootHost"_s);
}

void TestRemoteWebroot::refusesWhatIsNoFolder_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("empty") << QString();
    QTest::newRow("relative") << u"www"_s;
    QTest::newRow("home") << u"~/www"_s;
    QTest::newRow("option") << u"-www"_s;
    QTest::newRow("another command") << u"/srv\nrm *"_s;
    QTest::newRow("carriage return") << u"/srv\rrm *"_s;
    QTest::newRow("zero") << u"/srv\0/x"_s;
    for (const char* pattern : {"*", "?", "[", "]", "{", "}", "\\"})
        QTest::newRow(pattern) << u"/srv/"_s + QString::fromLatin1(pattern);
    QTest::newRow("longer than a line of sftp") << u'/' + QString(2000, u'x');
}

void TestRemoteWebroot::refusesWhatIsNoFolder()
{
    QFETCH(QString, folder);
    const auto parsed = RemoteWebroot::parse(u"web"_s, folder);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code(), ErrorCode::InvalidInput);
    QCOMPARE(parsed.error().field(), u"webroot"_s);
}

void TestRemoteWebroot::refusesWildcardsAndTokensThatArePaths()
{
    const auto prepared = await(solver()->prepare({*base::Identifier::parse(u"*.example.org"_s)}, {}));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().field(), u"names"_s);
    const auto presented = await(solver()->present(answer(u"../../index"_s), {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().code(), ErrorCode::Protocol);
    auto placement = solver()->placement(answer(u"one"_s));
    placement.insert(u"token"_s, u"../../victim"_s);
    QVERIFY(!await(solver()->cleanUp(placement)));
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::writesAndRemovesAnAnswer()
{
    const auto own = solver();
    QCOMPARE(own->challengeType(), u"http-01"_s);
    QVERIFY(await(own->prepare({*base::Identifier::parse(u"a.example.org"_s)}, {})));
    const auto placement = own->placement(answer(u"-one_"_s));
    QVERIFY(await(own->present(answer(u"-one_"_s), {})));
    QVERIFY(await(own->present(answer(u"-one_"_s), {})));
    const QString file = m_webroot->filePath(answers + u"/-one_"_s);
    QCOMPARE(contents(file), QByteArray("-one_.thumbprint"));
    QVERIFY(QFile::permissions(file) & QFile::ReadOther);
    QVERIFY(!(QFile::permissions(file) & (QFile::ExeOther | QFile::WriteOther)));
    for (const QString& folder : {u".well-known"_s, answers})
        QVERIFY(QFile::permissions(m_webroot->filePath(folder)) & QFile::ExeOther);
    QVERIFY(await(own->cleanUp(placement)));
    QVERIFY(await(own->cleanUp(placement)));
    QVERIFY(QFile::exists(m_webroot->path()));
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::worksInAFolderOfAnyName()
{
    const QStringList names {u"two words"_s,       u"quote\"quote"_s, u"quote'quote"_s, u"#1"_s,     u"-rf"_s,
                             u"$(touch x)"_s,      u"!touch x"_s,     u";x"_s,          u"\u00fc"_s, u"%h"_s,
                             u" around it all "_s, u"a,b"_s,          u"~"_s,           u"two"_s};
    const QDir parent(m_webroot->path());
    std::vector<std::unique_ptr<RemoteWebrootSolver>> solvers;
    for (const QString& name : names) {
        QVERIFY(parent.mkdir(name));
        solvers.push_back(solverFor(m_shared, m_webroot->path() + u'/' + name + u"//"_s));
    }
    const int before = m_server->logins();
    const auto forAll = [&](auto&& begin) {
        std::vector<Task<Result<void>>> tasks;
        for (const auto& each : solvers)
            tasks.push_back(begin(*each));
        for (Task<Result<void>>& task : tasks) {
            const auto outcome = await(std::move(task));
            if (!outcome)
                qFatal("%s", qPrintable(outcome.error().message()));
        }
    };
    forAll([](RemoteWebrootSolver& each) { return each.prepare({}, {}); });
    for (const QString& name : names)
        QVERIFY(isEmpty(parent.filePath(name)));
    forAll([](RemoteWebrootSolver& each) { return each.present(answer(u"one"_s), {}); });
    for (const QString& name : names)
        QCOMPARE(contents(parent.filePath(name) + u'/' + answers + u"/one"_s), QByteArray("one.thumbprint"));
    forAll([](RemoteWebrootSolver& each) { return each.cleanUp(each.placement(answer(u"one"_s))); });
    for (const QString& name : names)
        QVERIFY(isEmpty(parent.filePath(name)));
    QCOMPARE(parent.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), names.size());
    QCOMPARE(m_server->logins() - before, 4); // trying, tidying up after it, writing, removing
}

void TestRemoteWebroot::cleansUpByPlacementAlone()
{
    QJsonObject stored;
    {
        const auto first = solver();
        QVERIFY(await(first->prepare({}, {})));
        stored = first->placement(answer(u"one"_s));
        QVERIFY(await(first->present(answer(u"one"_s), {})));
    }
    const auto later = solverFor(sharing(settingsWith(m_server->clientConfig())), u"/nowhere"_s);
    QVERIFY(await(later->cleanUp(stored)));
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::removesItsFoldersAfterAKillAndAnotherTry()
{
    const auto killed = solver();
    QVERIFY(await(killed->prepare({}, {})));
    const QJsonObject stored = killed->placement(answer(u"one"_s));
    QVERIFY(await(killed->present(answer(u"one"_s), {})));
    m_shared = sharing(settingsWith(m_server->clientConfig())); // another process knows nothing of the first one
    const auto resumed = solver();
    QVERIFY(await(resumed->prepare({}, {})));
    QVERIFY(await(resumed->cleanUp(stored)));
    const QJsonObject placement = resumed->placement(answer(u"one"_s));
    QVERIFY(await(resumed->present(answer(u"one"_s), {})));
    m_shared = sharing(settingsWith(m_server->clientConfig()));
    QVERIFY(await(solver()->cleanUp(placement)));
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::leavesFoldersOfOthers()
{
    QVERIFY(QDir(m_webroot->path()).mkdir(u".well-known"_s));
    const auto own = solver();
    QVERIFY(await(own->prepare({}, {})));
    const auto placement = own->placement(answer(u"one"_s));
    QVERIFY(await(own->present(answer(u"one"_s), {})));
    QVERIFY(await(own->cleanUp(placement)));
    QVERIFY(QFile::exists(m_webroot->filePath(u".well-known"_s)));
    QVERIFY(!QFile::exists(m_webroot->filePath(answers)));
}

void TestRemoteWebroot::leavesAnswersOfOtherOrders()
{
    const auto first = solver();
    const auto second = solver();
    QVERIFY(await(first->prepare({}, {})));
    const auto one = first->placement(answer(u"one"_s));
    QVERIFY(await(first->present(answer(u"one"_s), {})));
    QVERIFY(await(second->prepare({}, {})));
    const auto two = second->placement(answer(u"two"_s));
    QVERIFY(await(second->present(answer(u"two"_s), {})));
    QVERIFY(await(first->cleanUp(one)));
    QVERIFY(!QFile::exists(m_webroot->filePath(answers + u"/one"_s)));
    QCOMPARE(contents(m_webroot->filePath(answers + u"/two"_s)), QByteArray("two.thumbprint"));
    QVERIFY(await(second->cleanUp(two)));
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::keepsAnAnswerUntilTheLastOrderNeedsItNoMore()
{
    const auto first = solver();
    const auto second = solver();
    const Answer common = answer(u"common"_s);
    QVERIFY(await(first->prepare({}, {})));
    const auto placement = first->placement(common);
    QVERIFY(await(first->present(common, {})));
    const auto later = second->placement(common);
    QVERIFY(await(second->present(common, {})));
    QVERIFY(await(first->cleanUp(placement)));
    QVERIFY(QFile::exists(m_webroot->filePath(answers + u"/common"_s)));
    QVERIFY(await(second->cleanUp(later)));
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::preparingLeavesNothingBehind()
{
    QVERIFY(await(solver()->prepare({}, {})));
    QVERIFY(isEmpty(m_webroot->path()));
    QVERIFY(QDir(m_webroot->path()).mkpath(answers));
    // what a process left that was killed while it tried
    QFile left(m_webroot->filePath(answers + u"/sealwright-probe"_s));
    QVERIFY(left.open(QIODevice::WriteOnly));
    QVERIFY(await(solver()->prepare({}, {})));
    QVERIFY(isEmpty(m_webroot->filePath(answers)));
}

void TestRemoteWebroot::needsNoFolderToHaveCleanedUp()
{
    const auto own = solver();
    const auto placement = own->placement(answer(u"one"_s));
    QVERIFY(await(own->cleanUp(placement)));
    QVERIFY(m_webroot->remove());
    QVERIFY(await(own->cleanUp(placement)));
}

void TestRemoteWebroot::saysWhatIsInTheWay_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("words");
    QTest::newRow("no folder") << u"web"_s << u"/nowhere/at/all"_s << ErrorCode::InvalidInput << u"webroot"_s
                               << u"/nowhere/at/all is no folder on web"_s;
    QTest::newRow("a file") << u"web"_s << u"/etc/passwd"_s << ErrorCode::InvalidInput << u"webroot"_s
                            << u"/etc/passwd is no folder on web"_s;
    QTest::newRow("a folder that takes no files")
        << u"web"_s << u"/proc"_s << ErrorCode::File << QString() << u"/proc on web cannot be written"_s;
    QTest::newRow("nobody listens") << u"web:1"_s << u"/tmp"_s << ErrorCode::Network << u"webrootHost"_s
                                    << u"web:1 cannot be reached"_s;
    QTest::newRow("unknown name") << u"nobody.invalid"_s << u"/tmp"_s << ErrorCode::Network << u"webrootHost"_s
                                  << u"nobody.invalid is neither an alias"_s;
}

void TestRemoteWebroot::saysWhatIsInTheWay()
{
    QFETCH(QString, host);
    QFETCH(QString, folder);
    QFETCH(ErrorCode, code);
    QFETCH(QString, field);
    QFETCH(QString, words);
    const auto prepared = await(solverFor(m_shared, folder, host)->prepare({}, {}));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code(), code);
    QCOMPARE(prepared.error().field(), field);
    QVERIFY2(prepared.error().detail().startsWith(words), qPrintable(prepared.error().detail()));
}

void TestRemoteWebroot::takesNoHostKeyThatIsNotKnown_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown") << u"unknown"_s << u"the host key of web is not in known_hosts"_s;
    QTest::newRow("changed") << u"changed"_s << u"web shows another host key than known_hosts has"_s;
    QTest::newRow("login") << u"login"_s << u"web refuses the login"_s;
}

void TestRemoteWebroot::takesNoHostKeyThatIsNotKnown()
{
    QFETCH(QString, what);
    QFETCH(QString, words);
    if (what == "unknown"_L1)
        m_server->makeKeyUnknown();
    else if (what == "changed"_L1)
        m_server->makeKeyKnown(false);
    else
        m_server->makeLoginRight(false);
    const QByteArray known = contents(m_server->knownHosts());
    const auto own = solver();
    for (const auto& outcome : {await(own->prepare({}, {})), await(own->present(answer(u"one"_s), {}))}) {
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code(), ErrorCode::File);
        QCOMPARE(outcome.error().field(), u"webrootHost"_s);
        QVERIFY2(outcome.error().detail().startsWith(words), qPrintable(outcome.error().detail()));
    }
    QCOMPARE(contents(m_server->knownHosts()), known);
    QVERIFY(isEmpty(m_webroot->path()));
}

void TestRemoteWebroot::tellsThatAnAnswerCannotBeWrittenOrRemoved()
{
    const SshServer readOnly(SshServer::Files::ReadOnly);
    const auto own = solverFor(sharing(settingsWith(readOnly.clientConfig())), m_webroot->path());
    const auto prepared = await(own->prepare({}, {}));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code(), ErrorCode::File);
    QCOMPARE(prepared.error().detail(),
             u"%1 on web cannot be written: permission denied to the login that ssh uses"_s.arg(m_webroot->path()));
    QVERIFY(QDir(m_webroot->path()).mkpath(answers));
    QFile file(m_webroot->filePath(answers + u"/one"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto cleaned = await(own->cleanUp(own->placement(answer(u"one"_s))));
    QVERIFY(!cleaned);
    QCOMPARE(cleaned.error().code(), ErrorCode::File);
    QVERIFY(file.exists());
}

void TestRemoteWebroot::tellsThatThereIsNoSftp()
{
    const SshServer other(SshServer::Files::NoSftp);
    const auto there = await(solverFor(sharing(settingsWith(other.clientConfig())), u"/tmp"_s)->prepare({}, {}));
    QVERIFY(!there);
    QCOMPARE(there.error().code(), ErrorCode::Unsupported);
    QCOMPARE(there.error().detail(), u"web offers no sftp to this login"_s);
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    const auto here = await(solver()->prepare({}, {}));
    qputenv("PATH", path);
    QVERIFY(!here);
    QCOMPARE(here.error().code(), ErrorCode::NotFound);
    QVERIFY(here.error().detail().contains(u"openssh-client"_s));
}

void TestRemoteWebroot::givesUpOnASilentHost()
{
    const SilentHost silent;
    challenge::SshSettings settings = settingsWith(m_server->clientConfig());
    settings.patience = std::chrono::milliseconds(100);
    const QString host = u"web:%1"_s.arg(silent.port());
    const auto outcome = await(solverFor(sharing(settings), u"/tmp"_s, host)->prepare({}, {}));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code(), ErrorCode::Timeout);
    settings = settingsWith(m_server->clientConfig());
    settings.connecting = std::chrono::seconds(1);
    const auto noAnswer = await(solverFor(sharing(settings), u"/tmp"_s, host)->prepare({}, {}));
    QVERIFY(!noAnswer);
    QCOMPARE(noAnswer.error().code(), ErrorCode::Network);
    QVERIFY(noAnswer.error().detail().startsWith(host + u" does not answer as ssh"_s));
}

void TestRemoteWebroot::canBeStopped()
{
    const SilentHost silent;
    const auto own = solver(u"web:%1"_s.arg(silent.port()));
    std::stop_source stop;
    Task<Result<void>> running = own->prepare({}, stop.get_token());
    Task<Result<void>> waiting = own->present(answer(u"one"_s), stop.get_token());
    QTRY_COMPARE(silent.connections, 1);
    Task<Result<void>> later = own->present(answer(u"two"_s), stop.get_token());
    stop.request_stop();
    for (Task<Result<void>>* task : {&running, &waiting, &later}) {
        const auto outcome = await(std::move(*task));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code(), ErrorCode::Cancelled);
    }
    QCOMPARE(silent.connections, 1);
}

void TestRemoteWebroot::manyAnswersTakeFewConnections()
{
    constexpr int many = 100;
    const auto own = solver();
    const int before = m_server->logins();
    std::vector<Task<Result<void>>> tasks;
    for (int number = 0; number < many; ++number)
        tasks.push_back(own->present(answer(QString::number(number)), {}));
    for (Task<Result<void>>& task : tasks)
        QVERIFY(await(std::move(task)));
    QCOMPARE(QDir(m_webroot->filePath(answers)).count(), many + 2);
    tasks.clear();
    for (int number = 0; number < many; ++number)
        tasks.push_back(own->cleanUp(own->placement(answer(QString::number(number)))));
    for (Task<Result<void>>& task : tasks)
        QVERIFY(await(std::move(task)));
    QVERIFY(isEmpty(m_webroot->path()));
    QCOMPARE(m_server->logins() - before, 4);
}

void TestRemoteWebroot::oneFolderThatFailsLeavesTheOthersAlone()
{
    const auto good = solver();
    const auto bad = solverFor(m_shared, u"/nowhere"_s);
    std::vector<Task<Result<void>>> tasks;
    for (const QString& token : {u"a"_s, u"b"_s, u"c"_s}) {
        tasks.push_back(good->present(answer(token), {}));
        tasks.push_back(bad->present(answer(token), {}));
    }
    for (std::size_t at = 0; at < tasks.size(); ++at) {
        const auto outcome = await(std::move(tasks.at(at)));
        QCOMPARE(outcome.has_value(), at % 2 == 0);
    }
    for (const QString& token : {u"a"_s, u"b"_s, u"c"_s})
        QCOMPARE(contents(m_webroot->filePath(answers + u'/' + token)), token.toLatin1() + ".thumbprint");
}

void TestRemoteWebroot::startsFewProcessesAtOnce()
{
    constexpr int hosts = challenge::SftpQueue::sessionsAtOnce + 2;
    SilentHost silent;
    challenge::SshSettings settings = settingsWith(m_server->clientConfig());
    settings.connecting = std::chrono::seconds(1);
    const auto shared = sharing(settings);
    std::vector<std::unique_ptr<RemoteWebrootSolver>> solvers;
    std::vector<Task<Result<void>>> tasks;
    for (int number = 0; number < hosts; ++number) {
        solvers.push_back(solverFor(shared, u"/tmp"_s, u"web%1:%2"_s.arg(number).arg(silent.port())));
        tasks.push_back(solvers.back()->prepare({}, {}));
    }
    for (Task<Result<void>>& task : tasks)
        QVERIFY(!await(std::move(task)));
    QVERIFY(silent.most <= static_cast<int>(challenge::SftpQueue::sessionsAtOnce));
}

SEALWRIGHT_TEST(TestRemoteWebroot)

} // namespace tst_remote_webroot

#include "tst_remote_webroot.moc"
