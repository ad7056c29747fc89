// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"
#include "dns/tsig.h"
#include "support/test_program.h"

#include <QtEndian>
#include <QTest>

namespace tst_tsig {

using base::ErrorCode;
using dns::TsigKey;
using namespace Qt::StringLiterals;

namespace {

tl::expected<TsigKey, base::Error> parsed(const QByteArray& text)
{
    return dns::parseTsigKeyFile(base::Secret(text));
}

/// A response of a header alone, to sign as a server would.
QByteArray emptyReply()
{
    return QByteArray::fromHex("1234a8000000000000000000");
}

TsigKey key(const QByteArray& secret = "secret")
{
    return {u"update.corp.example"_s, u"hmac-sha256"_s, base::Secret(secret)};
}

const QDateTime noon(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);

} // namespace

class TestTsig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsKeyFiles_data();
    void readsKeyFiles();
    void refusesWhatIsNoKeyFile_data();
    void refusesWhatIsNoKeyFile();
    void tellsWhichAlgorithmsCannotSign_data();
    void tellsWhichAlgorithmsCannotSign();
    void putsTheRecordAtTheEndOfTheMessage();
    void refusesUnsignedReplies();
    void refusesRepliesThatWereChanged();
    void readsNoRecordFromBrokenMessages();
    void refusesRecordsAfterTheSignature_data();
    void refusesRecordsAfterTheSignature();
};

void TestTsig::readsKeyFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("as tsig-keygen writes it")
        << QByteArray("key \"Update.corp.example\" {\n\talgorithm hmac-sha256;\n\tsecret \"c2VjcmV0\";\n};\n");
    QTest::newRow("on one line, without quotes, in another order")
        << QByteArray("KEY update.corp.example. { secret c2VjcmV0; ALGORITHM HMAC-SHA256; };");
    QTest::newRow("with comments") << QByteArray(
        "# made by { hand\n// key \"x\"\n/* several\nlines */ key \"update.corp.example\" { /* why */ algorithm "
        "\"hmac-sha256\"; secret \"c2VjcmV0\"; }; // end");
    QTest::newRow("with an algorithm as DNS names it")
        << QByteArray("key \"update.corp.example\" { algorithm hmac-sha256.; secret \"c2VjcmV0\"; };");
}

void TestTsig::readsKeyFiles()
{
    QFETCH(QByteArray, text);
    const auto key = parsed(text);
    QVERIFY2(key, key ? "" : qPrintable(key.error().message()));
    QCOMPARE(key->name, u"update.corp.example"_s);
    QCOMPARE(key->algorithm, u"hmac-sha256"_s);
    QVERIFY(key->secret == base::Secret("secret"));
}

void TestTsig::refusesWhatIsNoKeyFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a comment") << QByteArray("# key");
    QTest::newRow("a secret alone") << QByteArray("c2VjcmV0\n");
    QTest::newRow("cut off") << QByteArray("key \"a\" { algorithm hmac-sha256; secret \"c2Vj");
    QTest::newRow("no braces") << QByteArray("key a algorithm hmac-sha256;");
    QTest::newRow("no name") << QByteArray("key { algorithm hmac-sha256; secret \"c2VjcmV0\"; };");
    QTest::newRow("no secret") << QByteArray("key \"a\" { algorithm hmac-sha256; };");
    QTest::newRow("no algorithm") << QByteArray("key \"a\" { secret \"c2VjcmV0\"; };");
    QTest::newRow("a secret that is not base64") << QByteArray("key \"a\" { algorithm hmac-sha256; secret \"!\"; };");
    QTest::newRow("two keys") << QByteArray("key \"a\" { algorithm hmac-sha256; secret \"c2VjcmV0\"; };").repeated(2);
}

void TestTsig::refusesWhatIsNoKeyFile()
{
    QFETCH(QByteArray, text);
    const auto key = parsed(text);
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::InvalidInput);
    QCOMPARE(key.error().field(), u"tsigFile"_s);
    QVERIFY(!key.error().message().contains(u"c2Vj"_s));
}

void TestTsig::tellsWhichAlgorithmsCannotSign_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    for (const auto* algorithm : {"hmac-md5", "hmac-md5.sig-alg.reg.int", "hmac-sha224", "hmac-sha256-128", "gss-tsig"})
        QTest::newRow(algorithm) << QByteArray(algorithm);
}

void TestTsig::tellsWhichAlgorithmsCannotSign()
{
    QFETCH(QByteArray, algorithm);
    const auto key = parsed("key \"a\" { algorithm " + algorithm + "; secret \"c2VjcmV0\"; };");
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::Unsupported);
    QVERIFY(key.error().message().contains(QString::fromLatin1(algorithm)));
    QVERIFY(key.error().message().contains(u"tsig-keygen"_s));
}

void TestTsig::putsTheRecordAtTheEndOfTheMessage()
{
    const auto message = dns::signMessage(emptyReply(), key(), noon);
    const auto record = dns::tsigOf(message.wire);
    QVERIFY(record);
    QCOMPARE(record->begin, emptyReply().size());
    QCOMPARE(record->keyName, u"update.corp.example"_s);
    QCOMPARE(record->algorithm, u"hmac-sha256"_s);
    QCOMPARE(record->timeSigned, noon.toSecsSinceEpoch());
    QCOMPARE(record->mac, message.mac);
    QCOMPARE(record->originalId, 0x1234);
    QCOMPARE(message.wire.sliced(10, 2), QByteArray::fromHex("0001"));
}

void TestTsig::refusesUnsignedReplies()
{
    const auto verified = dns::verifyReply(emptyReply(), key(), "mac", noon);
    QVERIFY(!verified);
    QCOMPARE(verified.error().code(), ErrorCode::Protocol);
}

/// A request's own signature does not cover the mac of another request, so that it is none of a reply to that.
void TestTsig::refusesRepliesThatWereChanged()
{
    const auto message = dns::signMessage(emptyReply(), key(), noon);
    QVERIFY(!dns::verifyReply(message.wire, key(), "mac of the request", noon));
    QVERIFY(!dns::verifyReply(message.wire, key("other"), {}, noon));
}

void TestTsig::readsNoRecordFromBrokenMessages()
{
    const QByteArray whole = dns::signMessage(emptyReply(), key(), noon).wire;
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!dns::tsigOf(whole.first(size)));
    QVERIFY(!dns::tsigOf(whole + '\0'));
    QVERIFY(dns::tsigOf(whole));
}

void TestTsig::refusesRecordsAfterTheSignature_data()
{
    QTest::addColumn<int>("signatures");
    QTest::addColumn<bool>("whole");
    QTest::newRow("one") << 1 << true;
    QTest::newRow("two") << 2 << false;
    QTest::newRow("as many as ldns would lose the memory of") << 5 << false;
}

/// What goes wrong here beside the answer shows under LeakSanitizer alone.
void TestTsig::refusesRecordsAfterTheSignature()
{
    QFETCH(int, signatures);
    QFETCH(bool, whole);
    const QByteArray signedReply = dns::signMessage(emptyReply(), key(), noon).wire;
    QByteArray message = signedReply + signedReply.mid(emptyReply().size()).repeated(signatures - 1);
    constexpr qsizetype lowByteOfAdditionalRecords = 11;
    message[lowByteOfAdditionalRecords] = static_cast<char>(signatures);
    QCOMPARE(dns::tsigOf(message).has_value(), whole);
    QCOMPARE(dns::readMessage(message).has_value(), whole);
}

SEALWRIGHT_TEST(TestTsig)

} // namespace tst_tsig

#include "tst_tsig.moc"
