// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/pebble_server.h"
#include "support/test_program.h"
#include "support/txt_values.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

namespace tst_dns01 {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

constexpr int mostEvents = 60;

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const support::BindKey otherKey {u"other.example"_s, u"hmac-sha512"_s, "c2VjcmV0IG9mIHRoZSBvdGhlciB6b25l"};

QList<support::BindZone> zones()
{
    return {{u"corp.example"_s, "_acme-challenge.moved IN CNAME moved.proofs.example.\n", ownKey.name},
            {u"proofs.example"_s, {}, otherKey.name}};
}

practice::PebbleOptions resolvingBy(const support::BindServer& bind)
{
    practice::PebbleOptions options;
    options.dnsServer = bind.address();
    options.authzReuse = 0;
    return options;
}

/// Everything that was written below a folder.
QByteArray contentsBelow(const QString& folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace

/// Whole orders over dns-01: the authority resolves through the BIND that the solver updates.
class TestDns01 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void issuesForANameAndItsWildcard();
    void renewsWithoutTheKeyFile();
    void followsAnAliasIntoAZoneWithItsOwnKey();
    void leavesNothingBehindKilledAtAnyStep();
    void findsAWrongKeyBeforeTheOrder();
    void keepsAGoodKeyWhereABadOneIsGiven();
    void keepsSolversAndTriesThemOut();

private:
    QStringList issuing(const QStringList& names, const QStringList& how) const
    {
        return QStringList {u"certificate"_s, u"issue"_s} + names
            + QStringList {u"--authority"_s, u"pebble"_s, u"--challenge"_s, u"dns-01"_s} + how;
    }
    QStringList byKeyFile(const QString& file) const
    {
        return {u"--dns"_s, u"rfc2136"_s, u"--dns-server"_s, m_bind->address(), u"--tsig-file"_s, file};
    }
    qsizetype records(const QString& name) const { return support::txtValues(*m_bind, name).size(); }

    std::unique_ptr<support::BindServer> m_bind;
    support::RunningPebble m_pebble;
    std::unique_ptr<CommandLine> m_cli;
    QString m_keyFile;
};

void TestDns01::init()
{
    m_bind = std::make_unique<support::BindServer>(zones(), QList {ownKey, otherKey},
                                                   support::BindServer::Service::Resolving);
    m_pebble = support::startPebble(resolvingBy(*m_bind));
    m_cli = std::make_unique<CommandLine>();
    m_cli->prepare(*m_pebble.server);
    m_keyFile = m_cli->write(u"own.key"_s, ownKey.clause());
}

void TestDns01::issuesForANameAndItsWildcard()
{
    const Run issued = m_cli->run(issuing({u"www.corp.example"_s, u"*.www.corp.example"_s}, byKeyFile(m_keyFile)));
    QVERIFY2(issued.exitCode == 0, issued.errors + m_bind->log());
    QCOMPARE(issued.object()[u"state"_s].toString(), u"valid"_s);
    QCOMPARE(records(u"_acme-challenge.www.corp.example"_s), 0);
    QVERIFY(!contentsBelow(m_cli->dataFolder()).contains(ownKey.secret));
    QVERIFY(!contentsBelow(m_cli->dataFolder()).contains(QByteArray::fromBase64(ownKey.secret)));
}

void TestDns01::renewsWithoutTheKeyFile()
{
    const Run issued = m_cli->run(issuing({u"www.corp.example"_s}, byKeyFile(m_keyFile)));
    QVERIFY2(issued.exitCode == 0, issued.errors);
    QVERIFY(QFile::remove(m_keyFile));
    const Run renewed = m_cli->run({u"certificate"_s, u"renew"_s, issued.object()[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors);
    QCOMPARE(records(u"_acme-challenge.www.corp.example"_s), 0);
}

void TestDns01::followsAnAliasIntoAZoneWithItsOwnKey()
{
    const Run added = m_cli->run(QStringList {u"solver"_s, u"add"_s, u"proofs"_s, u"--zone"_s, u"proofs.example"_s}
                                 + byKeyFile(m_cli->write(u"other.key"_s, otherKey.clause())));
    QVERIFY2(added.exitCode == 0, added.errors);
    const Run issued = m_cli->run(issuing({u"moved.corp.example"_s, u"*.moved.corp.example"_s}, byKeyFile(m_keyFile)));
    QVERIFY2(issued.exitCode == 0, issued.errors + m_bind->log());
    QVERIFY2(m_bind->log().contains("'moved.proofs.example' TXT"), m_bind->log());
    QCOMPARE(records(u"moved.proofs.example"_s), 0);
}

void TestDns01::leavesNothingBehindKilledAtAnyStep()
{
    int left = 0;
    for (int events = 1; events < mostEvents; ++events) {
        const QString name = u"k%1.corp.example"_s.arg(events);
        const QString record = u"_acme-challenge."_s + name;
        const Run killed = m_cli->runAndKill(issuing({name}, byKeyFile(m_keyFile)), events);
        if (killed.exitCode == 0)
            break;
        left += records(record) > 0 ? 1 : 0;
        m_cli->run({u"order"_s, u"resume"_s}); // issued, or refused where nobody answered for the killed process
        QCOMPARE(records(record), 0);
    }
    QVERIFY2(left > 0, "a record was to be in place when the process was killed");
}

void TestDns01::findsAWrongKeyBeforeTheOrder()
{
    support::BindKey wrong = ownKey;
    wrong.secret = "d3Jvbmcgc2VjcmV0";
    const Run refused =
        m_cli->run(issuing({u"www.corp.example"_s}, byKeyFile(m_cli->write(u"wrong.key"_s, wrong.clause()))));
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("BADSIG"), refused.errors);
    QVERIFY(!refused.errors.contains(wrong.secret) && !refused.output.contains(wrong.secret));
    QVERIFY(m_cli->run({u"order"_s, u"list"_s}).array().isEmpty());
    QVERIFY(m_cli->run({u"solver"_s, u"list"_s}).array().isEmpty());
}

void TestDns01::keepsAGoodKeyWhereABadOneIsGiven()
{
    QCOMPARE(m_cli->run(issuing({u"www.corp.example"_s}, byKeyFile(m_keyFile))).exitCode, 0);
    support::BindKey wrong = ownKey;
    wrong.secret = "d3Jvbmcgc2VjcmV0";
    const QString wrongFile = m_cli->write(u"wrong.key"_s, wrong.clause());
    QCOMPARE(m_cli->run(issuing({u"www.corp.example"_s}, byKeyFile(wrongFile))).exitCode, 1);
    const QJsonArray solvers = m_cli->run({u"solver"_s, u"list"_s}).array();
    QCOMPARE(solvers.size(), 1);
    const QString name = solvers[0][u"name"_s].toString();
    const Run issued = m_cli->run(issuing({u"*.corp.example"_s}, {u"--solver"_s, name}));
    QVERIFY2(issued.exitCode == 0, issued.errors);
}

void TestDns01::keepsSolversAndTriesThemOut()
{
    const Run added = m_cli->run(QStringList {u"solver"_s, u"add"_s, u"internal BIND"_s} + byKeyFile(m_keyFile));
    QVERIFY2(added.exitCode == 0, added.errors);
    QCOMPARE(added.object()[u"key"_s].toString(), ownKey.name);
    const Run again = m_cli->run(QStringList {u"solver"_s, u"add"_s, u"Internal bind"_s} + byKeyFile(m_keyFile));
    QCOMPARE(again.exitCode, 1);
    const Run tested = m_cli->run({u"solver"_s, u"test"_s, u"internal BIND"_s, u"www.corp.example"_s});
    QVERIFY2(tested.exitCode == 0, tested.errors);
    QCOMPARE(tested.object()[u"record"_s].toString(), u"_acme-challenge.www.corp.example in the zone corp.example"_s);
    const Run refused = m_cli->run({u"solver"_s, u"test"_s, u"internal BIND"_s, u"www.proofs.example"_s});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("proofs.example"), refused.errors);
    QCOMPARE(m_cli->run(issuing({u"www.corp.example"_s}, {u"--solver"_s, u"internal BIND"_s})).exitCode, 0);
    const Run used = m_cli->run({u"solver"_s, u"remove"_s, u"internal BIND"_s});
    QCOMPARE(used.exitCode, 1);
    QVERIFY2(used.errors.contains("1 certificates"), used.errors);
}

SEALWRIGHT_TEST(TestDns01)

} // namespace tst_dns01

#include "tst_dns01.moc"
