// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_updater.h"
#include "challenge/solver_factory.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/free_port.h"
#include "support/memory_solvers.h"
#include "support/test_program.h"
#include "support/txt_values.h"
#include "support/verify_result.h"

#include <QTest>

namespace tst_dns01_solver {

using base::ErrorCode;
using challenge::Answer;
using challenge::BuiltInSolvers;
using challenge::ProofSettings;
using challenge::Solver;
using challenge::SolverSettings;
using support::await;
using namespace Qt::StringLiterals;

namespace {

const QString ownId = u"own"_s;

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};
const support::BindKey childKey {u"child.example"_s, u"hmac-sha512"_s, "c2VjcmV0IG9mIHRoZSBjaGlsZCB6b25l"};
const support::BindKey otherKey {u"other.example"_s, u"hmac-sha1"_s, "c2VjcmV0IG9mIHRoZSBvdGhlciB6b25l"};

QList<support::BindZone> zones()
{
    return {{u"corp.example"_s,
             "child IN NS ns.child\nns.child IN A 127.0.0.1\n"
             "_acme-challenge.moved IN CNAME moved.proofs.example.\n"
             "_acme-challenge.far IN CNAME _acme-challenge.moved\n"
             "*.wild IN CNAME lb.provider.example.\n"
             "_acme-challenge.loop IN CNAME _acme-challenge.pool\n"
             "_acme-challenge.pool IN CNAME _acme-challenge.loop\n",
             ownKey.name},
            {u"child.corp.example"_s, {}, childKey.name},
            {u"proofs.example"_s, {}, otherKey.name},
            {u"fixed.example"_s, {}, {}}};
}

/// What the update server does not serve.
QList<support::BindZone> otherZones()
{
    return {{u"shop.example"_s, "_acme-challenge.www IN CNAME shop.proofs.example.\n", {}}};
}

base::Secret secretOf(const support::BindKey& key)
{
    return base::Secret(QByteArray::fromBase64(key.secret));
}

SolverSettings settings(const QString& id, const QString& server, const support::BindKey& key,
                        const QStringList& of = {})
{
    return {id, id, server, key.name, key.algorithm, of};
}

Answer answer(const QString& name, const QString& token)
{
    return {*base::Identifier::parse(name), token, token + u".thumbprint"_s};
}

} // namespace

/// Against Debian's BIND with a parent zone, a child zone with another key and a zone that aliases lead to.
class TestDns01Solver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void putsTheDigestOfTheKeyAuthorizationInPlace();
    void provesByARecordOfTheAccount();
    void leavesOtherRecordsThanThoseOfDns01OutOfHooks();
    void sharesTheRecordOfANameAndItsWildcard();
    void updatesAChildZoneWithItsOwnKey();
    void followsAliasesIntoAZoneWithItsOwnKey();
    void followsAliasesInZonesThatTheUpdateServerDoesNotServe();
    void doesNotFollowAWildcardsAlias();
    void tellsHooksNoDomainThatTheyWouldWriteElsewhere();
    void cleansUpByPlacementAlone();
    void keepsAValueUntilTheLastOrderNeedsItNoMore();
    void preparesWithoutChangingAnything();
    void refusesAddresses();
    void saysWhyANameCannotBeProved_data();
    void saysWhyANameCannotBeProved();
    void saysThatTheServerIsUnreachable();
    void saysThatTheSecretIsWrong();

private:
    std::unique_ptr<Solver> solver(const QString& id = ownId)
    {
        challenge::SolverContext context;
        context.resolvers = QStringList(m_others.address());
        return *m_solvers.make(ProofSettings::dns01({id, id}), context);
    }
    QList<QByteArray> values(const QString& name) const { return support::txtValues(m_bind, name); }

    support::BindServer m_bind {zones(), {ownKey, childKey, otherKey}};
    support::BindServer m_others {otherZones(), {}, support::BindServer::Service::Resolving};
    support::MemorySolvers m_store;
    base::SystemClock m_clock;
    BuiltInSolvers m_solvers {m_store, m_clock};
};

void TestDns01Solver::initTestCase()
{
    m_store.insert(settings(ownId, m_bind.address(), ownKey), secretOf(ownKey));
    m_store.insert(settings(u"child"_s, m_bind.address(), childKey, {u"child.corp.example"_s}), secretOf(childKey));
    m_store.insert(settings(u"proofs"_s, m_bind.address(), otherKey, {u"proofs.example"_s}), secretOf(otherKey));
    support::BindKey wrong = ownKey;
    wrong.secret = "d3Jvbmc=";
    m_store.insert(settings(u"wrong"_s, m_bind.address(), wrong), secretOf(wrong));
    m_store.insert(settings(u"nobody"_s, u"127.0.0.1:%1"_s.arg(support::freePort()), ownKey), secretOf(ownKey));
}

void TestDns01Solver::putsTheDigestOfTheKeyAuthorizationInPlace()
{
    const auto solver = this->solver();
    QCOMPARE(solver->challengeType(), u"dns-01"_s);
    QVERIFY_RESULT(await(solver->prepare({*base::Identifier::parse(u"www.corp.example"_s)}, {})));
    // printf token.thumbprint | openssl dgst -sha256 -binary | basenc --base64url | tr -d =
    const QByteArray digest = "61rBZ_4knHblO0MNoxFsXZ_eTFUHum0B6IVRbhvUn5I";
    const Answer given = answer(u"www.corp.example"_s, u"token"_s);
    QCOMPARE(solver->expectation(given).at, u"_acme-challenge.www.corp.example TXT"_s);
    QCOMPARE(solver->expectation(given).value, QString::fromLatin1(digest));
    const QJsonObject placement = solver->placement(given);
    for (int i = 0; i < 2; ++i)
        QVERIFY_RESULT(await(solver->present(given, {})));
    QCOMPARE(values(u"_acme-challenge.www.corp.example"_s), QList<QByteArray> {digest});
    for (int i = 0; i < 2; ++i)
        QVERIFY_RESULT(await(solver->cleanUp(placement)));
    QCOMPARE(values(u"_acme-challenge.www.corp.example"_s), QList<QByteArray> {});
}

void TestDns01Solver::provesByARecordOfTheAccount()
{
    const auto settings = ProofSettings::dns(u"dns-account-01"_s, {ownId, ownId});
    challenge::SolverContext context;
    QCOMPARE(m_solvers.make(settings, context).error().field(), u"account"_s);
    context.account.url = u"https://example.com/acme/acct/ExampleAccount"_s; // draft-ietf-acme-dns-account-label
    const auto solver = *m_solvers.make(settings, context);
    QCOMPARE(solver->challengeType(), u"dns-account-01"_s);
    const QString record = u"_ujmmovf2vn55tgye._acme-challenge.mine.corp.example"_s;
    const Answer apex = answer(u"mine.corp.example"_s, u"apex"_s);
    const Answer wildcard = answer(u"*.mine.corp.example"_s, u"wildcard"_s);
    QVERIFY_RESULT(await(solver->prepare({apex.identifier, wildcard.identifier}, {})));
    QCOMPARE(solver->expectation(apex).at, record + u" TXT"_s);
    QVERIFY_RESULT(await(solver->present(apex, {})));
    QVERIFY_RESULT(await(solver->present(wildcard, {})));
    QCOMPARE(values(record).size(), 2);
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(apex))));
    QCOMPARE(values(record), QList<QByteArray> {solver->expectation(wildcard).value.toLatin1()});
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(wildcard))));
    QCOMPARE(values(record), QList<QByteArray> {});
}

void TestDns01Solver::leavesOtherRecordsThanThoseOfDns01OutOfHooks()
{
    challenge::SolverSettings hooks {u"hooks"_s, u"hooks"_s};
    hooks.method = challenge::DnsMethod::DehydratedHook;
    m_store.insert(hooks, base::Secret());
    challenge::SolverContext context;
    context.account.url = u"https://example.com/acme/acct/ExampleAccount"_s;
    const auto solver = *m_solvers.make(ProofSettings::dns(u"dns-account-01"_s, hooks), context);
    const auto refused = await(solver->prepare({*base::Identifier::parse(u"www.unknown.example"_s)}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Unsupported);
    QCOMPARE(refused.error().field(), u"solver"_s);
}

void TestDns01Solver::sharesTheRecordOfANameAndItsWildcard()
{
    const QString record = u"_acme-challenge.shared.corp.example"_s;
    const auto solver = this->solver();
    const Answer apex = answer(u"shared.corp.example"_s, u"apex"_s);
    const Answer wildcard = answer(u"*.shared.corp.example"_s, u"wildcard"_s);
    QVERIFY_RESULT(await(solver->present(apex, {})));
    QVERIFY_RESULT(await(solver->present(wildcard, {})));
    QCOMPARE(values(record).size(), 2);
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(apex))));
    QCOMPARE(values(record), QList<QByteArray> {solver->expectation(wildcard).value.toLatin1()});
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(wildcard))));
    QCOMPARE(values(record), QList<QByteArray> {});
}

void TestDns01Solver::updatesAChildZoneWithItsOwnKey()
{
    const auto solver = this->solver();
    const Answer given = answer(u"a.child.corp.example"_s, u"child"_s);
    QVERIFY_RESULT(await(solver->prepare({given.identifier}, {})));
    QCOMPARE(solver->placement(given)[u"zone"_s].toString(), u"child.corp.example"_s);
    QCOMPARE(solver->placement(given)[u"solver"_s].toString(), u"child"_s);
    QVERIFY_RESULT(await(solver->present(given, {})));
    QCOMPARE(values(u"_acme-challenge.a.child.corp.example"_s).size(), 1);
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(given))));
}

void TestDns01Solver::followsAliasesIntoAZoneWithItsOwnKey()
{
    const auto solver = this->solver();
    const Answer given = answer(u"far.corp.example"_s, u"far"_s);
    QVERIFY_RESULT(await(solver->prepare({given.identifier}, {})));
    QCOMPARE(solver->placement(given)[u"record"_s].toString(), u"moved.proofs.example"_s);
    QVERIFY_RESULT(await(solver->present(given, {})));
    const QList<QByteArray> expected {solver->expectation(given).value.toLatin1()};
    QCOMPARE(values(u"moved.proofs.example"_s), expected);
    QCOMPARE(values(u"_acme-challenge.far.corp.example"_s), expected);
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(given))));
    QCOMPARE(values(u"moved.proofs.example"_s), QList<QByteArray> {});
}

void TestDns01Solver::followsAliasesInZonesThatTheUpdateServerDoesNotServe()
{
    const auto solver = this->solver();
    const Answer given = answer(u"www.shop.example"_s, u"shop"_s);
    QVERIFY_RESULT(await(solver->prepare({given.identifier}, {})));
    QVERIFY_RESULT(await(solver->present(given, {})));
    QCOMPARE(values(u"shop.proofs.example"_s).size(), 1);
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(given))));
}

void TestDns01Solver::doesNotFollowAWildcardsAlias()
{
    const QString record = u"_acme-challenge.any.wild.corp.example"_s;
    const auto solver = this->solver();
    const Answer given = answer(u"any.wild.corp.example"_s, u"wild"_s);
    QVERIFY_RESULT(await(solver->prepare({given.identifier}, {})));
    QCOMPARE(solver->placement(given)[u"record"_s].toString(), record);
    QCOMPARE(solver->placement(given)[u"zone"_s].toString(), u"corp.example"_s);
    QVERIFY_RESULT(await(solver->present(given, {})));
    QCOMPARE(values(record).size(), 1);
    QVERIFY_RESULT(await(solver->cleanUp(solver->placement(given))));
}

/// They put what they are told behind "_acme-challenge.".
void TestDns01Solver::tellsHooksNoDomainThatTheyWouldWriteElsewhere()
{
    support::MemorySolvers store;
    store.insert(settings(ownId, m_bind.address(), ownKey), secretOf(ownKey));
    SolverSettings hooks {u"hooks"_s, u"hooks"_s};
    hooks.method = challenge::DnsMethod::DehydratedHook;
    hooks.zones = QStringList(u"proofs.example"_s);
    store.insert(hooks, base::Secret());
    const challenge::Dns01Updater updater(store, m_clock, ownId, {m_others.address()});
    const auto place = await(updater.locate(u"_acme-challenge.moved.corp.example"_s, {}));
    QVERIFY(!place);
    QCOMPARE(place.error().code(), ErrorCode::Unsupported);
}

void TestDns01Solver::cleansUpByPlacementAlone()
{
    QList<QJsonObject> placements;
    {
        const auto killed = solver();
        const Answer prepared = answer(u"killed.corp.example"_s, u"one"_s);
        QVERIFY_RESULT(await(killed->prepare({prepared.identifier}, {})));
        placements.append(killed->placement(prepared));
        QVERIFY_RESULT(await(killed->present(prepared, {})));
        const Answer unprepared = answer(u"*.killed.corp.example"_s, u"two"_s);
        placements.append(solver()->placement(unprepared));
        QVERIFY_RESULT(await(killed->present(unprepared, {})));
    }
    QCOMPARE(values(u"_acme-challenge.killed.corp.example"_s).size(), 2);
    for (const QJsonObject& placement : placements)
        QVERIFY_RESULT(await(solver()->cleanUp(placement)));
    QCOMPARE(values(u"_acme-challenge.killed.corp.example"_s), QList<QByteArray> {});
}

void TestDns01Solver::keepsAValueUntilTheLastOrderNeedsItNoMore()
{
    const Answer given = answer(u"both.corp.example"_s, u"both"_s);
    const auto first = solver();
    const auto second = solver();
    QVERIFY_RESULT(await(first->present(given, {})));
    QVERIFY_RESULT(await(second->present(given, {})));
    QVERIFY_RESULT(await(first->cleanUp(first->placement(given))));
    QCOMPARE(values(u"_acme-challenge.both.corp.example"_s).size(), 1);
    QVERIFY_RESULT(await(second->cleanUp(second->placement(given))));
    QCOMPARE(values(u"_acme-challenge.both.corp.example"_s).size(), 0);
}

void TestDns01Solver::preparesWithoutChangingAnything()
{
    QList<base::Identifier> names;
    for (int i = 0; i < 40; ++i)
        names.append(*base::Identifier::parse(u"n%1.corp.example"_s.arg(i)));
    QVERIFY_RESULT(await(solver()->prepare(names, {})));
    QCOMPARE(values(u"_acme-challenge.n0.corp.example"_s), QList<QByteArray> {});
}

void TestDns01Solver::refusesAddresses()
{
    const auto refused = await(solver()->prepare({*base::Identifier::parse(u"192.0.2.1"_s)}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().field(), u"names"_s);
}

void TestDns01Solver::saysWhyANameCannotBeProved_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("a zone that may not be updated") << u"a.fixed.example"_s << u"may not change"_s;
    QTest::newRow("a zone that the server does not serve") << u"a.unknown.example"_s << u"REFUSED"_s;
    QTest::newRow("aliases in a circle") << u"loop.corp.example"_s << u"circle"_s;
}

void TestDns01Solver::saysWhyANameCannotBeProved()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    const auto refused = await(solver()->prepare({*base::Identifier::parse(name)}, {}));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message().contains(words), qPrintable(refused.error().message()));
}

void TestDns01Solver::saysThatTheServerIsUnreachable()
{
    const auto refused = await(solver(u"nobody"_s)->prepare({*base::Identifier::parse(u"www.corp.example"_s)}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Network);
    QCOMPARE(refused.error().field(), u"solver"_s);
}

void TestDns01Solver::saysThatTheSecretIsWrong()
{
    const auto refused = await(solver(u"wrong"_s)->prepare({*base::Identifier::parse(u"www.corp.example"_s)}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().field(), u"solver"_s);
    QVERIFY2(refused.error().message().contains(u"BADSIG"_s), qPrintable(refused.error().message()));
}

SEALWRIGHT_TEST(TestDns01Solver)

} // namespace tst_dns01_solver

#include "tst_dns01_solver.moc"
