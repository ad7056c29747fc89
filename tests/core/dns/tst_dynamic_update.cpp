// SPDX-License-Identifier: Apache-2.0
#include "dns/dynamic_update.h"
#include "dns/network_resolver.h"
#include "dns/record_place.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/fake_clock.h"
#include "support/free_port.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QTest>
#include <QUdpSocket>

#include <algorithm>
#include <utility>

namespace tst_dynamic_update {

using base::ErrorCode;
using dns::DynamicUpdate;
using dns::RecordType;
using dns::TextValue;
using dns::TsigKey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString zone = u"corp.example"_s;
const QString record = u"_acme-challenge.www.corp.example"_s;
constexpr quint32 ttl = 60;

QList<support::BindKey> keys()
{
    QList<support::BindKey> keys;
    for (const QString& algorithm : {u"hmac-sha1"_s, u"hmac-sha256"_s, u"hmac-sha384"_s, u"hmac-sha512"_s})
        keys.append({algorithm + u".corp.example"_s, algorithm, ("secret of " + algorithm.toLatin1()).toBase64()});
    return keys;
}

QList<support::BindZone> zones()
{
    QList<support::BindZone> zones {{zone, "child IN NS ns.child\nns.child IN A 127.0.0.1\n", keys().at(1).name},
                                    {u"child.corp.example"_s, {}, keys().at(3).name},
                                    {u"fixed.example"_s, {}, {}}};
    for (const support::BindKey& key : keys())
        zones.append({key.algorithm + u".example"_s, {}, key.name});
    return zones;
}

/// Knows where one zone begins, and nothing of the names below it but that they are there.
class Taciturn final : public dns::Resolver {
public:
    base::Task<base::Result<dns::Lookup>> lookup(QString name, RecordType type, std::stop_token) override
    {
        dns::Lookup answer;
        answer.name = name;
        if (type != RecordType::Soa)
            co_return answer;
        asked.append(name);
        if (name == zone)
            answer.status = dns::Lookup::Status::Found;
        co_return answer;
    }

    QStringList asked;
};

/// The system's clock, set forward by an hour once it has been asked.
class LeapingClock final : public base::Clock {
public:
    QDateTime now() const override { return m_system.now().addSecs(std::exchange(m_wasAsked, true) ? 3600 : 0); }
    base::Task<bool> sleep(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        return m_system.sleep(duration, std::move(stop));
    }

private:
    base::SystemClock m_system;
    mutable bool m_wasAsked = false;
};

std::shared_ptr<const TsigKey> keyOf(const support::BindKey& key)
{
    auto parsed = dns::parseTsigKeyFile(base::Secret(key.clause()));
    return parsed ? std::make_shared<const TsigKey>(*std::move(parsed)) : nullptr;
}

} // namespace

/// Against Debian's BIND.
class TestDynamicUpdate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signsWithEveryAlgorithm_data();
    void signsWithEveryAlgorithm();
    void addsOneValueAndRemovesOnlyThat();
    void repeatsWithoutHarm();
    void findsZones();
    void findsZonesOfServersThatNameNone();
    void findsNoZoneThatTheServerDoesNotServe();
    void probesWithoutChangingAnything();
    void tellsAnUnknownKey();
    void tellsAWrongSecret();
    void tellsAWrongClock();
    void tellsAZoneThatMayNotBeUpdated();
    void tellsAZoneOfAnotherServer();
    void tellsThatNobodyListens();
    void believesNoUnsignedSuccess();
    void believesNoAnswerOfAnotherTime();

private:
    DynamicUpdate update(int key) const { return update(keyOf(keys().at(key))); }
    DynamicUpdate update(std::shared_ptr<const TsigKey> key) const
    {
        return {{u"127.0.0.1"_s, m_bind.port()}, std::move(key), m_clock};
    }
    std::shared_ptr<dns::Resolver> resolver() const
    {
        return std::make_shared<dns::NetworkResolver>(QList<dns::ServerAddress> {{u"127.0.0.1"_s, m_bind.port()}});
    }
    QList<QByteArray> values(const QString& name) const
    {
        QList<QByteArray> found;
        const auto lookup = support::await(resolver()->lookup(name, RecordType::Txt, {}));
        if (!lookup)
            return {"failed: " + lookup.error().message().toUtf8()};
        for (const dns::Record& text : lookup->records)
            found.append(text.value);
        std::sort(found.begin(), found.end());
        return found;
    }

    support::BindServer m_bind {zones(), keys()};
    base::SystemClock m_clock;
};

void TestDynamicUpdate::signsWithEveryAlgorithm_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < keys().size(); ++i)
        QTest::newRow(qPrintable(keys().at(i).algorithm)) << i;
}

void TestDynamicUpdate::signsWithEveryAlgorithm()
{
    QFETCH(int, index);
    const QString own = keys().at(index).algorithm + u".example"_s;
    const auto added = support::await(update(index).add({own, u"a."_s + own, "value"}, ttl, {}));
    QVERIFY_RESULT(added);
    QCOMPARE(values(u"a."_s + own), QList<QByteArray> {"value"});
}

void TestDynamicUpdate::addsOneValueAndRemovesOnlyThat()
{
    QVERIFY_RESULT(support::await(update(1).add({zone, record, "first"}, ttl, {})));
    QVERIFY_RESULT(support::await(update(1).add({zone, record, "second"}, ttl, {})));
    QCOMPARE(values(record), QList<QByteArray>({"first", "second"}));
    QVERIFY_RESULT(support::await(update(1).remove({zone, record, "first"}, {})));
    QCOMPARE(values(record), QList<QByteArray> {"second"});
    QVERIFY_RESULT(support::await(update(1).remove({zone, record, "second"}, {})));
    QCOMPARE(values(record), QList<QByteArray> {});
}

void TestDynamicUpdate::repeatsWithoutHarm()
{
    const QByteArray longText = QByteArray(300, 'x');
    for (int i = 0; i < 2; ++i)
        QVERIFY_RESULT(support::await(update(1).add({zone, record, longText}, ttl, {})));
    QCOMPARE(values(record), QList<QByteArray> {longText});
    for (int i = 0; i < 2; ++i)
        QVERIFY_RESULT(support::await(update(1).remove({zone, record, longText}, {})));
    QCOMPARE(values(record), QList<QByteArray> {});
}

void TestDynamicUpdate::findsZones()
{
    const auto parent = support::await(dns::zoneOf(resolver(), u"_acme-challenge.A.b.corp.example."_s, {}));
    QVERIFY_RESULT(parent);
    QCOMPARE(*parent, zone);
    const auto child = support::await(dns::zoneOf(resolver(), u"_acme-challenge.child.corp.example"_s, {}));
    QVERIFY_RESULT(child);
    QCOMPARE(*child, u"child.corp.example"_s);
    const auto itself = support::await(dns::zoneOf(resolver(), zone, {}));
    QVERIFY_RESULT(itself);
    QCOMPARE(*itself, zone);
}

/// Some servers leave the SOA record out of their negative answers: each name above is asked for in turn.
void TestDynamicUpdate::findsZonesOfServersThatNameNone()
{
    const auto taciturn = std::make_shared<Taciturn>();
    const auto found = support::await(dns::zoneOf(taciturn, u"a.b.Corp.example."_s, {}));
    QVERIFY_RESULT(found);
    QCOMPARE(*found, zone);
    QCOMPARE(taciturn->asked, QStringList({u"a.b.corp.example"_s, u"b.corp.example"_s, zone}));
    const auto missing = support::await(dns::zoneOf(taciturn, u"www.other.example"_s, {}));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code(), ErrorCode::NotFound);
}

void TestDynamicUpdate::findsNoZoneThatTheServerDoesNotServe()
{
    const auto found = support::await(dns::zoneOf(resolver(), u"www.unknown.example"_s, {}));
    QVERIFY(!found);
    QVERIFY2(found.error().message().contains(m_bind.address()), qPrintable(found.error().message()));
}

void TestDynamicUpdate::probesWithoutChangingAnything()
{
    const auto serial = [this] {
        return support::await(resolver()->lookup(zone, RecordType::Soa, {}))->records.constFirst();
    };
    QVERIFY_RESULT(support::await(update(1).add({zone, record, "kept"}, ttl, {})));
    const dns::Record before = serial();
    QVERIFY_RESULT(support::await(update(1).probe(zone, record, {})));
    QCOMPARE(values(record), QList<QByteArray> {"kept"});
    QVERIFY(serial() == before);
    QVERIFY_RESULT(support::await(update(1).remove({zone, record, "kept"}, {})));
}

void TestDynamicUpdate::tellsAnUnknownKey()
{
    const support::BindKey unknown {u"stranger.example"_s, u"hmac-sha256"_s, "c2VjcmV0"};
    const auto refused = support::await(update(keyOf(unknown)).probe(zone, record, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Rejected);
    QVERIFY2(refused.error().message().contains(u"does not know the key \"stranger.example\""_s),
             qPrintable(refused.error().message()));
}

void TestDynamicUpdate::tellsAWrongSecret()
{
    support::BindKey wrong = keys().at(1);
    wrong.secret = "d3Jvbmc=";
    const auto refused = support::await(update(keyOf(wrong)).probe(zone, record, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Rejected);
    QVERIFY2(refused.error().message().contains(u"BADSIG"_s), qPrintable(refused.error().message()));
    QVERIFY(!refused.error().message().contains(u"d3Jvbmc"_s));
}

void TestDynamicUpdate::tellsAWrongClock()
{
    support::FakeClock clock;
    const DynamicUpdate late({u"127.0.0.1"_s, m_bind.port()}, keyOf(keys().at(1)), clock);
    const auto refused = support::await(late.probe(zone, record, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Rejected);
    QVERIFY2(refused.error().message().contains(u"BADTIME"_s), qPrintable(refused.error().message()));
    const QString here = clock.now().toString(Qt::ISODate);
    const QString there = QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate);
    QVERIFY2(refused.error().message().contains(here), qPrintable(refused.error().message()));
    QVERIFY2(refused.error().message().contains(there), qPrintable(refused.error().message()));
}

void TestDynamicUpdate::tellsAZoneThatMayNotBeUpdated()
{
    const auto refused = support::await(update(1).probe(u"fixed.example"_s, u"a.fixed.example"_s, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Rejected);
    QVERIFY2(refused.error().message().contains(u"may not change"_s), qPrintable(refused.error().message()));
}

void TestDynamicUpdate::tellsAZoneOfAnotherServer()
{
    const auto refused = support::await(update(1).probe(u"other.example"_s, u"a.other.example"_s, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Rejected);
    QVERIFY2(refused.error().message().contains(u"does not serve the zone other.example"_s),
             qPrintable(refused.error().message()));
}

void TestDynamicUpdate::tellsThatNobodyListens()
{
    const dns::ServerAddress nobody {u"127.0.0.1"_s, support::freePort()};
    const auto refused = support::await(DynamicUpdate(nobody, keyOf(keys().at(1)), m_clock).probe(zone, record, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Network);
    QVERIFY(refused.error().message().contains(nobody.toString()));
}

void TestDynamicUpdate::believesNoUnsignedSuccess()
{
    QUdpSocket forger;
    QVERIFY(forger.bind(QHostAddress(QHostAddress::LocalHost)));
    connect(&forger, &QUdpSocket::readyRead, this, [&forger] {
        QByteArray request(forger.pendingDatagramSize(), Qt::Uninitialized);
        QHostAddress from;
        quint16 port = 0;
        forger.readDatagram(request.data(), request.size(), &from, &port);
        request[2] = static_cast<char>(request[2] | 0x80); // the same message as a response
        forger.writeDatagram(request, from, port);
    });
    const DynamicUpdate update({u"127.0.0.1"_s, forger.localPort()}, keyOf(keys().at(1)), m_clock, {500ms, 1});
    const auto answered = support::await(update.add({zone, record, "value"}, ttl, {}));
    QVERIFY(!answered);
    QCOMPARE(answered.error().code(), ErrorCode::Protocol);
}

void TestDynamicUpdate::believesNoAnswerOfAnotherTime()
{
    const LeapingClock clock;
    const DynamicUpdate update({u"127.0.0.1"_s, m_bind.port()}, keyOf(keys().at(1)), clock);
    const auto answered = support::await(update.probe(zone, record, {}));
    QVERIFY(!answered);
    QCOMPARE(answered.error().code(), ErrorCode::Protocol);
    QVERIFY2(answered.error().message().contains(u"set the clocks"_s), qPrintable(answered.error().message()));
}

SEALWRIGHT_TEST(TestDynamicUpdate)

} // namespace tst_dynamic_update

#include "tst_dynamic_update.moc"
