// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/event.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/name_lookups.h"
#include "lifecycle/repositories.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QTest>

namespace tst_issuance_policy {

using namespace Qt::StringLiterals;
using base::Identifier;
using lifecycle::IssuancePolicy;
using lifecycle::NameDecision;
using lifecycle::NameRule;
using lifecycle::NameWarning;
using lifecycle::OrderState;
using support::await;
using Verdict = NameDecision::Verdict;

namespace {

IssuancePolicy policy(const QStringList& allowed, const QStringList& denied)
{
    return {u"ca"_s, QString(), lifecycle::parseNameRules(allowed).value(), lifecycle::parseNameRules(denied).value()};
}

Identifier name(const QString& text)
{
    return Identifier::parse(text).value();
}

/// "kind name detail", for comparing.
QStringList told(const QList<NameWarning>& warnings, NameWarning::Kind kind)
{
    QStringList lines;
    for (const NameWarning& warning : warnings)
        if (warning.kind == kind)
            lines.append(u"%1: %2"_s.arg(warning.name, warning.detail));
    return lines;
}

} // namespace

/// Rules about names, what authorities refused, and what is told while names are typed.
class TestIssuancePolicy : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            server.setHttp01Port(workshop.responderPort());
            server.setValidation(support::Validation::Http01);
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            account = workshop.registerAccount(authority.id);
        }

        void set(const QStringList& allowed, const QStringList& denied, const QString& accountId = QString())
        {
            IssuancePolicy rules = policy(allowed, denied);
            rules.authorityId = authority.id;
            rules.accountId = accountId;
            const auto stored = await(workshop.engine().policies().set(rules));
            if (!stored)
                qFatal("%s", qPrintable(stored.error().message()));
        }

        lifecycle::NameQuestion question(const QStringList& names) const
        {
            return {base::parseIdentifiers(names).value(), authority.id, account.id, QString()};
        }

        QList<NameWarning> warnings(const QStringList& names)
        {
            return await(workshop.engine().nameWarnings().about(question(names))).value();
        }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
        lifecycle::Account account;
    };

private Q_SLOTS:
    void matchesNamesAsOperatorsMeanThem_data();
    void matchesNamesAsOperatorsMeanThem();
    void refusesWhatIsNoRule_data();
    void refusesWhatIsNoRule();
    void decidesByDenialFirst();
    void placesNoOrderThatARuleDenies();
    void followsTheRulesOfTheAccountToo();
    void keepsWhatTheAuthorityRefusedUntilItSucceeds();
    void learnsNothingFromAServerThatFailed();
    void warnsOfNamesThatACertificateHas();
    void knowsInternalNames_data();
    void knowsInternalNames();
    void tellsInternalNamesOnlyForAPublicAuthority();
    void findsNamesThatTheDnsDoesNotKnow();
    void saysNothingWithoutAnAnswer();
    void asksNobodyElseWhereAResolverCannotBeRead();
};

void TestIssuancePolicy::matchesNamesAsOperatorsMeanThem_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QStringList>("matching");
    QTest::addColumn<QStringList>("others");
    QTest::newRow("exact") << u"www.corp.example"_s << QStringList {u"WWW.corp.example."_s}
                           << QStringList {u"a.www.corp.example"_s, u"*.corp.example"_s, u"corp.example"_s};
    QTest::newRow("wildcard") << u"*.corp.example"_s << QStringList {u"*.corp.example"_s, u"a.corp.example"_s}
                              << QStringList {u"corp.example"_s, u"a.b.corp.example"_s, u"acorp.example"_s};
    QTest::newRow("suffix") << u".corp.example"_s
                            << QStringList {u"a.corp.example"_s, u"a.b.corp.example"_s, u"*.b.corp.example"_s,
                                            u"*.corp.example"_s}
                            << QStringList {u"corp.example"_s, u"evilcorp.example"_s, u"corp.example.org"_s};
    QTest::newRow("Unicode") << u"bücher.example"_s << QStringList {u"xn--bcher-kva.example"_s}
                             << QStringList {u"bucher.example"_s};
    QTest::newRow("network") << u"10.20.0.0/16"_s << QStringList {u"10.20.255.1"_s}
                             << QStringList {u"10.21.0.1"_s, u"www.corp.example"_s, u"::1"_s};
    QTest::newRow("IPv6 network") << u"fd00::/8"_s << QStringList {u"fd12::1"_s} << QStringList {u"fe80::1"_s};
    QTest::newRow("address") << u"192.0.2.7"_s << QStringList {u"192.0.2.7"_s} << QStringList {u"192.0.2.8"_s};
}

void TestIssuancePolicy::matchesNamesAsOperatorsMeanThem()
{
    QFETCH(QString, rule);
    QFETCH(QStringList, matching);
    QFETCH(QStringList, others);
    const auto parsed = NameRule::parse(rule);
    QVERIFY(parsed);
    for (const QString& each : matching)
        QVERIFY2(parsed->matches(name(each)), qPrintable(each));
    for (const QString& each : others)
        QVERIFY2(!parsed->matches(name(each)), qPrintable(each));
    QCOMPARE(NameRule::parse(parsed->text()).value(), *parsed);
}

void TestIssuancePolicy::refusesWhatIsNoRule_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "a..b", "*.", ".*.corp.example", "a.*.corp.example", "10.0.0.0/33", "10.1.0.0/8",
                             "corp/8", ".10.0.0.1", "-a.example"})
        QTest::addRow("%s", text) << QString::fromLatin1(text);
}

void TestIssuancePolicy::refusesWhatIsNoRule()
{
    QFETCH(QString, text);
    const auto parsed = NameRule::parse(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().field(), u"rule"_s);
    QVERIFY(parsed.error().detail().contains(text));
}

void TestIssuancePolicy::decidesByDenialFirst()
{
    const IssuancePolicy both = policy({u".corp.example"_s, u"10.0.0.0/8"_s}, {u"secret.corp.example"_s});
    QCOMPARE(both.decide(name(u"www.corp.example"_s)).verdict, Verdict::Allowed);
    QCOMPARE(both.decide(name(u"secret.corp.example"_s)).rule, u"secret.corp.example"_s);
    QCOMPARE(both.decide(name(u"www.other.example"_s)).verdict, Verdict::Denied);
    QCOMPARE(both.decide(name(u"www.other.example"_s)).rule, QString());
    const IssuancePolicy denials = policy({}, {u".lan"_s});
    QCOMPARE(denials.decide(name(u"printer.lan"_s)).verdict, Verdict::Denied);
    QCOMPARE(denials.decide(name(u"www.corp.example"_s)).verdict, Verdict::Unknown);
    QCOMPARE(lifecycle::decide({both, denials}, name(u"www.corp.example"_s)).verdict, Verdict::Allowed);
}

void TestIssuancePolicy::placesNoOrderThatARuleDenies()
{
    World world;
    world.set({u".corp.example"_s}, {u"db.corp.example"_s});
    const auto denied =
        world.workshop.issue(world.workshop.request(world.authority.id, {u"a.corp.example"_s, u"db.corp.example"_s}));
    QVERIFY(!denied);
    QCOMPARE(denied.error().code(), base::ErrorCode::InvalidInput);
    QCOMPARE(denied.error().field(), u"names"_s);
    QVERIFY(denied.error().detail().contains(u"“db.corp.example” is denied by the rule “db.corp.example”"_s));
    QVERIFY(!world.workshop.issue(world.workshop.request(world.authority.id, {u"a.other.example"_s})));
    QVERIFY(await(world.workshop.engine().orders().page(0, 10))->isEmpty());
    QCOMPARE(world.server.requests(support::Step::NewOrder), 0);
    world.set({}, {});
    const auto issued = world.workshop.issue(world.workshop.request(world.authority.id, {u"db.corp.example"_s}));
    QCOMPARE(issued->state, OrderState::Issued);
}

void TestIssuancePolicy::followsTheRulesOfTheAccountToo()
{
    World world;
    const auto other = world.workshop.registerAccount(world.authority.id);
    world.set({}, {u".lan"_s});
    world.set({u".web.example"_s}, {}, world.account.id);
    auto request = world.workshop.request(world.authority.id, {u"db.example"_s});
    request.accountId = world.account.id;
    QVERIFY(!world.workshop.issue(request));
    request.accountId = other.id;
    QCOMPARE(world.workshop.issue(request)->state, OrderState::Issued);
    QCOMPARE(await(world.workshop.engine().policies().overview(world.authority.id))->policies.size(), 2);
    QCOMPARE(await(world.workshop.engine().events().page({}))->at(1).action, u"policy.set"_s);
}

void TestIssuancePolicy::keepsWhatTheAuthorityRefusedUntilItSucceeds()
{
    World world;
    world.server.setBlockedNames({u"db.corp.example"_s});
    const QStringList names {u"a.corp.example"_s, u"db.corp.example"_s};
    QCOMPARE(world.workshop.issue(world.workshop.request(world.authority.id, names))->state, OrderState::Failed);
    world.workshop.restart();
    const auto refused = world.warnings(names);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().kind, NameWarning::Kind::Refused);
    QCOMPARE(refused.first().name, u"db.corp.example"_s);
    QVERIFY(!refused.first().detail.isEmpty());
    QCOMPARE(refused.first().ofAccount, world.account.id);
    QVERIFY(refused.first().at.isValid());
    const auto overview = await(world.workshop.engine().policies().overview(world.authority.id));
    QCOMPARE(overview->refusals.size(), 1);
    QCOMPARE(overview->refusals.first().type, u"rejectedIdentifier"_s);
    world.server.setBlockedNames({});
    QCOMPARE(world.workshop.issue(world.workshop.request(world.authority.id, names))->state, OrderState::Issued);
    QVERIFY(await(world.workshop.engine().policies().overview(world.authority.id))->refusals.isEmpty());
}

void TestIssuancePolicy::learnsNothingFromAServerThatFailed()
{
    World world;
    world.server.setValidation(support::Validation::AlwaysInvalid);
    QCOMPARE(world.workshop.issue(world.workshop.request(world.authority.id, {u"a.corp.example"_s}))->state,
             OrderState::Failed);
    const auto overview = await(world.workshop.engine().policies().overview(world.authority.id));
    for (const lifecycle::NameRefusal& refusal : overview->refusals)
        QVERIFY2(refusal.type == u"unauthorized" || refusal.type == u"caa", qPrintable(refusal.type));
    lifecycle::OrderRecord order;
    order.request = world.workshop.request(world.authority.id, {u"a.corp.example"_s});
    for (const QString& type : {u"serverInternal"_s, u"connection"_s, u"dns"_s, u"rateLimited"_s}) {
        const QJsonObject json {{u"type"_s, u"urn:ietf:params:acme:error:"_s + type}};
        const base::Error error(base::ProblemDocument::fromJson(json, 400));
        QVERIFY2(lifecycle::refusalsIn(order, error, world.workshop.clock().now()).isEmpty(), qPrintable(type));
    }
}

void TestIssuancePolicy::warnsOfNamesThatACertificateHas()
{
    World world;
    const auto order = world.workshop.issue(world.workshop.request(world.authority.id, {u"www.corp.example"_s}));
    QCOMPARE(order->state, OrderState::Issued);
    const auto warnings = world.warnings({u"new.corp.example"_s, u"www.corp.example"_s});
    QCOMPARE(told(warnings, NameWarning::Kind::Covered), QStringList {u"www.corp.example: www.corp.example"_s});
    QCOMPARE(warnings.first().certificateId, order->request.certificateId);
    auto renewal = world.question({u"www.corp.example"_s});
    renewal.certificateId = order->request.certificateId;
    QVERIFY(await(world.workshop.engine().nameWarnings().about(renewal))->isEmpty());
    QCOMPARE(lifecycle::coveringWildcard(name(u"a.b.corp.example"_s)), u"*.b.corp.example"_s);
    QCOMPARE(lifecycle::coveringWildcard(name(u"*.corp.example"_s)), QString());
    world.workshop.clock().advance(std::chrono::hours(24 * 400)); // expired
    QVERIFY(world.warnings({u"www.corp.example"_s}).isEmpty());
}

void TestIssuancePolicy::knowsInternalNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("internal");
    for (const char* text : {"printer", "nas.local", "a.b.lan", "db.corp", "x.internal", "router.home.arpa", "a.test",
                             "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "fe80::1", "*.corp"})
        QTest::addRow("%s", text) << QString::fromLatin1(text) << true;
    for (const char* text :
         {"www.example.org", "local.example.org", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "notlan.net"})
        QTest::addRow("%s", text) << QString::fromLatin1(text) << false;
}

void TestIssuancePolicy::knowsInternalNames()
{
    QFETCH(QString, text);
    QFETCH(bool, internal);
    QCOMPARE(lifecycle::isInternalName(name(text)), internal);
}

void TestIssuancePolicy::tellsInternalNamesOnlyForAPublicAuthority()
{
    World world;
    QVERIFY(told(world.warnings({u"nas.lan"_s}), NameWarning::Kind::Internal).isEmpty());
    lifecycle::Authority authority = world.authority;
    authority.meta.kind = u"lets-encrypt"_s;
    QVERIFY(await(world.workshop.storage().authorities().update(authority)));
    QCOMPARE(told(world.warnings({u"nas.lan"_s, u"www.example.org"_s}), NameWarning::Kind::Internal),
             QStringList {u"nas.lan: "_s});
    lifecycle::Authority systemStore;
    systemStore.directoryUrl = QUrl(u"https://acme.ca.net/directory"_s);
    QVERIFY(lifecycle::isPublicAuthority(systemStore));
    systemStore.directoryUrl = QUrl(u"https://ca.corp/directory"_s);
    QVERIFY(!lifecycle::isPublicAuthority(systemStore));
}

void TestIssuancePolicy::findsNamesThatTheDnsDoesNotKnow()
{
    const support::BindServer bind({{u"corp.example"_s,
                                     "www IN A 192.0.2.1\nsix IN AAAA 2001:db8::1\n"
                                     "alias IN CNAME www\nmail IN MX 10 www\n",
                                     QString()}});
    World world;
    lifecycle::Authority authority = world.authority;
    authority.resolvers = {bind.address()};
    QVERIFY(await(world.workshop.storage().authorities().update(authority)));
    const QStringList names {u"www.corp.example"_s,  u"six.corp.example"_s,  u"alias.corp.example"_s,
                             u"gone.corp.example"_s, u"mail.corp.example"_s, u"*.corp.example"_s,
                             u"192.0.2.9"_s};
    const auto missing = await(world.workshop.engine().nameLookups().missing(world.question(names), {}), 30);
    QVERIFY(missing);
    const QStringList expected {u"gone.corp.example: "_s, u"mail.corp.example: "_s};
    QCOMPARE(told(*missing, NameWarning::Kind::Unknown), expected);
}

void TestIssuancePolicy::saysNothingWithoutAnAnswer()
{
    World world;
    lifecycle::Authority authority = world.authority;
    authority.resolvers = {u"127.0.0.1:1"_s}; // nobody listens
    QVERIFY(await(world.workshop.storage().authorities().update(authority)));
    QStringList names;
    for (int i = 0; i < 200; ++i)
        names.append(u"host-%1.corp.example"_s.arg(i));
    const auto missing = await(world.workshop.engine().nameLookups().missing(world.question(names), {}), 60);
    QVERIFY(missing);
    QVERIFY(missing->isEmpty());
}

void TestIssuancePolicy::asksNobodyElseWhereAResolverCannotBeRead()
{
    World world;
    lifecycle::Authority authority = world.authority;
    authority.resolvers = {u"no resolver"_s};
    QVERIFY(await(world.workshop.storage().authorities().update(authority)));
    const auto missing =
        await(world.workshop.engine().nameLookups().missing(world.question({u"www.corp.example"_s}), {}));
    QVERIFY(!missing);
    QVERIFY2(missing.error().message().contains(u"no resolver"_s), qPrintable(missing.error().message()));
}

SEALWRIGHT_TEST(TestIssuancePolicy)

} // namespace tst_issuance_policy

#include "tst_issuance_policy.moc"
