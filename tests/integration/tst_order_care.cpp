// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "lifecycle/issue_command.h"
#include "support/bind_server.h"
#include "support/pebble_server.h"
#include "support/shell.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_order_care {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};

/// Whom the authority can reach from the beginning.
support::BindZone zone()
{
    return {u"corp.example"_s, "good IN A 127.0.0.1\nalso IN A 127.0.0.1\n", ownKey.name};
}

practice::PebbleOptions resolvingBy(const support::BindServer& bind)
{
    practice::PebbleOptions options;
    options.dnsServer = bind.address();
    options.authzReuse = 100; // what is proved stays proved
    return options;
}

QStringList namesIn(const QJsonObject& document)
{
    QStringList names;
    for (const QJsonValue& name : document[u"names"_s].toArray())
        names.append(name.toString());
    names.sort();
    return names;
}

} // namespace

/// Orders that went wrong, at pebble: tried again, reported, and copied for a shell.
class TestOrderCare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void challengesOnlyTheNamesThatFailedAgain();
    void ordersTheFailedNamesAlone();
    void ordersTheOthersWithoutTheFailedNames();
    void refusesContradictions();
    void reportsAsMarkdown();
    void ordersTheSameByTheCopiedCommand();

private:
    QString failedOrder() const;
    void makeReachable() const;
    /// The names that the order's run put answers in place for.
    QStringList challenged(const QString& order) const;

    std::unique_ptr<support::BindServer> m_bind;
    support::RunningPebble m_pebble;
    std::unique_ptr<CommandLine> m_cli;
    QString m_bad; ///< whom the authority cannot reach, until makeReachable()
    int m_tests = 0;
};

void TestOrderCare::initTestCase()
{
    m_bind = std::make_unique<support::BindServer>(QList {zone()}, QList {ownKey});
    m_pebble = support::startPebble(resolvingBy(*m_bind));
}

void TestOrderCare::init()
{
    m_bad = u"bad-%1.corp.example"_s.arg(++m_tests);
    m_cli = std::make_unique<CommandLine>(); // an account of its own, since authorizations are an account's
    m_cli->prepare(*m_pebble.server);
}

QString TestOrderCare::failedOrder() const
{
    const Run failed =
        m_cli->run(CommandLine::issuing({u"good.corp.example"_s, m_bad, u"also.corp.example"_s}, *m_pebble.server));
    if (failed.exitCode != 1)
        qFatal("the order was to fail: %s", failed.errors.constData());
    return m_cli->run({u"order"_s, u"list"_s}).array()[0][u"id"_s].toString();
}

void TestOrderCare::makeReachable() const
{
    const QString key = m_cli->write(u"own.key"_s, ownKey.clause());
    const support::Shell shell;
    const auto updated =
        shell.run(u"printf '%s\\n' 'server 127.0.0.1 %1' 'update add %2. 1 A 127.0.0.1' send | nsupdate -k %3"_s
                      .arg(m_bind->port())
                      .arg(m_bad, key));
    if (updated.exitCode != 0)
        qFatal("%s", updated.errors.constData());
}

QStringList TestOrderCare::challenged(const QString& order) const
{
    QStringList names;
    for (const QJsonValue& event : m_cli->run({u"order"_s, u"show"_s, order}).object()[u"events"_s].toArray())
        if (event[u"state"_s].toString() == u"presenting")
            names.append(event[u"identifier"_s].toString());
    names.sort();
    return names;
}

void TestOrderCare::challengesOnlyTheNamesThatFailedAgain()
{
    const QString failed = failedOrder();
    QCOMPARE(challenged(failed).size(), 3);
    const QString certificate = m_cli->run({u"order"_s, u"show"_s, failed}).object()[u"certificate"_s].toString();
    const Run again = m_cli->run({u"order"_s, u"retry"_s, failed});
    QCOMPARE(again.exitCode, 1); // nothing has changed
    QVERIFY2(again.errors.contains(m_bad.toLatin1()), again.errors);

    makeReachable();
    const Run issued = m_cli->run({u"order"_s, u"retry"_s, failed});
    QVERIFY2(issued.exitCode == 0, issued.errors);
    QCOMPARE(issued.object()[u"id"_s].toString(), certificate);
    QCOMPARE(namesIn(issued.object()).size(), 3);
    QCOMPARE(challenged(issued.object()[u"order"_s].toString()), QStringList {m_bad});
}

void TestOrderCare::ordersTheFailedNamesAlone()
{
    const QString failed = failedOrder();
    makeReachable();
    const Run issued = m_cli->run({u"order"_s, u"retry"_s, failed, u"--failed-only"_s});
    QVERIFY2(issued.exitCode == 0, issued.errors);
    QCOMPARE(namesIn(issued.object()), QStringList {m_bad});
    QCOMPARE(m_cli->run({u"certificate"_s, u"list"_s}).array().size(), 2);
}

void TestOrderCare::ordersTheOthersWithoutTheFailedNames()
{
    const Run issued = m_cli->run({u"order"_s, u"retry"_s, failedOrder(), u"--without-failed"_s});
    QVERIFY2(issued.exitCode == 0, issued.errors);
    QCOMPARE(namesIn(issued.object()), QStringList({u"also.corp.example"_s, u"good.corp.example"_s}));
    QCOMPARE(challenged(issued.object()[u"order"_s].toString()), QStringList());
}

void TestOrderCare::refusesContradictions()
{
    QCOMPARE(m_cli->run({u"order"_s, u"retry"_s, u"nothing"_s, u"--failed-only"_s, u"--without-failed"_s}).exitCode, 2);
    const Run unknown = m_cli->run({u"order"_s, u"retry"_s, u"nothing"_s});
    QCOMPARE(unknown.exitCode, 1);
}

void TestOrderCare::reportsAsMarkdown()
{
    const QString failed = failedOrder();
    const Run run = m_cli->run({u"order"_s, u"report"_s, failed});
    QVERIFY2(run.exitCode == 0, run.errors);
    const QString report = run.object()[u"markdown"_s].toString();
    const QString orderUrl = m_cli->run({u"order"_s, u"show"_s, failed}).object()[u"orderUrl"_s].toString();
    for (const QString& part :
         {u"# Order for good.corp.example, %1, also.corp.example"_s.arg(m_bad), orderUrl, m_pebble->directoryUrl(),
          u"### `%1`"_s.arg(m_bad), u"Proved: "_s, u"urn:ietf:params:acme:error:"_s})
        QVERIFY2(report.contains(part), qPrintable(part + u"\n\n"_s + report));
    QVERIFY(!report.contains(QString::fromLatin1(CommandLine::passphrase())));
}

void TestOrderCare::ordersTheSameByTheCopiedCommand()
{
    const QString name = u"Corp's \"CA\" $(touch mark); touch mark"_s;
    QCOMPARE(m_cli->run({u"authority"_s, u"update"_s, u"pebble"_s, u"--name"_s, name}).exitCode, 0);
    lifecycle::IssueRequest request;
    request.names = base::parseIdentifiers({u"good.corp.example"_s}).value();
    request.proof = challenge::ProofSettings::http01Listening(u"127.0.0.1:%1"_s.arg(m_pebble->httpPort()));
    support::Shell shell;
    shell.addPrograms(QStringLiteral(BINARY_ROOT "/bin"));
    const auto issued = shell.run(lifecycle::issueCommand(request, name)
                                  + u" --json --data-dir %1 --passphrase-file %2"_s.arg(
                                      m_cli->dataFolder(), m_cli->write(u"again"_s, CommandLine::passphrase() + '\n')));
    QVERIFY2(issued.exitCode == 0, issued.errors);
    QCOMPARE(namesIn(QJsonDocument::fromJson(issued.output).object()), QStringList {u"good.corp.example"_s});
    QVERIFY(shell.isUntouched());
}

SEALWRIGHT_TEST(TestOrderCare)

} // namespace tst_order_care

#include "tst_order_care.moc"
