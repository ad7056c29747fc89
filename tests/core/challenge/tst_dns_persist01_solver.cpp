// SPDX-License-Identifier: Apache-2.0
#include "challenge/solver_factory.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/fake_clock.h"
#include "support/free_port.h"
#include "support/memory_solvers.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QTest>

namespace tst_dns_persist01_solver {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using challenge::Answer;
using challenge::BuiltInSolvers;
using challenge::Solver;
using challenge::SolverContext;
using support::await;

namespace {

const challenge::ProvingAccount account {u"https://ca.example/acct/123"_s,
                                         u"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s};

// the hashes are draft-ietf-acme-dns-persist-02's own, for example.com and for any name
constexpr auto records =
    "_validation-persist.www IN TXT \"ca.example; accounturi=https://ca.example/acct/123\"\n"
    "_validation-persist.wild IN TXT \"ca.example;\" \" accounturi=https://ca.example/acct/123;\" \" "
    "policy=wildcard\"\n"
    "_validation-persist.moved IN CNAME www.proofs.example.\n"
    "_validation-persist.over IN TXT \"ca.example; accounturi=https://ca.example/acct/123; persistUntil=1000\"\n"
    "_validation-persist.broken IN TXT \"ca.example; accounturi=https://ca.example/acct/123; persistUntil=soon\"\n"
    "_validation-persist.other IN TXT \"ca.example; accounturi=https://ca.example/acct/124\"\n"
    "_validation-persist.hashed IN TXT \"ca.example; "
    "accounturi=h:sha-256/NpDnSwUthQK8zCgFdefYxAdAVPnygMLbs9US6oO-5ug\"\n"
    "_validation-persist.misplaced IN TXT \"ca.example; "
    "accounturi=h:sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw\"\n";

QList<support::BindZone> zones()
{
    return {{u"corp.example"_s, records, {}},
            {u"proofs.example"_s, "www IN TXT \"ca.example; accounturi=https://ca.example/acct/123\"\n", {}},
            {u"example.com"_s,
             "_validation-persist IN TXT \"ca.example; accounturi=h:sha-256/"
             "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw\"\n",
             {}}};
}

Answer answer(const QString& name, const QString& prefix = {})
{
    Answer given {*base::Identifier::parse(name), {}, {}};
    given.account = account;
    given.persistence = {{u"ca.example"_s}, prefix};
    return given;
}

} // namespace

/// Against Debian's BIND, whose zones nobody may update: nothing is ever written.
class TestDnsPersist01Solver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheRecord_data();
    void findsTheRecord();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void leavesTheDialectToTheChallenge();
    void tellsPeopleOfARecordOfAnotherAccount();
    void looksBeyondTheUpdateServer();
    void leavesTheRecordInPlace();
    void refusesAddresses();
    void saysThatDnsIsSilent();

private:
    std::unique_ptr<Solver> solver(const QString& prefix = {}, const QString& resolver = {})
    {
        SolverContext context;
        context.account = account;
        context.resolvers = {resolver.isEmpty() ? m_bind.address() : resolver};
        context.persistence = {prefix, {u"ca.example"_s}, {u"ca.example"_s}};
        challenge::ProofSettings settings;
        settings.challengeType = u"dns-persist-01"_s;
        return *m_solvers.make(settings, context);
    }

    support::BindServer m_bind {zones(), {}, support::BindServer::Service::Resolving};
    support::MemorySolvers m_store;
    base::SystemClock m_clock;
    BuiltInSolvers m_solvers {m_store, m_clock};
};

void TestDnsPersist01Solver::findsTheRecord_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("prefix");
    QTest::newRow("of the name") << u"www.corp.example"_s << QString();
    QTest::newRow("of a wildcard, in several strings") << u"*.wild.corp.example"_s << QString();
    QTest::newRow("above the name") << u"a.b.wild.corp.example"_s << QString();
    QTest::newRow("behind an alias") << u"moved.corp.example"_s << QString();
    QTest::newRow("hashed for the name") << u"example.com"_s << u"h:"_s;
    QTest::newRow("hashed for any name") << u"hashed.corp.example"_s << u"h:"_s;
    QTest::newRow("hashed with a key that only the authority may know") << u"misplaced.corp.example"_s << u"h:"_s;
}

void TestDnsPersist01Solver::findsTheRecord()
{
    QFETCH(QString, name);
    QFETCH(QString, prefix);
    const auto found = solver(prefix);
    QCOMPARE(found->challengeType(), u"dns-persist-01"_s);
    QVERIFY_RESULT(await(found->prepare({*base::Identifier::parse(name)}, {})));
    QVERIFY_RESULT(await(found->present(answer(name, prefix), {})));
}

void TestDnsPersist01Solver::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    const QString put = u"Put this TXT value there: ca.example; accounturi=https://ca.example/acct/123"_s;
    QTest::newRow("nothing there") << u"none.corp.example"_s << u"there is no such TXT record. "_s + put;
    QTest::newRow("a plain record for a wildcard") << u"*.www.corp.example"_s << u"it lacks policy=wildcard. "_s + put;
    QTest::newRow("a plain record above")
        << u"a.www.corp.example"_s << u"_validation-persist.a.www.corp.example does not prove it"_s;
    QTest::newRow("over") << u"over.corp.example"_s << u"its persistUntil was 1970-01-01T00:16:40Z"_s;
    QTest::newRow("malformed") << u"broken.corp.example"_s << u"persistUntil is no number of seconds"_s;
}

void TestDnsPersist01Solver::saysWhatIsWrong()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    const QList<base::Result<void>> outcomes {await(solver()->prepare({*base::Identifier::parse(name)}, {})),
                                              await(solver()->present(answer(name), {}))};
    for (const base::Result<void>& outcome : outcomes) {
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code(), ErrorCode::InvalidInput);
        QVERIFY(outcome.error().field().isEmpty());
        QVERIFY2(outcome.error().message().contains(words), qPrintable(outcome.error().message()));
    }
}

void TestDnsPersist01Solver::leavesTheDialectToTheChallenge()
{
    const QString name = u"hashed.corp.example"_s;
    // the directory was read before the authority learnt to hash
    QVERIFY_RESULT(await(solver()->prepare({*base::Identifier::parse(name)}, {})));
    QVERIFY_RESULT(await(solver()->present(answer(name, u"h:"_s), {})));
    const auto refused = await(solver()->present(answer(u"other.corp.example"_s), {}));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message().contains(u"https://ca.example/acct/124"_s),
             qPrintable(refused.error().message()));
}

void TestDnsPersist01Solver::tellsPeopleOfARecordOfAnotherAccount()
{
    const auto name = *base::Identifier::parse(u"other.corp.example"_s);
    QVERIFY_RESULT(await(solver()->prepare({name}, {})));
    const auto foreseen = await(solver()->foresee(name, {}, {}));
    QVERIFY(!foreseen);
    QCOMPARE(foreseen.error().code(), ErrorCode::InvalidInput);
    QVERIFY_RESULT(await(solver()->foresee(*base::Identifier::parse(u"a.wild.corp.example"_s), {}, {})));
}

/// An update server refuses what lies in zones of others, or behind an alias into one.
void TestDnsPersist01Solver::looksBeyondTheUpdateServer()
{
    const support::BindServer own({{u"own.example"_s, {}}});
    m_store.insert({u"own"_s, u"own"_s, own.address()}, base::Secret());
    SolverContext context;
    context.account = account;
    context.resolvers = {m_bind.address()};
    context.persistence = {{}, {u"ca.example"_s}, {u"ca.example"_s}};
    challenge::ProofSettings settings;
    settings.challengeType = u"dns-persist-01"_s;
    settings.solverId = u"own"_s;
    const auto solver = *m_solvers.make(settings, context);
    QVERIFY_RESULT(await(solver->prepare({*base::Identifier::parse(u"www.corp.example"_s)}, {})));
}

void TestDnsPersist01Solver::leavesTheRecordInPlace()
{
    const auto first = solver();
    const Answer given = answer(u"www.corp.example"_s);
    QCOMPARE(first->expectation(given).at, u"_validation-persist.www.corp.example TXT"_s);
    QCOMPARE(first->expectation(given).value, u"ca.example; accounturi=https://ca.example/acct/123"_s);
    QVERIFY_RESULT(await(first->cleanUp(first->placement(given))));
    QVERIFY_RESULT(await(solver()->present(given, {})));
}

void TestDnsPersist01Solver::refusesAddresses()
{
    const auto refused = await(solver()->prepare({*base::Identifier::parse(u"192.0.2.1"_s)}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().field(), u"names"_s);
}

void TestDnsPersist01Solver::saysThatDnsIsSilent()
{
    const QString nobody = u"127.0.0.1:%1"_s.arg(support::freePort());
    const auto refused = await(solver({}, nobody)->prepare({*base::Identifier::parse(u"www.corp.example"_s)}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Network);
    QVERIFY2(refused.error().message().contains(nobody), qPrintable(refused.error().message()));
}

SEALWRIGHT_TEST(TestDnsPersist01Solver)

} // namespace tst_dns_persist01_solver

#include "tst_dns_persist01_solver.moc"
