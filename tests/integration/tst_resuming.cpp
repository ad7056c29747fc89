// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"
#include "integration/command_line.h"
#include "integration/frozen.h"
#include "lifecycle/key_sealing.h"
#include "storage/storage.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/free_port.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_resuming {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Frozen;
using integration::Run;

namespace {

constexpr int mostEvents = 60;

practice::PebbleOptions freshAuthorizations()
{
    practice::PebbleOptions options;
    options.authzReuse = 0; // so that every run takes every step
    return options;
}

/// A name is proved even while nobody answers for it: who is killed between asking for validation and answering has an
/// invalid order otherwise, and rightly so.
practice::PebbleOptions forgivingDeath()
{
    practice::PebbleOptions options = freshAuthorizations();
    options.extraEnvironment = {u"PEBBLE_VA_ALWAYS_VALID=1"_s};
    return options;
}

QJsonObject onlyOrder(const CommandLine& cli, const QString& name)
{
    QList<QJsonObject> found;
    for (const QJsonValue& order : cli.run({u"order"_s, u"list"_s}).array())
        if (order[u"names"_s].toArray().contains(name))
            found.append(order.toObject());
    return found.size() == 1 ? found.constFirst() : QJsonObject();
}

/// The public key that the stored order has, read past the program.
QByteArray keyOfOrder(const CommandLine& cli, const QString& orderId)
{
    auto storage = support::await(storage::Storage::open(cli.dataFolder(), u"test"_s));
    if (!storage)
        return {};
    auto passphrase = std::make_shared<const base::Secret>(CommandLine::passphrase());
    const auto opened = support::await((*storage)->vault().unlock(passphrase));
    const auto sealed = support::await((*storage)->orders().sealedKey(orderId));
    if (!opened || !sealed)
        return {};
    const auto key = lifecycle::openOrderKey((*storage)->vault(), orderId, *sealed);
    return key ? key->publicKey().spkiDer() : QByteArray();
}

QByteArray keyOfCertificate(const CommandLine& cli, const QString& certificateId)
{
    const QJsonObject shown = cli.run({u"certificate"_s, u"show"_s, certificateId}).object();
    const QString chain = shown[u"versions"_s].toArray().at(0)[u"chain"_s].toString();
    const auto certificate = crypto::Certificate::fromPem(chain.toLatin1());
    return certificate ? certificate->spkiDer() : QByteArray();
}

/// Takes the only authority for one whose orders a human approves; its URL does not tell.
void becomeEjbca(const CommandLine& cli)
{
    auto storage = support::await(storage::Storage::open(cli.dataFolder(), u"test"_s));
    if (!storage)
        qFatal("%s", qPrintable(storage.error().message()));
    lifecycle::Authority authority = support::await((*storage)->authorities().all())->constFirst();
    authority.meta.kind = u"ejbca"_s;
    if (!support::await((*storage)->authorities().update(authority)))
        qFatal("the authority cannot be changed");
}

} // namespace

/// Orders outlive the process that runs them.
class TestResuming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resumesTheSameOrderWithTheSameKeyKilledAtAnyStep_data();
    void resumesTheSameOrderWithTheSameKeyKilledAtAnyStep();
    void leavesAnOrderAloneThatAnotherProcessRuns();
    void stopsWhereItIsOnASignal();
    void goesOnLaterWhereWaitingTookTooLong();
    void cancelsAnInterruptedOrder();
    void endsWithFourUntilAHumanHasApproved();
};

void TestResuming::resumesTheSameOrderWithTheSameKeyKilledAtAnyStep_data()
{
    QTest::addColumn<QStringList>("resuming");
    QTest::newRow("order resume") << QStringList {u"order"_s, u"resume"_s};
    QTest::newRow("agent --once") << QStringList {u"agent"_s, u"--once"_s};
}

void TestResuming::resumesTheSameOrderWithTheSameKeyKilledAtAnyStep()
{
    QFETCH(QStringList, resuming);
    const auto pebble = support::startPebble(forgivingDeath());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    int interrupted = 0;
    for (int events = 1; events < mostEvents; ++events) {
        const QString name = u"killed-%1.test"_s.arg(events);
        const Run killed = cli.runAndKill(CommandLine::issuing({name}, *pebble.server), events);
        const QJsonObject before = onlyOrder(cli, name);
        if (killed.exitCode == 0)
            break; // there are no more events than that
        QVERIFY2(!before.isEmpty(), "an order is stored before anything is announced");
        const QString id = before[u"id"_s].toString();
        const bool unfinished = before[u"state"_s].toString() != u"issued"_s;
        const QByteArray key = unfinished ? keyOfOrder(cli, id) : QByteArray();
        QVERIFY(!unfinished || !key.isEmpty());
        const Run resumed = cli.run(resuming);
        QVERIFY2(resumed.exitCode == 0, QByteArray::number(events) + resumed.output + resumed.errors);
        const QJsonObject after = onlyOrder(cli, name);
        QCOMPARE(after[u"id"_s].toString(), id);
        QCOMPARE(after[u"state"_s].toString(), u"issued"_s);
        if (!before[u"orderUrl"_s].toString().isEmpty())
            QCOMPARE(after[u"orderUrl"_s], before[u"orderUrl"_s]);
        if (unfinished)
            QCOMPARE(keyOfCertificate(cli, before[u"certificate"_s].toString()), key);
        interrupted += unfinished ? 1 : 0;
    }
    QVERIFY2(interrupted >= 5, "newOrder, challenge, polling, finalizing and downloading were to be interrupted");
    const QJsonArray certificates = cli.run({u"certificate"_s, u"list"_s}).array();
    for (const QJsonValue& certificate : certificates)
        QCOMPARE(certificate[u"versions"_s].toInt(), 1);
    QCOMPARE(cli.run({u"account"_s, u"list"_s}).array().size(), 1);
}

void TestResuming::leavesAnOrderAloneThatAnotherProcessRuns()
{
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const auto running = cli.start(CommandLine::issuing({u"held.test"_s}, *pebble.server, {u"--progress"_s}));
    QVERIFY(integration::announced(*running, 2));
    {
        const Frozen frozen(pebble->processId());
        const QJsonObject order = onlyOrder(cli, u"held.test"_s);
        QCOMPARE(order[u"running"_s].toBool(), true);
        const Run one = cli.run({u"order"_s, u"resume"_s, order[u"id"_s].toString()});
        QCOMPARE(one.exitCode, 1);
        QCOMPARE(one.object()[u"error"_s][u"code"_s].toString(), u"busy"_s);
        const Run all = cli.run({u"order"_s, u"resume"_s});
        QCOMPARE(all.exitCode, 0);
        QCOMPARE(all.array().size(), 0);
        const Run agent = cli.run({u"agent"_s, u"--once"_s});
        QCOMPARE(agent.exitCode, 0);
        QCOMPARE(agent.object()[u"resumed"_s].toArray().size(), 0);
        QCOMPARE(cli.run({u"order"_s, u"cancel"_s, order[u"id"_s].toString()}).exitCode, 1);
    }
    const Run issued = integration::finished(*running);
    QVERIFY2(issued.exitCode == 0, issued.errors.constData());
    QCOMPARE(onlyOrder(cli, u"held.test"_s)[u"running"_s].toBool(), false);
}

void TestResuming::stopsWhereItIsOnASignal()
{
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const auto running = cli.start(CommandLine::issuing({u"signal.test"_s}, *pebble.server, {u"--progress"_s}));
    QVERIFY(integration::announced(*running, 2));
    {
        const Frozen frozen(pebble->processId());
        running->terminate();
        const Run stopped = integration::finished(*running);
        QCOMPARE(stopped.exitCode, 4);
        QCOMPARE(QJsonDocument::fromJson(stopped.output)[u"state"_s].toString(), u"pending"_s);
    }
    const Run resumed = cli.run({u"order"_s, u"resume"_s, onlyOrder(cli, u"signal.test"_s)[u"id"_s].toString()});
    QVERIFY2(resumed.exitCode == 0, resumed.errors.constData());
    QCOMPARE(resumed.object()[u"state"_s].toString(), u"valid"_s);
}

void TestResuming::goesOnLaterWhereWaitingTookTooLong()
{
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    const Run waited = cli.run(CommandLine::issuing({u"wait.test"_s}, *pebble.server, {u"--wait"_s, u"0s"_s}));
    QCOMPARE(waited.exitCode, 4);
    QCOMPARE(waited.object()[u"state"_s].toString(), u"pending"_s);
    QVERIFY2(waited.errors.contains("is still in progress"), waited.errors.constData());
    QVERIFY(!waited.object().contains(u"error"_s));
    const Run agent = cli.run({u"agent"_s, u"--once"_s});
    QVERIFY2(agent.exitCode == 0, agent.errors.constData());
    QCOMPARE(agent.object()[u"resumed"_s].toArray().size(), 1);
    QCOMPARE(onlyOrder(cli, u"wait.test"_s)[u"state"_s].toString(), u"issued"_s);
}

void TestResuming::cancelsAnInterruptedOrder()
{
    const auto pebble = support::startPebble(freshAuthorizations());
    const CommandLine cli;
    cli.prepare(*pebble.server);
    cli.run(CommandLine::issuing({u"cancel.test"_s}, *pebble.server, {u"--wait"_s, u"0s"_s}));
    const QString id = onlyOrder(cli, u"cancel.test"_s)[u"id"_s].toString();
    const Run cancelled = cli.run({u"order"_s, u"cancel"_s, id});
    QVERIFY2(cancelled.exitCode == 0, cancelled.errors.constData());
    QCOMPARE(cancelled.object()[u"state"_s].toString(), u"cancelled"_s);
    QCOMPARE(cli.run({u"order"_s, u"resume"_s}).array().size(), 0);
}

void TestResuming::endsWithFourUntilAHumanHasApproved()
{
    support::AcmeFaultServer server;
    server.setValidation(support::Validation::AlwaysValid);
    server.setAwaitsApproval(true);
    const CommandLine cli;
    const QString root = cli.write(u"fault-root.pem"_s, server.tlsRootPem());
    QCOMPARE(cli.run({u"authority"_s, u"add"_s, u"fault"_s, server.directoryUrl().toString(), u"--root"_s, root,
                      u"--proxy"_s, u"none"_s})
                 .exitCode,
             0);
    QCOMPARE(cli.run({u"account"_s, u"register"_s, u"fault"_s, u"--agree-tos"_s}).exitCode, 0);
    becomeEjbca(cli);
    const Run issuing =
        cli.run({u"certificate"_s, u"issue"_s, u"approve.test"_s, u"--authority"_s, u"fault"_s, u"--challenge"_s,
                 u"http-01"_s, u"--listen"_s, u"127.0.0.1:%1"_s.arg(support::freePort())});
    QVERIFY2(issuing.exitCode == 4, issuing.errors.constData());
    QVERIFY(issuing.object()[u"message"_s].toString().contains(u"approved"_s));
    const QJsonObject order = onlyOrder(cli, u"approve.test"_s);
    QCOMPARE(order[u"waitsFor"_s].toString(), u"approval"_s);
    const QStringList resuming {u"order"_s, u"resume"_s, order[u"id"_s].toString()};
    QCOMPARE(cli.run(resuming).exitCode, 4);
    server.setAwaitsApproval(false);
    const Run resumed = cli.run(resuming);
    QVERIFY2(resumed.exitCode == 0, resumed.errors.constData());
    const QJsonObject after = onlyOrder(cli, u"approve.test"_s);
    QCOMPARE(after[u"state"_s].toString(), u"issued"_s);
    QVERIFY(!after.contains(u"waitsFor"_s));
    QCOMPARE(server.ordersCreated(), 1);
    QCOMPARE(server.certificatesIssued(), 1);
}

SEALWRIGHT_TEST(TestResuming)

} // namespace tst_resuming

#include "tst_resuming.moc"
