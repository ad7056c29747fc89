// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_request.h"

#include "support/test_program.h"

#include <QTest>

namespace tst_http01_request {

using challenge::Http01Request;
using challenge::MaximumHttp01Request;
using challenge::parseHttp01Request;
using Kind = Http01Request::Kind;

namespace {

// the token of the example in RFC 8555 section 8.3
const QByteArray example("GET /.well-known/acme-challenge/LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0 HTTP/1.1\r\n"
                         "Host: example.org\r\n\r\n");

} // namespace

class TestHttp01Request : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleOfTheSpecification();
    void waitsForTheEndOfTheHead();
    void tellsHeadFromGet();
    void looksAtTheFirstOfPipelinedRequests();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void refusesAHeadThatIsTooLong();
    void refusesALineThatIsTooLong();
    void acceptsAHeadUpToTheLimit();
    void knowsTokens();
};

void TestHttp01Request::readsTheExampleOfTheSpecification()
{
    const Http01Request request = parseHttp01Request(example);
    QCOMPARE(request.kind, Kind::Token);
    QCOMPARE(request.token, QByteArray("LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0"));
    QVERIFY(!request.headOnly);
}

void TestHttp01Request::waitsForTheEndOfTheHead()
{
    for (qsizetype size = 0; size < example.size(); ++size)
        QCOMPARE(parseHttp01Request(QByteArrayView(example).first(size)).kind, Kind::Incomplete);
}

void TestHttp01Request::tellsHeadFromGet()
{
    const Http01Request request = parseHttp01Request("HEAD /.well-known/acme-challenge/abc HTTP/1.0\r\n\r\n");
    QCOMPARE(request.kind, Kind::Token);
    QCOMPARE(request.token, QByteArray("abc"));
    QVERIFY(request.headOnly);
}

void TestHttp01Request::looksAtTheFirstOfPipelinedRequests()
{
    const QByteArray two = example + "GET /.well-known/acme-challenge/other HTTP/1.1\r\n\r\n";
    QCOMPARE(parseHttp01Request(two).token, QByteArray("LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0"));
}

void TestHttp01Request::refusesEverythingElse_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("another method") << QByteArray("POST /.well-known/acme-challenge/abc HTTP/1.1");
    QTest::newRow("method in lower case") << QByteArray("get /.well-known/acme-challenge/abc HTTP/1.1");
    QTest::newRow("another path") << QByteArray("GET / HTTP/1.1");
    QTest::newRow("no token") << QByteArray("GET /.well-known/acme-challenge/ HTTP/1.1");
    QTest::newRow("only the folder") << QByteArray("GET /.well-known/acme-challenge HTTP/1.1");
    QTest::newRow("path below a token") << QByteArray("GET /.well-known/acme-challenge/abc/def HTTP/1.1");
    QTest::newRow("path going up") << QByteArray("GET /.well-known/acme-challenge/../abc HTTP/1.1");
    QTest::newRow("escaped token") << QByteArray("GET /.well-known/acme-challenge/%61bc HTTP/1.1");
    QTest::newRow("query") << QByteArray("GET /.well-known/acme-challenge/abc?x HTTP/1.1");
    QTest::newRow("zero byte") << QByteArray("GET /.well-known/acme-challenge/a\0c HTTP/1.1", 45);
    QTest::newRow("no version") << QByteArray("GET /.well-known/acme-challenge/abc");
    QTest::newRow("another version") << QByteArray("GET /.well-known/acme-challenge/abc HTTP/2.0");
    QTest::newRow("two blanks") << QByteArray("GET /.well-known/acme-challenge/abc  HTTP/1.1");
    QTest::newRow("words behind") << QByteArray("GET /.well-known/acme-challenge/abc HTTP/1.1 x");
    QTest::newRow("blank line first") << QByteArray();
    QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
}

void TestHttp01Request::refusesEverythingElse()
{
    QFETCH(QByteArray, line);
    const Http01Request request = parseHttp01Request(line + "\r\n\r\n");
    QCOMPARE(request.kind, Kind::Refused);
    QVERIFY(request.token.isEmpty());
}

void TestHttp01Request::refusesAHeadThatIsTooLong()
{
    QByteArray head = example.chopped(2) + "X: ";
    head.append(MaximumHttp01Request - head.size(), 'x');
    QCOMPARE(parseHttp01Request(head.chopped(1)).kind, Kind::Incomplete);
    QCOMPARE(parseHttp01Request(head).kind, Kind::Refused);
    QCOMPARE(parseHttp01Request(head + "\r\n\r\n").kind, Kind::Refused);
}

void TestHttp01Request::refusesALineThatIsTooLong()
{
    const QByteArray line = "GET /.well-known/acme-challenge/" + QByteArray(MaximumHttp01Request, 'a');
    QCOMPARE(parseHttp01Request(line).kind, Kind::Refused);
}

void TestHttp01Request::acceptsAHeadUpToTheLimit()
{
    QByteArray head = example.chopped(2) + "X: ";
    head.append(MaximumHttp01Request - head.size() - 4, 'x');
    head.append("\r\n\r\n");
    QCOMPARE(head.size(), MaximumHttp01Request);
    QCOMPARE(parseHttp01Request(head).kind, Kind::Token);
}

void TestHttp01Request::knowsTokens()
{
    QVERIFY(challenge::isToken("aZ09-_"));
    QVERIFY(!challenge::isToken(""));
    QVERIFY(!challenge::isToken("a=="));
    QVERIFY(!challenge::isToken("a.b"));
    QVERIFY(!challenge::isToken("a/b"));
    QVERIFY(!challenge::isToken("\xc3\xa4"));
}

SEALWRIGHT_TEST(TestHttp01Request)

} // namespace tst_http01_request

#include "tst_http01_request.moc"
