// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_checks.h"
#include "lifecycle/solvers.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/caddy_server.h"
#include "support/known_addresses.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

namespace tst_order_checks {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using challenge::Finding;
using challenge::ProofSettings;
using support::AcmeFaultServer;
using support::await;
using support::Fault;
using support::Step;

namespace {

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const QByteArray wrongSecret = "d3Jvbmcgc2VjcmV0";

const Finding* find(const QList<Finding>& findings, Finding::Check check)
{
    const auto found = std::find_if(findings.cbegin(), findings.cend(),
                                    [&](const Finding& finding) { return finding.check == check; });
    return found == findings.cend() ? nullptr : &*found;
}

} // namespace

/// Checks before an order and questions about one, as an authority with resolvers of its own is known here.
class TestOrderChecks : public QObject {
    Q_OBJECT

    struct World {
        World() { add(server.directoryUrl().toString(), server.tlsRootPem()); }
        explicit World(const support::CaddyServer& caddy) { add(caddy.directoryUrl(), caddy.rootPem()); }

        void add(const QString& directoryUrl, const QByteArray& root)
        {
            server.setNow([this] { return workshop.clock().now(); });
            lifecycle::AuthorityDetails details;
            details.name = u"Test CA"_s;
            details.directoryUrl = directoryUrl;
            details.rootsPem = root;
            details.proxy = u"none"_s;
            details.resolvers = QStringList(bind.address());
            const auto added = await(workshop.engine().authorities().add(details, {}));
            if (!added)
                qFatal("%s", qPrintable(added.error().message()));
            authority = *added;
            workshop.registerAccount(authority.id);
            workshop.engine().checks().lookAs(std::make_shared<support::KnownAddresses>());
        }

        lifecycle::SolverDetails details(const QByteArray& secret = ownKey.secret)
        {
            support::BindKey key = ownKey;
            key.secret = secret;
            QFile file(workshop.folder() + u"/own.key"_s);
            if (!file.open(QIODevice::WriteOnly) || file.write(key.clause()) < 0)
                qFatal("cannot write the key file");
            // BIND has the time of the day
            workshop.clock().advance(
                std::chrono::milliseconds(workshop.clock().now().msecsTo(QDateTime::currentDateTimeUtc())));
            return {u"internal BIND"_s, bind.address(), file.fileName(), {}};
        }

        void addSolver(const QByteArray& secret = ownKey.secret)
        {
            const auto added = await(workshop.engine().solvers().add(details(secret)));
            if (!added)
                qFatal("%s", qPrintable(added.error().message()));
            solver = challenge::ProofSettings::dns01(*added);
        }

        lifecycle::CheckRequest request(const QStringList& names, const ProofSettings& proof) const
        {
            lifecycle::CheckRequest made;
            made.names = *base::parseIdentifiers(names);
            made.authorityId = authority.id;
            made.proof = proof;
            return made;
        }

        lifecycle::ProofSearch search(const QStringList& names) const
        {
            return {*base::parseIdentifiers(names), authority.id, {}};
        }

        QList<Finding> check(const lifecycle::CheckRequest& wanted)
        {
            const auto findings = await(workshop.engine().checks().check(wanted, {}, {}));
            if (!findings)
                qFatal("%s", qPrintable(findings.error().message()));
            return *findings;
        }

        support::BindServer bind {
            {{u"corp.example"_s, "web IN A 127.0.0.1\n@ IN CAA 0 issue \"ca.example\"\n", ownKey.name}}, {ownKey}};
        AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
        ProofSettings solver;
    };

private Q_SLOTS:
    void asksTheResolversOfTheAuthority();
    void asksNobodyElseWhereAResolverCannotBeRead();
    void triesASolverOutAndKeepsNothingOfIt();
    void leavesASolverAsItIsWhoseNameIsTriedOut();
    void suggestsTheFirstWayThatWorks();
    void suggestsNothingWhereNothingWorks();
    void stopsASearch();
    void tellsThatItWasStopped();
    void saysWhyANameStaysPending();
    void looksForWhatARunningOrderPutInPlace();
    void knowsAWildcardThatTheAuthorityWritesWithoutItsStar();
};

void TestOrderChecks::asksTheResolversOfTheAuthority()
{
    World world;
    world.addSolver();
    const auto findings = world.check(world.request({u"web.corp.example"_s}, world.solver));
    const Finding* resolved = find(findings, Finding::Check::ResolvesForAuthority);
    QVERIFY(resolved && resolved->verdict == Finding::Verdict::Good && resolved->sentence().contains(u"127.0.0.1"_s));
    const Finding* answer = find(findings, Finding::Check::CanAnswer);
    QVERIFY2(answer && answer->verdict == Finding::Verdict::Good, answer ? qPrintable(answer->sentence()) : "");
    // the server names no CAA identity of its own, so that nobody can tell
    const Finding* caa = find(findings, Finding::Check::Caa);
    QVERIFY2(caa && caa->verdict == Finding::Verdict::Unknown, caa ? qPrintable(caa->sentence()) : "");
}

void TestOrderChecks::triesASolverOutAndKeepsNothingOfIt()
{
    World world;
    lifecycle::CheckRequest asked = world.request({u"web.corp.example"_s}, {u"dns-01"_s});
    asked.newSolver = world.details();
    const auto good = world.check(asked);
    const Finding* answer = find(good, Finding::Check::CanAnswer);
    QVERIFY2(answer && answer->verdict == Finding::Verdict::Good, answer ? qPrintable(answer->sentence()) : "");
    QVERIFY(answer->sentence().contains(u"dns-01 by internal BIND"_s));
    asked.newSolver = world.details(wrongSecret);
    const auto bad = world.check(asked);
    answer = find(bad, Finding::Check::CanAnswer);
    QVERIFY2(answer && answer->verdict == Finding::Verdict::Bad, answer ? qPrintable(answer->sentence()) : "");
    QCOMPARE(await(world.workshop.engine().solvers().list())->size(), 0);
    asked.newSolver->keyFilePath = u"/nowhere"_s;
    const auto unread = await(world.workshop.engine().checks().check(asked, {}, {}));
    QVERIFY(!unread);
    QCOMPARE(unread.error().field(), u"tsigFile"_s);
}

void TestOrderChecks::leavesASolverAsItIsWhoseNameIsTriedOut()
{
    World world;
    world.addSolver(wrongSecret);
    lifecycle::CheckRequest asked = world.request({u"web.corp.example"_s}, {u"dns-01"_s});
    asked.newSolver = world.details();
    const Finding* answer = nullptr;
    const auto good = world.check(asked);
    answer = find(good, Finding::Check::CanAnswer);
    QVERIFY2(answer && answer->verdict == Finding::Verdict::Good, answer ? qPrintable(answer->sentence()) : "");
    const auto stored = world.check(world.request({u"web.corp.example"_s}, world.solver));
    answer = find(stored, Finding::Check::CanAnswer);
    QVERIFY(answer && answer->verdict == Finding::Verdict::Bad);
}

/// Another resolver may see another half of a split horizon.
void TestOrderChecks::asksNobodyElseWhereAResolverCannotBeRead()
{
    World world;
    world.authority.resolvers = {world.bind.address(), u"no resolver"_s};
    QVERIFY(await(world.workshop.storage().authorities().update(world.authority)));
    const auto wanted = world.request({u"web.corp.example"_s}, ProofSettings::http01Listening(u"127.0.0.1:0"_s));
    const auto findings = await(world.workshop.engine().checks().check(wanted, {}, {}));
    QVERIFY(!findings);
    QVERIFY2(findings.error().message().contains(u"no resolver"_s), qPrintable(findings.error().message()));
}

void TestOrderChecks::suggestsTheFirstWayThatWorks()
{
    World world;
    world.addSolver();
    QTcpServer taken; // the port of the way that was used the last time
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    lifecycle::ProofSearch search = world.search({u"web.corp.example"_s});
    search.usual = ProofSettings::http01Listening(u"127.0.0.1:%1"_s.arg(taken.serverPort()));
    const auto suggestion = await(world.workshop.engine().checks().suggest(search, {}));
    QVERIFY2(suggestion, suggestion ? "" : qPrintable(suggestion.error().message()));
    QVERIFY(suggestion->found.has_value());
    QCOMPARE(suggestion->found->proof, world.solver);
    QCOMPARE(suggestion->obstacles.size(), 1);
    QCOMPARE(suggestion->obstacles[0].proof, *search.usual);
    QCOMPARE(suggestion->obstacles[0].finding.verdict, Finding::Verdict::Bad);
    QVERIFY2(suggestion->obstacles[0].finding.sentence().contains(QString::number(taken.serverPort())),
             qPrintable(suggestion->obstacles[0].finding.sentence()));
}

void TestOrderChecks::suggestsNothingWhereNothingWorks()
{
    World world;
    world.addSolver();
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    lifecycle::ProofSearch search = world.search({u"web.elsewhere.example"_s});
    search.httpAddress = u"127.0.0.1:%1"_s.arg(taken.serverPort());
    const auto suggestion = await(world.workshop.engine().checks().suggest(search, {}));
    QVERIFY(suggestion && !suggestion->found);
    QCOMPARE(suggestion->obstacles.size(), 2);
    QCOMPARE(suggestion->obstacles[0].proof, world.solver);
    QVERIFY(!suggestion->obstacles[0].finding.sentence().isEmpty());
    QVERIFY(!await(world.workshop.engine().checks().suggest({search.names, u"none"_s, {}}, {})));
}

void TestOrderChecks::stopsASearch()
{
    World world;
    world.addSolver();
    std::stop_source stop;
    stop.request_stop();
    const auto suggestion =
        await(world.workshop.engine().checks().suggest(world.search({u"*.corp.example"_s}), stop.get_token()));
    QVERIFY(!suggestion);
    QCOMPARE(suggestion.error().code(), ErrorCode::Cancelled);
}

void TestOrderChecks::tellsThatItWasStopped()
{
    World world;
    std::stop_source stop;
    stop.request_stop();
    const auto asked = world.request({u"web.corp.example"_s}, ProofSettings::http01Webroot(world.workshop.folder()));
    const auto findings = await(world.workshop.engine().checks().check(asked, {}, stop.get_token()));
    QVERIFY(!findings);
    QCOMPARE(findings.error().code(), ErrorCode::Cancelled);
}

/// At Caddy, which has Smallstep's ACME engine and leaves what failed pending.
void TestOrderChecks::saysWhyANameStaysPending()
{
    const support::CaddyServer caddy;
    World world(caddy);
    const auto record = world.workshop.issue(world.workshop.request(world.authority.id, {u"web.corp.example"_s}));
    QVERIFY(record);
    QCOMPARE(record->state, lifecycle::OrderState::Failed);
    const auto reasons = await(world.workshop.engine().checks().why(record->id, {}, {}));
    QVERIFY2(reasons, reasons ? "" : qPrintable(reasons.error().message()));
    QCOMPARE(reasons->size(), 1);
    const QString text = reasons->constFirst().text();
    for (const QString& part :
         {u"web.corp.example, http-01"_s, u"The authority says: "_s, u"Caddy leaves a challenge that failed pending"_s,
          u"The authority's resolvers find 127.0.0.1"_s, u"AA records of corp.example let \"ca.example\" issue"_s})
        QVERIFY2(text.contains(part, Qt::CaseInsensitive), qPrintable(text));
    const auto other = await(world.workshop.engine().checks().why(record->id, u"other.corp.example"_s, {}));
    QVERIFY(!other);
    QCOMPARE(other.error().code(), ErrorCode::NotFound);
    QVERIFY(!await(world.workshop.engine().checks().why(u"none"_s, {}, {})));
}

void TestOrderChecks::looksForWhatARunningOrderPutInPlace()
{
    World world;
    world.addSolver();
    world.server.failNext(Step::Challenge, Fault::Hang);
    lifecycle::IssueRequest request = world.workshop.request(world.authority.id, {u"web.corp.example"_s});
    request.proof = world.solver;
    const auto id = await(world.workshop.engine().orders().place(request, {}));
    QVERIFY(id);
    QTRY_COMPARE_WITH_TIMEOUT(world.server.requests(Step::Challenge), 1, 30'000);
    const auto reasons = await(world.workshop.engine().checks().why(*id, u"web.corp.example"_s, {}));
    QVERIFY(reasons);
    const QString text = reasons->constFirst().text();
    QVERIFY2(text.contains(u"see our value at _acme-challenge.web.corp.example"_s), qPrintable(text));
    QVERIFY2(text.contains(u"has not said anything"_s), qPrintable(text));
    // the authority sees another half of a split horizon
    const support::BindServer other({{u"corp.example"_s, {}, {}}});
    lifecycle::Authority moved = world.authority;
    moved.resolvers = QStringList(other.address());
    QVERIFY(await(world.workshop.storage().authorities().update(moved)));
    const auto again = await(world.workshop.engine().checks().why(*id, u"web.corp.example"_s, {}));
    QVERIFY(again);
    QVERIFY2(again->constFirst().text().contains(u"see no TXT record at _acme-challenge.web.corp.example"_s),
             qPrintable(again->constFirst().text()));
    QVERIFY(await(world.workshop.engine().orders().cancel(*id)));
}

void TestOrderChecks::knowsAWildcardThatTheAuthorityWritesWithoutItsStar()
{
    World world;
    world.addSolver();
    lifecycle::OrderRecord order;
    order.id = u"stuck"_s;
    order.request = world.workshop.request(world.authority.id, {u"*.corp.example"_s});
    order.request.accountId = await(world.workshop.engine().accounts().all())->constFirst().id;
    order.request.certificateId = u"certificate"_s;
    order.request.proof = world.solver;
    order.state = lifecycle::OrderState::Failed;
    const lifecycle::ManagedCertificate certificate {u"certificate"_s, order.request, {}, {}, {}};
    QVERIFY(await(world.workshop.storage().orders().insert(order, "sealed", certificate)));
    lifecycle::OrderEvent refused;
    refused.orderId = order.id;
    refused.sequence = 1;
    refused.at = world.workshop.clock().now();
    refused.subject = lifecycle::OrderEvent::Subject::Authorization;
    refused.identifier = u"corp.example"_s;
    refused.state = u"invalid"_s;
    refused.error = base::Error(ErrorCode::Rejected, u"no such record"_s);
    QVERIFY(await(world.workshop.storage().orders().update(order, {refused})));
    for (const QString& name : {QString(), u"*.corp.example"_s, u"corp.example"_s}) {
        const auto reasons = await(world.workshop.engine().checks().why(order.id, name, {}));
        QVERIFY2(reasons, reasons ? "" : qPrintable(reasons.error().message()));
        QCOMPARE(reasons->size(), 1);
        QCOMPARE(reasons->constFirst().name, u"*.corp.example"_s);
        QCOMPARE(reasons->constFirst().state, u"invalid"_s);
        QVERIFY(reasons->constFirst().text().contains(u"no such record"_s));
    }
}

SEALWRIGHT_TEST(TestOrderChecks)

} // namespace tst_order_checks

#include "tst_order_checks.moc"
