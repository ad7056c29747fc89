// SPDX-License-Identifier: Apache-2.0
#include "dns/network_resolver.h"
#include "support/await.h"
#include "support/test_program.h"

#include <QTest>
#include <QUdpSocket>

#include <functional>

namespace tst_hostile_replies {

using base::ErrorCode;
using dns::Lookup;
using dns::NetworkResolver;
using dns::RecordType;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headerSize = 12;

/// Answers each query with the datagrams that a script makes of it.
struct ScriptedServer {
    using Script = std::function<QList<QByteArray>(const QByteArray& query)>;

    explicit ScriptedServer(Script script)
    {
        socket.bind(QHostAddress(QHostAddress::LocalHost));
        QObject::connect(&socket, &QUdpSocket::readyRead, [this, script] {
            while (socket.hasPendingDatagrams()) {
                QByteArray query(socket.pendingDatagramSize(), Qt::Uninitialized);
                QHostAddress from;
                quint16 port = 0;
                socket.readDatagram(query.data(), query.size(), &from, &port);
                queries.append(query);
                ports.append(port);
                for (const QByteArray& reply : script(query))
                    socket.writeDatagram(reply, from, port);
            }
        });
    }

    tl::expected<Lookup, base::Error> lookup(RecordType type = RecordType::A) const
    {
        NetworkResolver resolver({{u"127.0.0.1"_s, socket.localPort()}}, {150ms, 2});
        return support::await(resolver.lookup(u"www.corp.example"_s, type, {}));
    }

    QUdpSocket socket;
    QList<QByteArray> queries;
    QList<quint16> ports;
};

/// The query turned into a reply with `answers` records, whose bytes follow it (RFC 1035 section 4.1).
QByteArray replyTo(const QByteArray& query, const QByteArray& records, quint16 answers = 1, quint8 code = 0)
{
    QByteArray reply = query;
    reply[2] = static_cast<char>(0x84);
    reply[3] = static_cast<char>(code);
    reply[6] = static_cast<char>(answers >> 8);
    reply[7] = static_cast<char>(answers & 0xff);
    return reply + records;
}

/// An A record of the name asked for, which a pointer to offset 12 names.
QByteArray addressRecord()
{
    return QByteArray::fromHex("c00c00010001000000010004c0000201");
}

QByteArray withOtherId(QByteArray reply)
{
    reply[0] = static_cast<char>(reply[0] ^ 0x55);
    return reply;
}

/// The same reply to another question: the first letter of the name is changed.
QByteArray withOtherQuestion(QByteArray reply)
{
    reply[headerSize + 1] = 'x';
    return reply;
}

} // namespace

class TestHostileReplies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsAnHonestReply();
    void passesOverForgedReplies();
    void ignoresRepliesFromElsewhere();
    void survivesBrokenMessages_data();
    void survivesBrokenMessages();
    void neverRepeatsAnIdOrAPort();
    void endsALoopOfAliases();
    void boundsAChainOfAliasesOverManyReplies();
    void tellsAServerFailure();
};

void TestHostileReplies::acceptsAnHonestReply()
{
    const ScriptedServer server([](const QByteArray& query) { return QList {replyTo(query, addressRecord())}; });
    const auto found = server.lookup();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message()));
    QCOMPARE(found->records.constFirst().value, "192.0.2.1");
}

void TestHostileReplies::passesOverForgedReplies()
{
    const ScriptedServer server([](const QByteArray& query) {
        const QByteArray forged = QByteArray::fromHex("c00c00010001000000010004c6336401"); // 198.51.100.1
        const QByteArray honest = replyTo(query, addressRecord());
        return QList {withOtherId(replyTo(query, forged)),
                      withOtherQuestion(replyTo(query, forged)),
                      query,
                      QByteArray("garbage"),
                      QByteArray(),
                      honest};
    });
    const auto found = server.lookup();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message()));
    QCOMPARE(found->records.constFirst().value, "192.0.2.1");
}

void TestHostileReplies::ignoresRepliesFromElsewhere()
{
    QUdpSocket elsewhere;
    ScriptedServer* asked = nullptr;
    ScriptedServer server([&](const QByteArray& query) {
        elsewhere.writeDatagram(replyTo(query, addressRecord()), QHostAddress(QHostAddress::LocalHost),
                                asked->ports.constLast());
        return QList<QByteArray> {};
    });
    asked = &server;
    const auto found = server.lookup();
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Timeout);
}

void TestHostileReplies::survivesBrokenMessages_data()
{
    QTest::addColumn<QByteArray>("records");
    QTest::addColumn<int>("count");
    QTest::newRow("no record where one is announced") << QByteArray() << 1;
    QTest::newRow("a record cut off") << addressRecord().chopped(2) << 1;
    QTest::newRow("more announced than a message holds") << addressRecord() << 65535;
    QTest::newRow("data longer than the message") << QByteArray::fromHex("c00c000100010000000100ffc0000201") << 1;
    QTest::newRow("an address of three bytes") << QByteArray::fromHex("c00c00010001000000010003c00002") << 1;
    // the question takes 12 + 18 + 4 bytes, so that the record begins at offset 34 = 0x22
    QTest::newRow("a pointer to itself") << QByteArray::fromHex("c02200010001000000010004c0000201") << 1;
    QTest::newRow("two pointers to each other") << QByteArray::fromHex("c024c02200010001000000010004c0000201") << 1;
    QTest::newRow("a pointer past the end") << QByteArray::fromHex("ffff00010001000000010004c0000201") << 1;
    QTest::newRow("a label of a reserved kind") << QByteArray::fromHex("8061000001000100000001000400000000") << 1;
    QTest::newRow("a name that grows through a loop")
        << QByteArray::fromHex("0161c02200010001000000010004c0000201") << 1;
    QTest::newRow("a text longer than its record") << QByteArray::fromHex("c00c001000010000000100027f61") << 1;
    QTest::newRow("an empty text record") << QByteArray::fromHex("c00c00100001000000010000") << 1;
    QTest::newRow("an authorization without tag") << QByteArray::fromHex("c00c010100010000000100020000") << 1;
    QTest::newRow("an authorization of one byte") << QByteArray::fromHex("c00c0101000100000001000100") << 1;
}

/// What matters is that it ends, with no record made up: as no answer at all, or as one without usable records.
void TestHostileReplies::survivesBrokenMessages()
{
    QFETCH(QByteArray, records);
    QFETCH(int, count);
    const ScriptedServer server(
        [&](const QByteArray& query) { return QList {replyTo(query, records, static_cast<quint16>(count))}; });
    for (const RecordType type : {RecordType::A, RecordType::Txt, RecordType::Caa}) {
        const auto found = server.lookup(type);
        if (!found)
            QCOMPARE(found.error().code(), ErrorCode::Protocol);
        else
            QVERIFY(found->records.isEmpty() || found->records.constFirst().value.isEmpty());
    }
}

void TestHostileReplies::neverRepeatsAnIdOrAPort()
{
    ScriptedServer server([](const QByteArray& query) { return QList {replyTo(query, addressRecord())}; });
    QSet<QByteArray> ids;
    for (int i = 0; i < 20; ++i)
        QVERIFY(server.lookup());
    for (const QByteArray& query : std::as_const(server.queries))
        ids.insert(query.first(2));
    QVERIFY(ids.size() >= 19); // two equal ones of 65,536 may happen
    QVERIFY(QSet<quint16>(server.ports.cbegin(), server.ports.cend()).size() >= 15);
}

void TestHostileReplies::endsALoopOfAliases()
{
    const ScriptedServer server([](const QByteArray& query) {
        return QList {replyTo(query, QByteArray::fromHex("c00c00050001000000010002c00c"))};
    });
    const auto found = server.lookup();
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Protocol);
}

void TestHostileReplies::boundsAChainOfAliasesOverManyReplies()
{
    int number = 0;
    ScriptedServer server([&](const QByteArray& query) {
        // an alias for one more name below the one that was asked for: 0161 is the label "a"
        const char label = static_cast<char>('a' + number++ % 26);
        return QList {replyTo(query,
                              QByteArray::fromHex("c00c00050001000000010004") + QByteArray("\x01") + label
                                  + QByteArray::fromHex("c00c"))};
    });
    const auto found = server.lookup();
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Protocol);
    QVERIFY(number < 30);
}

void TestHostileReplies::tellsAServerFailure()
{
    const ScriptedServer server([](const QByteArray& query) { return QList {replyTo(query, {}, 0, 2)}; });
    const auto found = server.lookup();
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::Network);
    QVERIFY2(found.error().message().contains(u"SERVFAIL"_s), qPrintable(found.error().message()));
}

SEALWRIGHT_TEST(TestHostileReplies)

} // namespace tst_hostile_replies

#include "tst_hostile_replies.moc"
