// SPDX-License-Identifier: Apache-2.0
#include "base/delivery.h"
#include "challenge/http01_responder.h"
#include "challenge/preflight.h"
#include "challenge/solver_factory.h"
#include "dns/network_resolver.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/free_port.h"
#include "support/known_addresses.h"
#include "support/looking_host.h"
#include "support/memory_solvers.h"
#include "support/test_program.h"

#include <QDir>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUdpSocket>

#include <algorithm>

namespace tst_preflight {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using challenge::Finding;
using challenge::Preflight;
using challenge::PreflightRequest;
using challenge::ProofSettings;
using support::await;
using Check = Finding::Check;
using Verdict = Finding::Verdict;
using Findings = QList<Finding>;

namespace {

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const support::BindKey wrongKey {u"own.example"_s, u"hmac-sha256"_s, "d3Jvbmcgc2VjcmV0"};

QList<support::BindZone> zones()
{
    return {{u"corp.example"_s,
             "web IN A 127.0.0.1\n"
             "@ IN CAA 0 issue \"ca.example; accounturi=https://ca.example/acct/7\"\n"
             "@ IN CAA 0 issuewild \";\"\n"
             "open IN CAA 0 iodef \"mailto:pki@corp.example\"\n"
             "web.sub IN A 127.0.0.1\n"
             "strange IN CAA 128 tbs \"Unknown\"\n"
             "_acme-challenge.proved IN TXT \"value\"\n_acme-challenge.stale IN TXT \"old\"\n"
             "_acme-challenge.moved IN CNAME proof.elsewhere.example.\n"
             "_validation-persist.lasting IN TXT \"ca.example; accounturi=https://ca.example/acct/7; \" "
             "\"policy=wildcard; persistUntil=4102444800; note=longer-than-what-is-shown-of-it\"\n"
             "_validation-persist.theirs IN TXT \"ca.example; accounturi=https://ca.example/acct/8\"\n",
             ownKey.name}};
}

base::Secret secretOf(const support::BindKey& key)
{
    return base::Secret(QByteArray::fromBase64(key.secret));
}

/// Answers that nothing exists, after a turn of the event loop, and counts who waits.
class CountingResolver final : public dns::Resolver {
public:
    base::Task<base::Result<dns::Lookup>> lookup(QString name, dns::RecordType, std::stop_token) override
    {
        most = std::max(most, ++waiting);
        ++asked;
        QObject context;
        const base::Delivery<bool> turn;
        QTimer::singleShot(0, &context, [turn] { turn.deliver(true); });
        co_await turn;
        --waiting;
        dns::Lookup nothing;
        nothing.name = name;
        nothing.status = dns::Lookup::Status::NoData;
        co_return nothing;
    }

    int waiting = 0;
    int most = 0;
    int asked = 0;
};

const Finding* find(const Findings& findings, const QString& name, Check check)
{
    const auto found = std::find_if(findings.cbegin(), findings.cend(), [&](const Finding& finding) {
        return finding.name == name && finding.check == check;
    });
    return found == findings.cend() ? nullptr : &*found;
}

#define QVERIFY_FINDING(findings, name, check, expected, word)                                                         \
    do {                                                                                                               \
        const Findings findings_ = findings;                                                                           \
        const Finding* finding_ = find(findings_, name, check);                                                        \
        QVERIFY2(finding_, qPrintable(name));                                                                          \
        QVERIFY2(finding_->verdict == (expected) && finding_->sentence().contains(word),                               \
                 qPrintable(finding_->sentence()));                                                                    \
    } while (false)

} // namespace

/// Against Debian's BIND as the authority's resolver, which knows names that this machine does not.
class TestPreflight : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void provesAWholeRequestOverHttp();
    void tellsThatAPortIsTaken();
    void provesByAHandshake();
    void seesWithTheEyesOfTheAuthority();
    void refusesWildcardsOverHttp();
    void provesAZoneAndTakesNothingFromIt();
    void tellsAWrongKey();
    void judgesCaaByTheAccount();
    void findsWhatARunningOrderPutInPlace();
    void judgesARecordThatStays();
    void tellsOfTheClock();
    void looksFromAnotherHost();
    void looksForTheRecordFromAnotherHost();
    void tellsHostsThatCannotBeReached();
    void leavesNothingInAWebroot();
    void asksAFewAtATimeForTwoThousandNames();
    void stopsWhereItIs();
    void asksASilentServerNotTwoThousandTimes();

private:
    std::shared_ptr<dns::Resolver> authority() const
    {
        const QList<dns::ServerAddress> servers {{u"127.0.0.1"_s, m_bind.port()}};
        return std::make_shared<dns::NetworkResolver>(servers);
    }
    challenge::PreflightEyes eyes(std::shared_ptr<dns::Resolver> resolver) const
    {
        return {std::move(resolver), m_machine};
    }
    PreflightRequest request(const QStringList& names, const ProofSettings& proof) const
    {
        PreflightRequest made;
        made.names = *base::parseIdentifiers(names);
        made.proof = proof;
        made.issuers = QStringList(u"ca.example"_s);
        made.context.account.url = u"https://ca.example/acct/7"_s;
        made.httpPort = m_port;
        return made;
    }
    PreflightRequest overHttp(const QStringList& names) const
    {
        return request(names, ProofSettings::http01Listening(u"127.0.0.1:%1"_s.arg(m_port)));
    }
    PreflightRequest overDns(const QStringList& names, const QString& solver = u"own"_s) const
    {
        ProofSettings proof;
        proof.challengeType = u"dns-01"_s;
        proof.solverId = solver;
        proof.solverName = u"internal BIND"_s;
        return request(names, proof);
    }
    Findings run(const PreflightRequest& request)
    {
        m_told.clear();
        const auto tell = [this](const Finding& finding) { m_told.append(finding); };
        challenge::SshSettings ssh;
        ssh.configFile = m_sshConfiguration;
        challenge::BuiltInSolvers solvers(m_store, m_clock, ssh);
        const auto findings = await(Preflight(solvers, eyes(authority())).run(request, tell, {}));
        if (!findings)
            qFatal("%s", qPrintable(findings.error().message()));
        return *findings;
    }

    support::BindServer m_bind {zones(), {ownKey}};
    quint16 m_port = support::freePort();
    base::SystemClock m_clock;
    support::MemorySolvers m_store;
    challenge::BuiltInSolvers m_solvers {m_store, m_clock};
    std::shared_ptr<challenge::AddressView> m_machine = std::make_shared<support::KnownAddresses>();
    QString m_sshConfiguration;
    Findings m_told;
};

void TestPreflight::initTestCase()
{
    challenge::SolverSettings settings {u"own"_s, u"own"_s, m_bind.address(), ownKey.name, ownKey.algorithm};
    m_store.insert(settings, secretOf(ownKey));
    settings.id = u"wrong"_s;
    m_store.insert(settings, secretOf(wrongKey));
}

void TestPreflight::provesAWholeRequestOverHttp()
{
    const QString name = u"web.corp.example"_s;
    const Findings findings = run(overHttp({name}));
    QVERIFY_FINDING(findings, name, Check::ResolvesForAuthority, Verdict::Good, u"127.0.0.1"_s);
    QVERIFY_FINDING(findings, name, Check::AnswerArrives, Verdict::Good, u"our answer"_s);
    QVERIFY_FINDING(findings, name, Check::Caa, Verdict::Good, u"ca.example"_s);
    QVERIFY_FINDING(findings, name, Check::ResolvesHere, Verdict::Good, u"no address"_s);
    QCOMPARE(m_told.size(), findings.size());
    // nothing listens any more
    challenge::Http01Responder responder;
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), m_port}));
}

void TestPreflight::tellsThatAPortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, m_port));
    const Findings findings = run(overHttp({u"web.corp.example"_s}));
    QVERIFY_FINDING(findings, u"web.corp.example"_s, Check::CanAnswer, Verdict::Bad, QString::number(m_port));
}

void TestPreflight::provesByAHandshake()
{
    const QStringList names {u"web.corp.example"_s, u"web.sub.corp.example"_s, u"nothing.corp.example"_s};
    PreflightRequest byTls = request(names, ProofSettings::tlsAlpn01Listening(u"127.0.0.1:%1"_s.arg(m_port)));
    byTls.tlsPort = m_port;
    const Findings findings = run(byTls);
    for (const QString& name : names.first(2))
        QVERIFY_FINDING(findings, name, Check::AnswerArrives, Verdict::Good, u"our answer"_s);
    QVERIFY_FINDING(findings, names[2], Check::AnswerArrives, Verdict::Bad, u"no address"_s);
}

void TestPreflight::seesWithTheEyesOfTheAuthority()
{
    m_machine = nullptr; // the machine itself, whose hosts file has localhost
    const Findings own = run(overHttp({u"localhost"_s}));
    QVERIFY_FINDING(own, u"localhost"_s, Check::ResolvesHere, Verdict::Good, u"127.0.0.1"_s);
    m_machine = std::make_shared<support::KnownAddresses>(QHash<QString, QString> {{u"localhost"_s, u"127.0.0.1"_s}});
    const Findings findings = run(overHttp({u"localhost"_s, u"nothing.corp.example"_s}));
    // this machine knows localhost, and the authority's resolver does not
    QVERIFY_FINDING(findings, u"localhost"_s, Check::ResolvesHere, Verdict::Good, u"127.0.0.1"_s);
    QVERIFY_FINDING(findings, u"localhost"_s, Check::ResolvesForAuthority, Verdict::Unknown, u"REFUSED"_s);
    QVERIFY_FINDING(findings, u"nothing.corp.example"_s, Check::ResolvesForAuthority, Verdict::Bad, u"no address"_s);
    QVERIFY_FINDING(findings, u"nothing.corp.example"_s, Check::AnswerArrives, Verdict::Bad, u"no address"_s);
    QCOMPARE(findings.constFirst().name, u"localhost"_s); // in the order of the names
}

void TestPreflight::refusesWildcardsOverHttp()
{
    const Findings findings = run(overHttp({u"*.corp.example"_s, u"web.corp.example"_s}));
    QVERIFY_FINDING(findings, u"*.corp.example"_s, Check::CanAnswer, Verdict::Bad, u"wildcard"_s);
    QVERIFY_FINDING(findings, u"*.corp.example"_s, Check::Caa, Verdict::Bad, u"corp.example"_s); // issuewild ";"
    QVERIFY_FINDING(findings, u"web.corp.example"_s, Check::AnswerArrives, Verdict::Good, u"our answer"_s);
}

void TestPreflight::provesAZoneAndTakesNothingFromIt()
{
    const Findings findings = run(overDns({u"new.sub.corp.example"_s, u"x.elsewhere.example"_s}));
    QVERIFY_FINDING(findings, u"new.sub.corp.example"_s, Check::CanAnswer, Verdict::Good, u"internal BIND"_s);
    QVERIFY_FINDING(findings, u"new.sub.corp.example"_s, Check::ResolvesForAuthority, Verdict::Good, u"needs none"_s);
    QVERIFY_FINDING(findings, u"x.elsewhere.example"_s, Check::CanAnswer, Verdict::Bad, u"elsewhere.example"_s);
    const auto record = await(authority()->lookup(u"_acme-challenge.new.sub.corp.example"_s, dns::RecordType::Txt, {}));
    QVERIFY(record && !record->isFound());
}

void TestPreflight::tellsAWrongKey()
{
    const Findings findings = run(overDns({u"new.corp.example"_s}, u"wrong"_s));
    const Finding* finding = find(findings, u"new.corp.example"_s, Check::CanAnswer);
    QVERIFY(finding && finding->verdict == Verdict::Bad);
    const Findings unknown = run(overDns({u"new.corp.example"_s}, u"none"_s));
    QCOMPARE(find(unknown, u"new.corp.example"_s, Check::CanAnswer)->verdict, Verdict::Bad);
}

void TestPreflight::judgesCaaByTheAccount()
{
    PreflightRequest other = overDns({u"deep.down.corp.example"_s, u"open.corp.example"_s, u"strange.corp.example"_s});
    other.context.account.url = u"https://ca.example/acct/8"_s;
    const Findings findings = run(other);
    QVERIFY_FINDING(findings, u"deep.down.corp.example"_s, Check::Caa, Verdict::Bad, u"acct/7"_s); // two levels up
    QVERIFY_FINDING(findings, u"open.corp.example"_s, Check::Caa, Verdict::Good, u"do not restrict"_s);
    QVERIFY_FINDING(findings, u"strange.corp.example"_s, Check::Caa, Verdict::Bad, u"tbs"_s);
}

void TestPreflight::findsWhatARunningOrderPutInPlace()
{
    const auto seen = [this](const QString& name) {
        PreflightRequest running = overDns({name});
        running.inPlace = PreflightRequest::InPlace {{}, {u"_acme-challenge.%1 TXT"_s.arg(name), u"value"_s}};
        return run(running);
    };
    QVERIFY_FINDING(seen(u"proved.corp.example"_s), u"proved.corp.example"_s, Check::AnswerArrives, Verdict::Good,
                    u"our value"_s);
    QVERIFY_FINDING(seen(u"stale.corp.example"_s), u"stale.corp.example"_s, Check::AnswerArrives, Verdict::Bad,
                    u"old"_s);
    QVERIFY_FINDING(seen(u"web.corp.example"_s), u"web.corp.example"_s, Check::AnswerArrives, Verdict::Bad,
                    u"no TXT record"_s);
}

/// There are many ways to write one that proves a name.
void TestPreflight::judgesARecordThatStays()
{
    const auto look = [this](const QString& name, bool isRunning) {
        ProofSettings proof;
        proof.challengeType = u"dns-persist-01"_s;
        PreflightRequest wanted = request({name}, proof);
        wanted.context.resolvers = QStringList(m_bind.address());
        wanted.context.persistence = {{}, {u"ca.example"_s}, {u"ca.example"_s}};
        const QString record = u"_validation-persist.%1 TXT"_s.arg(name);
        if (isRunning)
            wanted.inPlace =
                PreflightRequest::InPlace {{}, {record, u"ca.example; accounturi=https://ca.example/acct/7"_s}};
        return run(wanted);
    };
    const QString fitting = u"lasting.corp.example"_s;
    const QString others = u"theirs.corp.example"_s;
    QVERIFY_FINDING(look(fitting, true), fitting, Check::AnswerArrives, Verdict::Good, u"dns-persist-01"_s);
    QVERIFY_FINDING(look(fitting, false), fitting, Check::CanAnswer, Verdict::Good, u"dns-persist-01"_s);
    QVERIFY_FINDING(look(others, true), others, Check::AnswerArrives, Verdict::Bad, u"acct/8"_s);
    QVERIFY_FINDING(look(others, false), others, Check::CanAnswer, Verdict::Bad, u"acct/8"_s);
}

void TestPreflight::tellsOfTheClock()
{
    PreflightRequest drifting = overDns({u"new.corp.example"_s});
    drifting.clockOffsetMs = -7'200'000;
    QVERIFY_FINDING(run(drifting), QString(), Check::Clock, Verdict::Warning, u"7200 s behind"_s);
    drifting.clockOffsetMs = 900;
    QVERIFY_FINDING(run(drifting), QString(), Check::Clock, Verdict::Good, u"agree"_s);
    drifting.clockOffsetMs.reset();
    QVERIFY(!find(run(drifting), QString(), Check::Clock));
}

void TestPreflight::looksFromAnotherHost()
{
    const support::LookingHost host(m_bind.port(), u"web.corp.example"_s, m_port);
    m_sshConfiguration = host.configuration();
    PreflightRequest wanted = overHttp({u"web.corp.example"_s, u"nothing.corp.example"_s});
    wanted.fromHost = u"probe"_s;
    const Findings findings = run(wanted);
    QVERIFY_FINDING(findings, u"web.corp.example"_s, Check::ResolvesFromHost, Verdict::Good,
                    u"probe finds 127.0.0.1"_s);
    QVERIFY_FINDING(findings, u"web.corp.example"_s, Check::ArrivesFromHost, Verdict::Good, u"our answer"_s);
    QVERIFY_FINDING(findings, u"nothing.corp.example"_s, Check::ResolvesFromHost, Verdict::Bad, u"no address"_s);
    QVERIFY_FINDING(findings, u"nothing.corp.example"_s, Check::ArrivesFromHost, Verdict::Bad, u"no answer"_s);
    // what proves a name by a handshake is not fetched by HTTP
    PreflightRequest byTls = request({u"web.corp.example"_s}, ProofSettings::tlsAlpn01Listening(u"127.0.0.1:1"_s));
    byTls.fromHost = u"probe"_s;
    byTls.tlsPort = m_port;
    byTls.inPlace = PreflightRequest::InPlace {u"token"_s, {u"web.corp.example:443"_s, u"00"_s}};
    const Findings ofTls = run(byTls);
    QVERIFY_FINDING(ofTls, u"web.corp.example"_s, Check::ResolvesFromHost, Verdict::Good, u"probe finds 127.0.0.1"_s);
    QVERIFY(!find(ofTls, u"web.corp.example"_s, Check::ArrivesFromHost));
}

void TestPreflight::looksForTheRecordFromAnotherHost()
{
    const support::LookingHost host(m_bind.port(), u"web.corp.example"_s, m_port);
    m_sshConfiguration = host.configuration();
    PreflightRequest wanted = overDns({u"stale.corp.example"_s, u"moved.corp.example"_s, u"new.corp.example"_s,
                                       u"*.stale.corp.example"_s, u"*.lone.corp.example"_s});
    wanted.fromHost = u"probe"_s;
    // what is not there yet would be remembered as such
    QVERIFY(!find(run(wanted), u"new.corp.example"_s, Check::RecordFromHost));
    wanted.inPlace = PreflightRequest::InPlace {{}, {u"_acme-challenge.stale.corp.example TXT"_s, u"value"_s}};
    const Findings findings = run(wanted);
    QVERIFY_FINDING(findings, u"stale.corp.example"_s, Check::RecordFromHost, Verdict::Good,
                    u"probe finds TXT records at _acme-challenge.stale.corp.example: old"_s);
    QVERIFY_FINDING(findings, u"moved.corp.example"_s, Check::RecordFromHost, Verdict::Warning,
                    u"_acme-challenge.moved.corp.example is an alias of proof.elsewhere.example"_s);
    QVERIFY_FINDING(findings, u"new.corp.example"_s, Check::RecordFromHost, Verdict::Warning, u"no TXT record"_s);
    // a wildcard has no address, and shares the record of the name below it
    QVERIFY(!find(findings, u"*.stale.corp.example"_s, Check::RecordFromHost));
    QVERIFY_FINDING(findings, u"*.lone.corp.example"_s, Check::RecordFromHost, Verdict::Warning,
                    u"no TXT record at _acme-challenge.lone.corp.example"_s);
    QVERIFY(!find(findings, u"*.lone.corp.example"_s, Check::ResolvesFromHost));
    // http-01 has no record
    PreflightRequest byHttp = overHttp({u"web.corp.example"_s});
    byHttp.fromHost = u"probe"_s;
    QVERIFY(!find(run(byHttp), u"web.corp.example"_s, Check::RecordFromHost));
}

void TestPreflight::tellsHostsThatCannotBeReached()
{
    PreflightRequest wanted = overDns({u"new.corp.example"_s});
    wanted.fromHost = u"-oProxyCommand=id"_s;
    const auto refused = await(Preflight(m_solvers, eyes(authority())).run(wanted, {}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().field(), u"host"_s);
    const support::LookingHost host(m_bind.port(), u"web.corp.example"_s, m_port);
    host.makeUnknown();
    m_sshConfiguration = host.configuration();
    wanted.fromHost = u"probe"_s;
    QVERIFY_FINDING(run(wanted), QString(), Check::ResolvesFromHost, Verdict::Unknown, u"Host key"_s);
}

void TestPreflight::leavesNothingInAWebroot()
{
    const QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const Findings findings = run(request({u"web.corp.example"_s}, ProofSettings::http01Webroot(folder.path())));
    QVERIFY(find(findings, u"web.corp.example"_s, Check::AnswerArrives)->verdict == Verdict::Bad); // nobody serves it
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestPreflight::asksAFewAtATimeForTwoThousandNames()
{
    QStringList names;
    for (int i = 0; i < 2000; ++i)
        names.append(u"host-%1.localhost"_s.arg(i));
    const auto counting = std::make_shared<CountingResolver>();
    const auto findings = await(Preflight(m_solvers, eyes(counting)).run(overHttp(names), {}, {}), 60);
    QVERIFY(findings);
    QVERIFY(counting->asked > 4000);
    QVERIFY2(counting->most <= 24, qPrintable(QString::number(counting->most))); // eight names, three questions each
    QCOMPARE(std::count_if(findings->cbegin(), findings->cend(),
                           [](const Finding& finding) { return finding.check == Check::Caa; }),
             2000);
}

void TestPreflight::stopsWhereItIs()
{
    QStringList names;
    for (int i = 0; i < 2000; ++i)
        names.append(u"host-%1.localhost"_s.arg(i));
    const auto counting = std::make_shared<CountingResolver>();
    std::stop_source stop;
    const auto stopAtOnce = [&stop](const Finding&) { stop.request_stop(); };
    const auto findings =
        await(Preflight(m_solvers, eyes(counting)).run(overHttp(names), stopAtOnce, stop.get_token()), 60);
    QVERIFY(findings);
    QCOMPARE(findings->size(), 1);
    QVERIFY(counting->asked < 100);
    challenge::Http01Responder responder; // and the port is free again
    QVERIFY(responder.listen({QHostAddress(QHostAddress::LocalHost), m_port}));
}

void TestPreflight::asksASilentServerNotTwoThousandTimes()
{
    QUdpSocket silent;
    QVERIFY(silent.bind(QHostAddress(QHostAddress::LocalHost)));
    QStringList names;
    for (int i = 0; i < 200; ++i)
        names.append(u"host-%1.localhost"_s.arg(i));
    const QList<dns::ServerAddress> servers {{u"127.0.0.1"_s, silent.localPort()}};
    const auto resolver = std::make_shared<dns::NetworkResolver>(servers, dns::ExchangeLimits {100ms, 1});
    const auto findings = await(Preflight(m_solvers, eyes(resolver)).run(overHttp(names), {}, {}), 60);
    QVERIFY(findings);
    QVERIFY_FINDING(*findings, u"host-199.localhost"_s, Check::ResolvesForAuthority, Verdict::Unknown, u"not asked"_s);
}

SEALWRIGHT_TEST(TestPreflight)

} // namespace tst_preflight

#include "tst_preflight.moc"
