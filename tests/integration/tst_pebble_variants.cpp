// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"
#include "http/network_http_client.h"
#include "integration/command_line.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QSet>
#include <QTest>

#include <functional>

namespace tst_pebble_variants {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;
using practice::PebbleOptions;

namespace {

// Long enough for the longest of the three.
const QByteArray hmacKey = QByteArray::fromHex("8d5a0c3e91b7f2467be0d41c5f9a83e2716db8c40fa25e93d1864b7ac35f08e9"
                                               "f10b6c2d94e8a7350de2947f18c6b35a60d9e2f7481b3ca5f9260e7d8b41c3f6")
                               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);

PebbleOptions with(const std::function<void(PebbleOptions&)>& change)
{
    PebbleOptions options;
    change(options);
    return options;
}

QJsonObject statusAt(const practice::PebbleServer& pebble, const QString& serial)
{
    http::NetworkHttpClient client({.rootsPem = pebble.rootPem(), .proxy = *http::Proxy::parse(u"none"_s)});
    http::HttpRequest request;
    request.url = QUrl(pebble.managementUrl() + u"/cert-status-by-serial/"_s + serial);
    const auto reply = support::await(client.send(request, {}));
    return reply ? QJsonDocument::fromJson(reply->body).object() : QJsonObject();
}

QDateTime timeOf(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODate);
}

/// The longest wait that the order's history tells between two looks, in seconds.
qint64 longestWait(const QJsonArray& events)
{
    qint64 longest = 0;
    for (const QJsonValue& event : events)
        if (event[u"nextPollAt"_s].isString())
            longest = std::max(longest, timeOf(event[u"at"_s]).secsTo(timeOf(event[u"nextPollAt"_s])));
    return longest;
}

} // namespace

/// Every way in which pebble can be told to be difficult, against the real program.
class TestPebbleVariants : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuesWhateverPebbleIsToldToDo_data()
    {
        QTest::addColumn<PebbleOptions>("options");
        QTest::newRow("nine of ten nonces refused") << with([](PebbleOptions& options) { options.nonceReject = 90; });
        QTest::newRow("validation that takes its time") << with([](PebbleOptions& options) {
            options.noSleep = false;
            options.extraEnvironment = {u"PEBBLE_VA_SLEEPTIME=3"_s};
        });
        QTest::newRow("chains of three, with alternates") << with([](PebbleOptions& options) {
            options.extraEnvironment = {u"PEBBLE_CHAIN_LENGTH=3"_s, u"PEBBLE_ALTERNATE_ROOTS=2"_s};
        });
        QTest::newRow("strict, reusing, refusing half of the nonces") << with([](PebbleOptions& options) {
            options.strict = true;
            options.authzReuse = 100;
            options.nonceReject = 50;
        });
    }

    void issuesWhateverPebbleIsToldToDo()
    {
        QFETCH(PebbleOptions, options);
        const auto pebble = support::startPebble(options);
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const Run issued = cli.run(CommandLine::issuing({u"variant.test"_s}, *pebble.server));
        QVERIFY2(issued.exitCode == 0, issued.errors.constData());
        QCOMPARE(issued.object()[u"state"_s].toString(), u"valid"_s);
        QCOMPARE(cli.run({u"order"_s, u"list"_s}).array().size(), 1);
    }

    void issuesForAnAddressBesideAName()
    {
        const auto pebble = support::startPebble();
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const Run issued = cli.run(CommandLine::issuing({u"127.0.0.1"_s, u"beside.test"_s}, *pebble.server));
        QVERIFY2(issued.exitCode == 0, issued.errors.constData());
        QCOMPARE(issued.object()[u"names"_s].toArray(), QJsonArray({u"127.0.0.1"_s, u"beside.test"_s}));
    }

    void registersWithEveryMacAlgorithm_data()
    {
        QTest::addColumn<QString>("algorithm");
        for (const QString& algorithm : {u"HS256"_s, u"HS384"_s, u"HS512"_s})
            QTest::newRow(qPrintable(algorithm)) << algorithm;
    }

    void registersWithEveryMacAlgorithm()
    {
        QFETCH(QString, algorithm);
        const auto pebble = support::startPebble(with([](PebbleOptions& options) {
            options.eabRequired = true;
            options.eabKeys.insert(u"kid-7"_s, QString::fromLatin1(hmacKey));
        }));
        const CommandLine cli;
        QCOMPARE(cli.addAuthority(*pebble.server).exitCode, 0);
        const QString file = cli.write(u"eab.key"_s, hmacKey);
        const Run registered = cli.run({u"account"_s, u"register"_s, u"pebble"_s, u"--agree-tos"_s, u"--eab-kid"_s,
                                        u"kid-7"_s, u"--eab-key-file"_s, file, u"--eab-alg"_s, algorithm});
        QVERIFY2(registered.exitCode == 0, registered.errors.constData());
        QCOMPARE(registered.object()[u"state"_s].toString(), u"valid"_s);
    }

    void issuesByTheProfileThatWasAskedFor()
    {
        const auto pebble = support::startPebble(with([](PebbleOptions& options) {
            options.profiles = {{u"day"_s, {u"24 hours"_s, 24 * 3600}}, {u"month"_s, {u"30 days"_s, 30 * 24 * 3600}}};
        }));
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const QJsonObject offered = cli.run({u"authority"_s, u"show"_s, u"pebble"_s}).object()[u"meta"_s].toObject();
        QCOMPARE(offered[u"profiles"_s].toObject().keys(), QStringList({u"day"_s, u"month"_s}));
        const QMap<QString, qint64> hours {{u"day"_s, 24}, {u"month"_s, 30 * 24}};
        for (auto profile = hours.begin(); profile != hours.end(); ++profile) {
            const Run issued = cli.run(
                CommandLine::issuing({profile.key() + u".test"_s}, *pebble.server, {u"--profile"_s, profile.key()}));
            QVERIFY2(issued.exitCode == 0, issued.errors.constData());
            const QJsonObject certificate = issued.object();
            const qint64 seconds = timeOf(certificate[u"notBefore"_s]).secsTo(timeOf(certificate[u"notAfter"_s]));
            QVERIFY2(qAbs(seconds - profile.value() * 3600) < 120, QByteArray::number(seconds));
        }
        const Run refused =
            cli.run(CommandLine::issuing({u"none.test"_s}, *pebble.server, {u"--profile"_s, u"nonesuch"_s}));
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.output.contains("invalidProfile"), refused.output.constData());
    }

    void tellsWhichProfilePebbleChoseWhereNoneWasAskedFor()
    {
        const auto pebble = support::startPebble(with([](PebbleOptions& options) {
            options.profiles = {{u"only"_s, {u"the only one"_s, 24 * 3600}}};
        }));
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const QJsonObject issued = cli.run(CommandLine::issuing({u"any.test"_s}, *pebble.server)).object();
        const QJsonObject order = cli.run({u"order"_s, u"show"_s, issued[u"orderId"_s].toString()}).object();
        QCOMPARE(order[u"profile"_s].toString(), u"only"_s);
    }

    void findsAnOrderOnAFurtherPageOfTheList()
    {
        const auto pebble = support::startPebble(with([](PebbleOptions& options) {
            options.nonceReject = 0;
            options.extraEnvironment = {u"PEBBLE_WFE_ORDERS_PER_PAGE=1"_s};
        }));
        const CommandLine cli;
        cli.prepare(*pebble.server);
        for (const QString& name : {u"one.test"_s, u"two.test"_s, u"three.test"_s})
            QCOMPARE(cli.run(CommandLine::issuing({name}, *pebble.server)).exitCode, 0);
        // Killed as soon as newOrder is under way, it cannot know whether it arrived; pebble's list tells.
        cli.runAndKill(CommandLine::issuing({u"four.test"_s}, *pebble.server), 1);
        const Run resumed = cli.run({u"order"_s, u"resume"_s});
        QVERIFY2(resumed.exitCode == 0, resumed.errors.constData());
        const QJsonArray orders = cli.run({u"order"_s, u"list"_s}).array();
        QSet<QString> urls;
        for (const QJsonValue& order : orders)
            urls.insert(order[u"orderUrl"_s].toString());
        QCOMPARE(orders.size(), 4);
        QCOMPARE(urls.size(), 4);
    }

    void revokesByEitherKey_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("account key") << QStringList();
        QTest::newRow("certificate key") << QStringList(u"--with-certificate-key"_s);
    }

    void revokesByEitherKey()
    {
        QFETCH(QStringList, more);
        const auto pebble = support::startPebble();
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const QJsonObject issued = cli.run(CommandLine::issuing({u"revoke.test"_s}, *pebble.server)).object();
        const QStringList words {u"certificate"_s, u"revoke"_s, issued[u"id"_s].toString(), u"--reason"_s,
                                 u"superseded"_s};
        const Run revoked = cli.run(words + more);
        QVERIFY2(revoked.exitCode == 0, revoked.errors.constData());
        const QJsonObject status = statusAt(*pebble.server, issued[u"serial"_s].toString());
        QCOMPARE(status[u"Status"_s].toString(), u"Revoked"_s);
        QCOMPARE(status[u"Reason"_s].toInt(), 4); // RFC 5280 section 5.3.1
    }

    void waitsAsLongAsPebbleAsks()
    {
        const auto pebble = support::startPebble(with([](PebbleOptions& options) {
            options.noSleep = false;
            options.extraEnvironment = {u"PEBBLE_VA_SLEEPTIME=2"_s};
            options.retryAfterAuthorization = 4;
            options.retryAfterOrder = 4;
        }));
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const Run issued = cli.run(CommandLine::issuing({u"later.test"_s}, *pebble.server));
        QVERIFY2(issued.exitCode == 0, issued.errors.constData());
        const QString order = issued.object()[u"orderId"_s].toString();
        const qint64 longest = longestWait(cli.run({u"order"_s, u"show"_s, order}).object()[u"events"_s].toArray());
        QVERIFY2(longest >= 3 && longest <= 5, QByteArray::number(longest));
    }
};

SEALWRIGHT_TEST(TestPebbleVariants)

} // namespace tst_pebble_variants

#include "tst_pebble_variants.moc"
