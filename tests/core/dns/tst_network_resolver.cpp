// SPDX-License-Identifier: Apache-2.0
#include "dns/network_resolver.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/free_port.h"
#include "support/test_program.h"

#include <QTest>
#include <QUdpSocket>

namespace tst_network_resolver {

using base::ErrorCode;
using dns::Lookup;
using dns::NetworkResolver;
using dns::RecordType;
using dns::ServerAddress;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// More than fits into 512 bytes, so that the answer is cut off over UDP.
QByteArray manyTexts()
{
    QByteArray records;
    for (int i = 0; i < 40; ++i)
        records += "many IN TXT \"value number " + QByteArray::number(i) + " of a long answer\"\n";
    return records;
}

QList<support::BindZone> zones()
{
    return {
        {u"corp.example"_s,
         "www IN A 192.0.2.1\nwww IN A 192.0.2.2\nwww IN AAAA 2001:db8::1\n"
         "alias IN CNAME middle\nmiddle IN CNAME www\nelsewhere IN CNAME host.other.example.\n"
         "dangling IN CNAME nothing.corp.example.\n"
         "text IN TXT \"one \" \"two \\\"three\\\"\"\n"
         "@ IN CAA 0 issue \"ca.example; validationmethods=dns-01\"\n@ IN CAA 128 iodef \"mailto:pki@corp.example\"\n"
         "sub IN NS ns.elsewhere.example.\n"
             + manyTexts()},
        {u"other.example"_s, "host IN A 192.0.2.3\n"}};
}

} // namespace

class TestNetworkResolver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsAddresses();
    void findsTheServersOfAZone();
    void joinsTheStringsOfATextRecord();
    void readsCertificationAuthorityAuthorization();
    void followsAliases();
    void followsAnAliasIntoAnotherZone();
    void doesNotFollowTheAliasThatIsAskedFor();
    void tellsAMissingRecordFromAMissingName();
    void tellsTheMissingNameAnAliasLeadsTo();
    void namesTheZoneOfANegativeAnswer();
    void fetchesACutOffAnswerOverTcp();
    void tellsARefusalFromSilence();
    void tellsWhereServersReferToOthers();
    void tellsThatNobodyListens();
    void timesOutWhereNobodyAnswers();
    void asksTheNextServer();
    void canBeStopped();
    void refusesWhatIsNoName();

private:
    tl::expected<Lookup, base::Error> lookup(const QString& name, RecordType type)
    {
        NetworkResolver resolver({{u"127.0.0.1"_s, m_bind.port()}});
        return support::await(resolver.lookup(name, type, {}));
    }

    support::BindServer m_bind {zones()};
};

namespace {

QList<QByteArray> valuesOf(const Lookup& lookup)
{
    QList<QByteArray> values;
    for (const dns::Record& record : lookup.records)
        values.append(record.value);
    std::sort(values.begin(), values.end());
    return values;
}

/// A socket that is open and never answers.
struct SilentServer {
    SilentServer() { socket.bind(QHostAddress(QHostAddress::LocalHost)); }
    ServerAddress address() const { return {u"127.0.0.1"_s, socket.localPort()}; }
    QUdpSocket socket;
};

} // namespace

void TestNetworkResolver::findsAddresses()
{
    const auto v4 = lookup(u"WWW.corp.example."_s, RecordType::A);
    QVERIFY(v4 && v4->isFound());
    QCOMPARE(valuesOf(*v4), QList<QByteArray>({"192.0.2.1", "192.0.2.2"}));
    QCOMPARE(v4->records.constFirst().name, u"www.corp.example"_s);
    QVERIFY(v4->isAuthoritative);
    const auto v6 = lookup(u"www.corp.example"_s, RecordType::Aaaa);
    QVERIFY(v6);
    QCOMPARE(valuesOf(*v6), QList<QByteArray>({"2001:db8::1"}));
}

void TestNetworkResolver::findsTheServersOfAZone()
{
    const auto servers = lookup(u"corp.example"_s, RecordType::Ns);
    QVERIFY(servers);
    QCOMPARE(valuesOf(*servers), QList<QByteArray>({"ns.corp.example"}));
    const auto primary = lookup(u"corp.example"_s, RecordType::Soa);
    QVERIFY(primary);
    QCOMPARE(valuesOf(*primary), QList<QByteArray>({"ns.corp.example"}));
}

void TestNetworkResolver::joinsTheStringsOfATextRecord()
{
    const auto text = lookup(u"text.corp.example"_s, RecordType::Txt);
    QVERIFY(text);
    QCOMPARE(valuesOf(*text), QList<QByteArray>({"one two \"three\""}));
}

void TestNetworkResolver::readsCertificationAuthorityAuthorization()
{
    const auto caa = lookup(u"corp.example"_s, RecordType::Caa);
    QVERIFY(caa);
    QCOMPARE(caa->records.size(), 2);
    const bool isIssueFirst = caa->records.constFirst().tag == "issue";
    const dns::Record issue = isIssueFirst ? caa->records.constFirst() : caa->records.constLast();
    const dns::Record report = isIssueFirst ? caa->records.constLast() : caa->records.constFirst();
    QCOMPARE(issue.value, "ca.example; validationmethods=dns-01");
    QCOMPARE(issue.flags, 0);
    QCOMPARE(report.tag, "iodef");
    QCOMPARE(report.value, "mailto:pki@corp.example");
    QCOMPARE(report.flags, 128);
}

void TestNetworkResolver::followsAliases()
{
    const auto found = lookup(u"alias.corp.example"_s, RecordType::Aaaa);
    QVERIFY(found && found->isFound());
    QCOMPARE(found->aliases, QStringList({u"alias.corp.example"_s, u"middle.corp.example"_s}));
    QCOMPARE(found->name, u"www.corp.example"_s);
}

void TestNetworkResolver::followsAnAliasIntoAnotherZone()
{
    const auto found = lookup(u"elsewhere.corp.example"_s, RecordType::A);
    QVERIFY(found && found->isFound());
    QCOMPARE(valuesOf(*found), QList<QByteArray>({"192.0.2.3"}));
}

void TestNetworkResolver::doesNotFollowTheAliasThatIsAskedFor()
{
    const auto found = lookup(u"alias.corp.example"_s, RecordType::Cname);
    QVERIFY(found && found->isFound());
    QCOMPARE(valuesOf(*found), QList<QByteArray>({"middle.corp.example"}));
}

void TestNetworkResolver::tellsAMissingRecordFromAMissingName()
{
    const auto noRecord = lookup(u"www.corp.example"_s, RecordType::Txt);
    QVERIFY(noRecord);
    QCOMPARE(noRecord->status, Lookup::Status::NoData);
    const auto noName = lookup(u"nothing.corp.example"_s, RecordType::A);
    QVERIFY(noName);
    QCOMPARE(noName->status, Lookup::Status::NoSuchName);
}

void TestNetworkResolver::tellsTheMissingNameAnAliasLeadsTo()
{
    const auto found = lookup(u"dangling.corp.example"_s, RecordType::A);
    QVERIFY(found);
    QCOMPARE(found->status, Lookup::Status::NoSuchName);
    QCOMPARE(found->name, u"nothing.corp.example"_s);
}

void TestNetworkResolver::namesTheZoneOfANegativeAnswer()
{
    const auto found = lookup(u"_acme-challenge.deep.below.corp.example"_s, RecordType::Soa);
    QVERIFY(found);
    QCOMPARE(found->zone, u"corp.example"_s);
}

void TestNetworkResolver::fetchesACutOffAnswerOverTcp()
{
    const auto found = lookup(u"many.corp.example"_s, RecordType::Txt);
    QVERIFY2(found, found ? "" : qPrintable(found.error().message()));
    QCOMPARE(found->records.size(), 40);
}

void TestNetworkResolver::tellsARefusalFromSilence()
{
    const auto found = lookup(u"www.unknown.example"_s, RecordType::A);
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Rejected);
    QVERIFY2(found.error().message().contains(u"REFUSED"_s), qPrintable(found.error().message()));
}

void TestNetworkResolver::tellsWhereServersReferToOthers()
{
    const auto found = lookup(u"www.sub.corp.example"_s, RecordType::A);
    QVERIFY(found);
    QCOMPARE(found->status, Lookup::Status::Referral);
}

void TestNetworkResolver::tellsThatNobodyListens()
{
    NetworkResolver resolver({{u"127.0.0.1"_s, support::freePort()}});
    const auto found = support::await(resolver.lookup(u"www.corp.example"_s, RecordType::A, {}));
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Network);
}

void TestNetworkResolver::timesOutWhereNobodyAnswers()
{
    const SilentServer silent;
    NetworkResolver resolver({silent.address()}, {50ms, 2});
    const auto found = support::await(resolver.lookup(u"www.corp.example"_s, RecordType::A, {}));
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Timeout);
    QVERIFY(found.error().message().contains(silent.address().toString()));
}

void TestNetworkResolver::asksTheNextServer()
{
    const SilentServer silent;
    NetworkResolver resolver({silent.address(), {u"localhost"_s, m_bind.port()}}, {50ms, 1});
    const auto found = support::await(resolver.lookup(u"www.corp.example"_s, RecordType::A, {}));
    QVERIFY2(found && found->isFound(), found ? "" : qPrintable(found.error().message()));
}

void TestNetworkResolver::canBeStopped()
{
    const SilentServer silent;
    NetworkResolver resolver({silent.address()}, {1h, 1});
    std::stop_source stop;
    auto running = resolver.lookup(u"www.corp.example"_s, RecordType::A, stop.get_token());
    stop.request_stop();
    const auto found = support::await(std::move(running));
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Cancelled);
}

void TestNetworkResolver::refusesWhatIsNoName()
{
    for (const QString& name : {u"a..example"_s, QString(64, u'a') + u".example"_s, u"a."_s.repeated(200)}) {
        const auto found = lookup(name, RecordType::A);
        QVERIFY2(!found, qPrintable(name));
        QCOMPARE(found.error().code(), ErrorCode::InvalidInput);
    }
}

SEALWRIGHT_TEST(TestNetworkResolver)

} // namespace tst_network_resolver

#include "tst_network_resolver.moc"
