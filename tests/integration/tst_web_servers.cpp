// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/free_port.h"
#include "support/pebble_server.h"
#include "support/ssh_server.h"
#include "support/test_program.h"
#include "support/web_server.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

namespace tst_web_servers {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;
using support::WebServer;

namespace {

/// The blocks of a language in the help, in their order.
QByteArrayList recipes(const QByteArray& language)
{
    QFile file(QStringLiteral(SOURCE_ROOT "/resources/help/reverse-proxy.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    QByteArrayList found;
    const QByteArray text = file.readAll();
    const QByteArray start = "\n```" + language + '\n';
    for (qsizetype at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1))
        found.append(text.mid(at + start.size(), text.indexOf("\n```\n", at + 1) - at - start.size()));
    return found;
}

bool isEmpty(const QString& folder)
{
    return QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

/// http-01 where a web server has the port that the authority asks: as a proxy in front of the responder, and on
/// another host, reached by ssh, that serves a folder.
class TestWebServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void issuesBehindAReverseProxy_data();
    void issuesBehindAReverseProxy();
    void issuesAndRenewsThroughTheFolderOfAnotherHost();
    void cleansUpOnTheOtherHostAfterAKill();
    void looksAtTheOtherHostBeforeTheOrder();

private:
    QStringList issuing(const QString& name, const QStringList& how) const
    {
        return QStringList {u"certificate"_s, u"issue"_s,       name,        u"--authority"_s,
                            u"pebble"_s,      u"--challenge"_s, u"http-01"_s}
        + how;
    }
    QStringList remotely(const QString& host = u"web"_s) const
    {
        return {u"--webroot-host"_s, host, u"--webroot"_s, m_webroot.path()};
    }
    std::unique_ptr<WebServer> serveFolder() const
    {
        return WebServer::nginx(m_pebble->httpPort(), "root \"" + m_webroot.path().toUtf8() + "\";");
    }

    support::RunningPebble m_pebble;
    std::unique_ptr<CommandLine> m_cli;
    std::unique_ptr<support::SshServer> m_ssh;
    QTemporaryDir m_webroot;
};

void TestWebServers::initTestCase()
{
    practice::PebbleOptions options;
    options.authzReuse = 0;
    m_pebble = support::startPebble(options);
    m_ssh = std::make_unique<support::SshServer>();
    qputenv("SEALWRIGHT_SSH_CONFIG", m_ssh->clientConfig().toUtf8());
    m_cli = std::make_unique<CommandLine>();
    m_cli->prepare(*m_pebble.server);
}

void TestWebServers::issuesBehindAReverseProxy_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<int>("recipe");
    QTest::addColumn<QByteArray>("status"); // of the proxy's own answer
    QTest::newRow("nginx passes on") << u"nginx"_s << 0 << QByteArray(" 200 ");
    QTest::newRow("nginx redirects") << u"nginx"_s << 1 << QByteArray(" 302 ");
    QTest::newRow("haproxy passes on") << u"haproxy"_s << 0 << QByteArray(" 200 ");
    QTest::newRow("haproxy redirects") << u"haproxy"_s << 1 << QByteArray(" 302 ");
}

void TestWebServers::issuesBehindAReverseProxy()
{
    QFETCH(QString, program);
    QFETCH(int, recipe);
    QFETCH(QByteArray, status);
    const QByteArrayList texts = recipes(program.toLatin1());
    QCOMPARE(texts.size(), 2);
    const QByteArray responder = "127.0.0.1:" + QByteArray::number(support::freePort());
    const QByteArray proxied = "127.0.0.1:" + QByteArray::number(m_pebble->httpPort());
    QByteArray text = texts.at(recipe);
    QCOMPARE(text.count("sealwright.corp.example:8402"), 1);
    text.replace("sealwright.corp.example:8402", responder).replace("bind :80", "bind " + proxied);
    const auto proxy = program == "nginx"_L1 ? WebServer::nginx(m_pebble->httpPort(), text)
                                             : WebServer::haproxy(m_pebble->httpPort(), text);
    const QString name = u"%1-%2.example.org"_s.arg(program).arg(recipe);
    const Run issued = m_cli->run(issuing(name, {u"--listen"_s, QString::fromLatin1(responder)}));
    QVERIFY2(issued.exitCode == 0, issued.errors + proxy->log());
    QVERIFY2(proxy->log().contains("/.well-known/acme-challenge/"), proxy->log());
    QVERIFY2(proxy->log().contains(status), proxy->log());
}

void TestWebServers::issuesAndRenewsThroughTheFolderOfAnotherHost()
{
    const auto server = serveFolder();
    const int before = m_ssh->logins();
    const Run issued =
        m_cli->run(issuing(u"a.example.org"_s, QStringList {u"b.example.org"_s, u"c.example.org"_s} + remotely()));
    QVERIFY2(issued.exitCode == 0, issued.errors + server->log() + m_ssh->log());
    QVERIFY(isEmpty(m_webroot.path()));
    QCOMPARE(m_ssh->logins() - before, 4); // trying, tidying up after it, writing, removing
    const Run renewed = m_cli->run({u"certificate"_s, u"renew"_s, issued.object()[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors);
    QVERIFY(isEmpty(m_webroot.path()));
}

void TestWebServers::cleansUpOnTheOtherHostAfterAKill()
{
    QTcpServer silent; // keeps the authority waiting, and so the answer in place
    QVERIFY(silent.listen(QHostAddress::LocalHost, m_pebble->httpPort()));
    const Run killed = m_cli->runAndKillWhen(issuing(u"killed.example.org"_s, remotely()),
                                             [&] { return silent.hasPendingConnections(); });
    QCOMPARE(killed.exitCode, -1);
    const QDir answers(m_webroot.filePath(u".well-known/acme-challenge"_s));
    QCOMPARE(answers.entryList(QDir::Files).size(), 1);
    silent.close();
    m_cli->run({u"order"_s, u"resume"_s}); // refused: nobody answered for the killed process
    QVERIFY(isEmpty(m_webroot.path()));
}

void TestWebServers::looksAtTheOtherHostBeforeTheOrder()
{
    const auto orders = m_cli->run({u"order"_s, u"list"_s}).array().size();
    const Run nowhere = m_cli->run(issuing(u"no.example.org"_s, remotely(u"web:1"_s)));
    QCOMPARE(nowhere.exitCode, 1);
    QVERIFY2(nowhere.errors.contains("web:1 cannot be reached"), nowhere.errors);
    m_ssh->makeKeyUnknown();
    const Run unknown = m_cli->run(issuing(u"no.example.org"_s, remotely()));
    m_ssh->makeKeyKnown(true);
    QCOMPARE(unknown.exitCode, 1);
    QVERIFY2(unknown.errors.contains("the host key of web is not in known_hosts"), unknown.errors);
    const Run hostile = m_cli->run(issuing(u"no.example.org"_s, remotely(u"-oProxyCommand=false"_s)));
    QCOMPARE(hostile.exitCode, 2);
    QCOMPARE(m_cli->run({u"order"_s, u"list"_s}).array().size(), orders);
}

SEALWRIGHT_TEST(TestWebServers)

} // namespace tst_web_servers

#include "tst_web_servers.moc"
