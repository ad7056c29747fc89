// SPDX-License-Identifier: Apache-2.0
#include "http/network_http_client.h"
#include "integration/command_line.h"
#include "support/await.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_renewal_information {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

QDateTime timeOf(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODate);
}

QByteArray window(const QDateTime& start, const QDateTime& end)
{
    const QJsonObject suggested {{u"start"_s, start.toString(Qt::ISODate)}, {u"end"_s, end.toString(Qt::ISODate)}};
    const QJsonObject json {{u"suggestedWindow"_s, suggested}, {u"explanationURL"_s, u"https://ca.test/why"_s}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

/// pebble's renewal information (RFC 9773), with windows set through its management interface.
class TestRenewalInformation : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            cli.prepare(*pebble.server);
            const Run issued = cli.run(CommandLine::issuing({u"window.test"_s}, *pebble.server));
            if (issued.exitCode != 0)
                qFatal("issuing: %s", issued.errors.constData());
            id = issued.object()[u"id"_s].toString();
        }

        QJsonObject certificate() const { return cli.run({u"certificate"_s, u"show"_s, id}).object(); }
        static QJsonObject information(const QJsonObject& certificate)
        {
            return certificate[u"renewalInformation"_s].toObject();
        }

        /// What pebble answers from now on about the certificate's current version, word for word.
        void answer(const QByteArray& body) const
        {
            const QString pem = certificate()[u"versions"_s][0][u"chain"_s].toString();
            http::NetworkHttpClient client({.rootsPem = pebble->rootPem(), .proxy = *http::Proxy::parse(u"none"_s)});
            http::HttpRequest request;
            request.method = "POST";
            request.url = QUrl(pebble->managementUrl() + u"/set-renewal-info/"_s);
            const QString leaf = pem.section(u"-----END CERTIFICATE-----"_s, 0, 0) + u"-----END CERTIFICATE-----\n"_s;
            request.body =
                QJsonDocument(QJsonObject {{u"certificate"_s, leaf}, {u"ariResponse"_s, QString::fromUtf8(body)}})
                    .toJson();
            const auto reply = support::await(client.send(request, {}));
            if (!reply || reply->status != 200)
                qFatal("pebble takes no renewal information: %s",
                       reply ? reply->body.constData() : qPrintable(reply.error().message()));
        }

        Run agent(const QStringList& more = {}) const { return cli.run(QStringList {u"agent"_s, u"--once"_s} + more); }

        support::RunningPebble pebble = support::startPebble();
        CommandLine cli;
        QString id;
    };

private Q_SLOTS:
    void plansInTheWindowRightAfterIssuance()
    {
        const World world;
        const QJsonObject certificate = world.certificate();
        const QJsonObject information = World::information(certificate);
        const QDateTime at = timeOf(certificate[u"nextRenewal"_s]);
        QVERIFY(at >= timeOf(information[u"windowStart"_s]) && at <= timeOf(information[u"windowEnd"_s]));
        QCOMPARE(timeOf(information[u"chosenAt"_s]), at);
        // pebble asks for six hours
        QCOMPARE(timeOf(information[u"askedAt"_s]).secsTo(timeOf(information[u"askAt"_s])) / 60, 6 * 60);
        QCOMPARE(world.agent().object()[u"asked"_s].toInt(), 0);
    }

    void renewsAtOnceWhereTheWindowIsOver()
    {
        const World world;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        world.answer(window(now.addSecs(-7200), now.addSecs(-3600)));
        QCOMPARE(world.agent().object()[u"renewed"_s].toArray().size(), 0);
        const Run agent = world.agent({u"--refresh"_s});
        QVERIFY2(agent.exitCode == 0, agent.errors.constData());
        QCOMPARE(agent.object()[u"asked"_s].toInt(), 1);
        QCOMPARE(agent.object()[u"renewed"_s].toArray().size(), 1);
        QVERIFY2(world.pebble->output().contains("is a replacement of"), "the new order says what it replaces");
        QCOMPARE(world.certificate()[u"versions"_s].toArray().size(), 2);
        QCOMPARE(world.agent({u"--refresh"_s}).object()[u"renewed"_s].toArray().size(), 0);
    }

    void movesTheRenewalWithTheWindow()
    {
        const World world;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        world.answer(window(now.addDays(10), now.addDays(11)));
        QCOMPARE(world.agent({u"--refresh"_s}).exitCode, 0);
        const QJsonObject certificate = world.certificate();
        const QDateTime at = timeOf(certificate[u"nextRenewal"_s]);
        QVERIFY(at >= now.addDays(10).addSecs(-1) && at <= now.addDays(11));
        QVERIFY(certificate[u"renewalReason"_s].toString().contains(u"window"_s));
        QCOMPARE(World::information(certificate)[u"explanationUrl"_s].toString(), u"https://ca.test/why"_s);
        QCOMPARE(world.agent({u"--refresh"_s}).exitCode, 0);
        QCOMPARE(timeOf(world.certificate()[u"nextRenewal"_s]), at);
    }

    void followsNoWindowThatComesTooLate()
    {
        const World world;
        const QDateTime end = timeOf(world.certificate()[u"notAfter"_s]);
        world.answer(window(end.addSecs(-7200), end.addSecs(-3600)));
        QCOMPARE(world.agent({u"--refresh"_s}).exitCode, 0);
        const QJsonObject certificate = world.certificate();
        QVERIFY(timeOf(certificate[u"nextRenewal"_s]) < end.addDays(-20));
        const QString reason = certificate[u"renewalReason"_s].toString();
        QVERIFY2(reason.contains(u"less than a twentieth"_s), qPrintable(reason));
    }

    void keepsItsPlanWhereTheAnswerIsMalformed_data()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("ends before it begins") << window(now.addDays(2), now.addDays(1));
        QTest::newRow("no window") << QByteArray("{}");
        QTest::newRow("no JSON") << QByteArray("as soon as you can");
    }

    void keepsItsPlanWhereTheAnswerIsMalformed()
    {
        QFETCH(QByteArray, body);
        const World world;
        const QJsonObject before = world.certificate();
        world.answer(body);
        const Run agent = world.agent({u"--refresh"_s});
        QCOMPARE(agent.exitCode, 1);
        QCOMPARE(agent.object()[u"askingFailed"_s].toArray().size(), 1);
        QCOMPARE(agent.object()[u"renewed"_s].toArray().size(), 0);
        const QJsonObject after = world.certificate();
        QCOMPARE(after[u"nextRenewal"_s], before[u"nextRenewal"_s]);
        QCOMPARE(World::information(after)[u"error"_s][u"code"_s].toString(), u"protocol"_s);
    }
};

SEALWRIGHT_TEST(TestRenewalInformation)

} // namespace tst_renewal_information

#include "tst_renewal_information.moc"
