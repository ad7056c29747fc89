// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_account01_record.h"
#include "integration/command_line.h"
#include "support/acme_fault_server.h"
#include "support/pebble_server.h"
#include "support/test_program.h"
#include "support/txt_values.h"

#include <QTest>

namespace tst_dns_accounts {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

const support::BindKey key {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const QString persistent = u"dns-persist-01"_s;

// pebble goes by this name unless it is told another one
constexpr auto records =
    "_validation-persist.plain IN TXT \"pebble.letsencrypt.org; accounturi=https://localhost/another\"\n"
    "_validation-persist.over IN TXT \"pebble.letsencrypt.org; accounturi=https://localhost/another; persistUntil=1\"\n"
    "_validation-persist.broken IN TXT \"pebble.letsencrypt.org; accounturi=a:b; accounturi=a:b\"\n"
    "_validation-persist.foreign IN TXT \"elsewhere.example; accounturi=a:b\"\n"
    "_validation-persist.elsewhere IN TXT \"elsewhere.example; accounturi=a:b\"\n"
    "_validation-persist.leaving IN TXT \"elsewhere.example; accounturi=a:b\"\n";

practice::PebbleOptions resolvingBy(const support::BindServer& bind)
{
    practice::PebbleOptions options;
    options.dnsServer = bind.address();
    options.authzReuse = 0;
    return options;
}

} // namespace

/// Whole orders by the challenges whose records speak of the account: the authority resolves through the BIND that the
/// solver updates.
class TestDnsAccounts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void provesByARecordOfTheAccount();
    void cleansUpTheRecordOfTheAccountAfterAKill();
    void provesEveryOrderByOnePersistentRecord();
    void replacesItsOwnRecordAndNobodyElses();
    void takesItsOwnRecordOutOfDns();
    void saysWhatIsWrongWithAPersistentRecord_data();
    void saysWhatIsWrongWithAPersistentRecord();
    void refusesWhatCannotBeMade_data();
    void refusesWhatCannotBeMade();
    void speaksTheNewerDialect();

private:
    Run issue(const QStringList& names, const QString& type, const QStringList& how = {},
              const QString& authority = u"pebble"_s) const
    {
        return m_cli->run(words(names, type, how, authority));
    }
    static QStringList words(const QStringList& names, const QString& type, const QStringList& how,
                             const QString& authority = u"pebble"_s)
    {
        return QStringList {u"certificate"_s, u"issue"_s} + names
            + QStringList {u"--authority"_s, authority, u"--challenge"_s, type} + how;
    }
    Run make(const QStringList& words, const QString& authority = u"pebble"_s) const
    {
        return m_cli->run(QStringList {u"persist-record"_s, u"make"_s, u"--authority"_s, authority} + words);
    }
    QStringList withSolver() const { return {u"--solver"_s, u"internal BIND"_s}; }
    QList<QByteArray> values(const QString& name) const { return support::txtValues(*m_bind, name); }
    /// How many of them there are.
    qsizetype count(const QString& noun) const { return m_cli->run({noun, u"list"_s}).array().size(); }
    QJsonObject watchedRecord(const QString& name) const;
    void addSolver() const;
    QString recordOfAccount(const QString& name) const;

    std::unique_ptr<support::BindServer> m_bind;
    support::RunningPebble m_pebble;
    std::unique_ptr<CommandLine> m_cli;
};

void TestDnsAccounts::initTestCase()
{
    m_bind = std::make_unique<support::BindServer>(QList<support::BindZone> {{u"corp.example"_s, records, key.name}},
                                                   QList {key}, support::BindServer::Service::Resolving);
    m_pebble = support::startPebble(resolvingBy(*m_bind));
    m_cli = std::make_unique<CommandLine>();
    m_cli->prepare(*m_pebble.server);
    addSolver();
}

void TestDnsAccounts::addSolver() const
{
    const Run added = m_cli->run({u"solver"_s, u"add"_s, u"internal BIND"_s, u"--dns"_s, u"rfc2136"_s,
                                  u"--dns-server"_s, m_bind->address(), u"--tsig-file"_s,
                                  m_cli->write(u"own.key"_s, key.clause()), u"--zone"_s, u"corp.example"_s});
    QVERIFY2(added.exitCode == 0, added.errors);
}

QJsonObject TestDnsAccounts::watchedRecord(const QString& name) const
{
    const QJsonArray watched = m_cli->run({u"persist-record"_s, u"list"_s}).array();
    for (const QJsonValue& record : watched)
        if (record[u"record"_s] == name)
            return record.toObject();
    return {};
}

QString TestDnsAccounts::recordOfAccount(const QString& name) const
{
    QString url;
    const QJsonArray accounts = m_cli->run({u"account"_s, u"list"_s}).array();
    for (const QJsonValue& account : accounts)
        if (account[u"authority"_s] == u"pebble"_s)
            url = account[u"url"_s].toString();
    return challenge::dnsAccount01RecordName(base::Identifier::parse(name).value(), url);
}

void TestDnsAccounts::provesByARecordOfTheAccount()
{
    const Run issued = issue({u"www.corp.example"_s, u"*.www.corp.example"_s}, u"dns-account-01"_s, withSolver());
    QVERIFY2(issued.exitCode == 0, issued.errors + m_bind->log());
    const QString record = recordOfAccount(u"www.corp.example"_s);
    QVERIFY(record.endsWith(u"._acme-challenge.www.corp.example"_s));
    QVERIFY2(m_bind->log().contains("'" + record.toLatin1() + "' TXT"), m_bind->log());
    QVERIFY(values(record).isEmpty());
    const Run renewed = m_cli->run({u"certificate"_s, u"renew"_s, issued.object()[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors);
}

void TestDnsAccounts::cleansUpTheRecordOfTheAccountAfterAKill()
{
    const QString record = recordOfAccount(u"killed.corp.example"_s);
    const Run killed = m_cli->runAndKillWhen(words({u"killed.corp.example"_s}, u"dns-account-01"_s, withSolver()),
                                             [&] { return !values(record).isEmpty(); });
    QCOMPARE(killed.exitCode, -1);
    QCOMPARE(values(record).size(), 1);
    m_cli->run({u"order"_s, u"resume"_s});
    QVERIFY(values(record).isEmpty());
}

void TestDnsAccounts::provesEveryOrderByOnePersistentRecord()
{
    const QString record = u"_validation-persist.shop.corp.example"_s;
    const QStringList names {u"shop.corp.example"_s, u"*.shop.corp.example"_s};
    const qsizetype orders = count(u"order"_s);
    const Run early = issue(names, persistent);
    QCOMPARE(early.exitCode, 1);
    QVERIFY2(early.errors.contains("there is no such TXT record") && early.errors.contains(record.toLatin1()),
             early.errors);
    QCOMPARE(count(u"order"_s), orders);
    const Run missing = make(names + QStringList {u"--verify"_s});
    QCOMPARE(missing.exitCode, 1);
    QCOMPARE(missing.array().size(), 1);
    QCOMPARE(missing.array()[0][u"state"_s].toString(), u"missing"_s);
    const Run made = make(names + withSolver());
    QVERIFY2(made.exitCode == 0, made.errors + made.output);
    QCOMPARE(made.array()[0][u"state"_s].toString(), u"fits"_s);
    const QByteArray value = made.array()[0][u"value"_s].toString().toLatin1();
    QVERIFY2(value.startsWith("pebble.letsencrypt.org; accounturi=https://localhost:"), value);
    const Run issued = issue(names, persistent);
    QVERIFY2(issued.exitCode == 0, issued.errors + m_bind->log());
    const Run renewed = m_cli->run({u"certificate"_s, u"renew"_s, issued.object()[u"id"_s].toString()});
    QVERIFY2(renewed.exitCode == 0, renewed.errors);
    QCOMPARE(values(record), QList {value});
}

void TestDnsAccounts::replacesItsOwnRecordAndNobodyElses()
{
    const QString record = u"_validation-persist.elsewhere.corp.example"_s;
    const QStringList name {u"elsewhere.corp.example"_s};
    QCOMPARE(make(name + withSolver()).exitCode, 0);
    const Run again = make(name + withSolver() + QStringList {u"--until"_s, u"2199-01-01"_s});
    QVERIFY2(again.exitCode == 0, again.errors);
    const QList<QByteArray> all = values(record);
    QCOMPARE(all.size(), 2);
    QVERIFY(all.contains("elsewhere.example; accounturi=a:b"));
    QVERIFY(all.contains(again.array()[0][u"value"_s].toString().toLatin1()));
    QCOMPARE(again.array()[0][u"persistUntil"_s].toString(), u"2199-01-01T23:59:59Z"_s);
    const qsizetype watched = count(u"persist-record"_s);
    const QJsonObject kept = watchedRecord(record);
    QCOMPARE(kept[u"state"_s].toString(), u"fits"_s);
    QCOMPARE(m_cli->run({u"persist-record"_s, u"check"_s}).exitCode, 0);
    QCOMPARE(m_cli->run({u"persist-record"_s, u"forget"_s, kept[u"id"_s].toString()}).exitCode, 0);
    QCOMPARE(count(u"persist-record"_s), watched - 1);
    QCOMPARE(values(record).size(), 2);
}

void TestDnsAccounts::takesItsOwnRecordOutOfDns()
{
    const QString record = u"_validation-persist.leaving.corp.example"_s;
    QCOMPARE(make(QStringList {u"leaving.corp.example"_s} + withSolver()).exitCode, 0);
    QCOMPARE(values(record).size(), 2);
    const qsizetype watched = count(u"persist-record"_s);
    const QString id = watchedRecord(record)[u"id"_s].toString();
    const QStringList forgetting {u"persist-record"_s, u"forget"_s, id};
    QCOMPARE(m_cli->run(forgetting + withSolver()).exitCode, 2);
    const QStringList hands {u"--remove-record"_s, u"--solver"_s, u"by hand"_s};
    QCOMPARE(m_cli->run(forgetting + hands).exitCode, 1); // there is no such solver
    QCOMPARE(values(record).size(), 2);
    QCOMPARE(count(u"persist-record"_s), watched);
    // the solver is the one that has the zone
    const Run removed = m_cli->run(forgetting + QStringList {u"--remove-record"_s});
    QVERIFY2(removed.exitCode == 0, removed.errors);
    QCOMPARE(values(record), QList<QByteArray> {"elsewhere.example; accounturi=a:b"});
    QCOMPARE(count(u"persist-record"_s), watched - 1);
}

void TestDnsAccounts::saysWhatIsWrongWithAPersistentRecord_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("another account's") << u"plain.corp.example"_s
                                       << u"it names the account https://localhost/another"_s;
    QTest::newRow("malformed") << u"broken.corp.example"_s << u"it says accounturi twice"_s;
    QTest::newRow("another authority's") << u"foreign.corp.example"_s << u"for the issuer elsewhere.example"_s;
}

void TestDnsAccounts::saysWhatIsWrongWithAPersistentRecord()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    const Run refused = issue({name}, persistent);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains(words.toUtf8()), refused.errors);
    QVERIFY2(refused.errors.contains("Put this TXT value there: pebble.letsencrypt.org; accounturi="), refused.errors);
}

void TestDnsAccounts::refusesWhatCannotBeMade_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("an address") << QStringList {u"192.0.2.1"_s} << u"IP address"_s;
    QTest::newRow("the past") << QStringList {u"a.corp.example"_s, u"--until"_s, u"2020-01-01"_s} << u"past"_s;
    QTest::newRow("another issuer") << QStringList {u"a.corp.example"_s, u"--issuer"_s, u"other.example"_s}
                                    << u"pebble.letsencrypt.org"_s;
    QTest::newRow("a zone of somebody else")
        << QStringList {u"a.other.example"_s, u"--solver"_s, u"internal BIND"_s} << u"a.other.example"_s;
}

void TestDnsAccounts::refusesWhatCannotBeMade()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    const qsizetype watched = count(u"persist-record"_s);
    const Run refused = make(arguments);
    QVERIFY(refused.exitCode != 0);
    QVERIFY2(refused.errors.contains(words.toUtf8()), refused.errors);
    QCOMPARE(count(u"persist-record"_s), watched);
}

void TestDnsAccounts::speaksTheNewerDialect()
{
    support::AcmeFaultServer server;
    const QString prefix = u"https://ca.test/hashed/"_s;
    server.setPersistence(prefix, m_bind->port());
    const QString root = m_cli->write(u"fault-root.pem"_s, server.tlsRootPem());
    QCOMPARE(m_cli
                 ->run({u"authority"_s, u"add"_s, u"newer"_s, server.directoryUrl().toString(), u"--root"_s, root,
                        u"--proxy"_s, u"none"_s})
                 .exitCode,
             0);
    const Run registered = m_cli->run({u"account"_s, u"register"_s, u"newer"_s, u"--agree-tos"_s});
    QCOMPARE(registered.exitCode, 0);
    const QStringList names {u"new.corp.example"_s, u"*.new.corp.example"_s};
    const Run made = make(names + withSolver(), u"newer"_s);
    QVERIFY2(made.exitCode == 0, made.errors);
    const QByteArray first = made.array()[0][u"value"_s].toString().toLatin1();
    QVERIFY2(first.startsWith("ca.test; accounturi=https://ca.test/hashed/sha-256/"), first);
    const Run issued = issue(names, persistent, {}, u"newer"_s);
    QVERIFY2(issued.exitCode == 0, issued.errors);

    // The authority goes on accepting a record of a key that the account had before.
    const QString account = registered.object()[u"id"_s].toString();
    QCOMPARE(m_cli->run({u"account"_s, u"rollover"_s, account}).exitCode, 0);
    const Run checked = m_cli->run({u"persist-record"_s, u"check"_s});
    QCOMPARE(checked.exitCode, 1);
    QCOMPARE(watchedRecord(u"_validation-persist.new.corp.example"_s)[u"state"_s].toString(), u"other-key"_s);
    const Run later = issue({u"new.corp.example"_s}, persistent, {}, u"newer"_s);
    QVERIFY2(later.exitCode == 0, later.errors);

    const Run again = make(names + withSolver() + QStringList {u"--any-name"_s}, u"newer"_s);
    QVERIFY2(again.exitCode == 0, again.errors);
    const QByteArray second = again.array()[0][u"value"_s].toString().toLatin1();
    QVERIFY(second != first);
    QCOMPARE(values(u"_validation-persist.new.corp.example"_s), QList {second});
    const Run last = issue(names, persistent, {}, u"newer"_s);
    QVERIFY2(last.exitCode == 0, last.errors);
}

SEALWRIGHT_TEST(TestDnsAccounts)

} // namespace tst_dns_accounts

#include "tst_dns_accounts.moc"
