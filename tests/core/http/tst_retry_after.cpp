// SPDX-License-Identifier: Apache-2.0
#include "http/http_message.h"
#include "http/proxy.h"
#include "http/retry_after.h"
#include "support/test_program.h"

#include <QNetworkProxy>
#include <QTest>

namespace tst_retry_after {

namespace {

using namespace Qt::StringLiterals;

const QDateTime now(QDate(1994, 11, 6), QTime(8, 49, 0), Qt::UTC);
const QDateTime example(QDate(1994, 11, 6), QTime(8, 49, 37), Qt::UTC);

} // namespace

class TestRetryAfter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSecondsAndEveryFormOfDate_data();
    void readsSecondsAndEveryFormOfDate();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void keepsAbsurdSecondsInBounds();
    void tellsUntilWhenAServerIsToBeLeftAlone_data();
    void tellsUntilWhenAServerIsToBeLeftAlone();
    void readsTwoDigitYearsOfTheLastCentury();
    void findsHeadersWithoutRegardToCase();
    void readsProxies_data();
    void readsProxies();
    void refusesProxiesWithPasswords();
};

void TestRetryAfter::readsSecondsAndEveryFormOfDate_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QDateTime>("moment");
    QTest::newRow("seconds") << "37"_ba << example;
    QTest::newRow("seconds with blanks") << " 37 "_ba << example;
    QTest::newRow("RFC 9110 section 5.6.7, IMF-fixdate") << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << example;
    QTest::newRow("RFC 9110 section 5.6.7, rfc850-date") << "Sunday, 06-Nov-94 08:49:37 GMT"_ba << example;
    QTest::newRow("RFC 9110 section 5.6.7, asctime-date") << "Sun Nov  6 08:49:37 1994"_ba << example;
    QTest::newRow("past") << "Sun, 06 Nov 1994 08:48:00 GMT"_ba << now.addSecs(-60);
}

void TestRetryAfter::readsSecondsAndEveryFormOfDate()
{
    QFETCH(QByteArray, value);
    QFETCH(QDateTime, moment);
    const auto parsed = http::parseRetryAfter(value, now);
    QVERIFY(parsed);
    QCOMPARE(*parsed, moment);
    QCOMPARE(parsed->timeSpec(), Qt::UTC);
}

void TestRetryAfter::refusesEverythingElse_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("negative") << "-5"_ba;
    QTest::newRow("fraction") << "1.5"_ba;
    QTest::newRow("words") << "soon"_ba;
    QTest::newRow("impossible date") << "Sun, 31 Feb 1994 08:49:37 GMT"_ba;
    QTest::newRow("another zone") << "Sun, 06 Nov 1994 08:49:37 CET"_ba;
}

void TestRetryAfter::refusesEverythingElse()
{
    QFETCH(QByteArray, value);
    QVERIFY(!http::parseRetryAfter(value, now));
}

void TestRetryAfter::tellsUntilWhenAServerIsToBeLeftAlone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QDateTime>("moment"); // null: it does not ask for it
    QTest::newRow("429 Too Many Requests") << 429 << "37"_ba << example;
    QTest::newRow("503 Service Unavailable") << 503 << "37"_ba << example;
    QTest::newRow("429 without a time") << 429 << ""_ba << QDateTime();
    QTest::newRow("when to poll an order again") << 200 << "37"_ba << QDateTime();
    QTest::newRow("another failure") << 500 << "37"_ba << QDateTime();
}

void TestRetryAfter::tellsUntilWhenAServerIsToBeLeftAlone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, value);
    QFETCH(QDateTime, moment);
    http::HttpResponse response;
    response.status = status;
    if (!value.isEmpty())
        response.headers.append({"Retry-After", value});
    QCOMPARE(http::leftAloneUntil(response, now).value_or(QDateTime()), moment);
}

void TestRetryAfter::keepsAbsurdSecondsInBounds()
{
    const auto parsed = http::parseRetryAfter("99999999999999999999999", now);
    QVERIFY(parsed);
    QVERIFY(parsed->isValid());
    QVERIFY(*parsed > now);
    QVERIFY(*parsed < now.addYears(2));
}

void TestRetryAfter::readsTwoDigitYearsOfTheLastCentury()
{
    const QDateTime later(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    QCOMPARE(http::parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT", later).value_or(QDateTime()), example);
}

void TestRetryAfter::findsHeadersWithoutRegardToCase()
{
    const http::HttpResponse response {200, {{"link", "<a>"}, {"Retry-After", "5"}, {"Link", "<b>"}}, {}, {}};
    QCOMPARE(response.header("RETRY-AFTER"), "5"_ba);
    QCOMPARE(response.headerValues("Link"), QList<QByteArray>({"<a>", "<b>"}));
    QVERIFY(response.header("Location").isNull());
}

void TestRetryAfter::readsProxies_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("nothing") << u""_s << u"system"_s;
    QTest::newRow("system") << u"system"_s << u"system"_s;
    QTest::newRow("none") << u" none "_s << u"none"_s;
    QTest::newRow("http") << u"http://proxy.test:8080"_s << u"http://proxy.test:8080"_s;
    QTest::newRow("socks") << u"socks5://proxy.test"_s << u"socks5://proxy.test"_s;
}

void TestRetryAfter::readsProxies()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto proxy = http::Proxy::parse(text);
    QVERIFY(proxy);
    QCOMPARE(proxy->toString(), canonical);
    QCOMPARE(http::Proxy::parse(canonical).value_or(http::Proxy()), *proxy);
    if (proxy->kind() == http::Proxy::Kind::Fixed)
        QCOMPARE(proxy->toNetworkProxy().hostName(), u"proxy.test"_s);
}

void TestRetryAfter::refusesProxiesWithPasswords()
{
    for (const QString& text : {u"http://user:secret@proxy.test:8080"_s, u"ftp://proxy.test"_s, u"proxy.test:80"_s}) {
        const auto proxy = http::Proxy::parse(text);
        QVERIFY(!proxy);
        QCOMPARE(proxy.error().code(), base::ErrorCode::InvalidInput);
        QCOMPARE(proxy.error().field(), u"proxy"_s);
        QVERIFY(!proxy.error().message().contains(u"secret"_s));
    }
}

SEALWRIGHT_TEST(TestRetryAfter)

} // namespace tst_retry_after

#include "tst_retry_after.moc"
