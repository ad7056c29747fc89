// SPDX-License-Identifier: Apache-2.0
#include "challenge/record_watch.h"
#include "dns/dynamic_update.h"
#include "dns/tsig_key.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/port_forward.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_record_watch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using challenge::AwaitedRecord;
using challenge::RecordWatch;
using support::await;

namespace {

const QString record = u"_acme-challenge.www.corp.example"_s;
const QByteArray value = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
const support::BindKey key {u"hand.example"_s, u"hmac-sha256"_s, "c2VjcmV0IG9mIGNvcnAuZXhhbXBsZQ=="};

/// Zones' servers and this machine's resolvers are asked at port 53. No other test has these addresses: several run at
/// once.
const QString resolverAddress = u"127.0.82.53"_s;
const QString serverAddress = u"127.0.82.54"_s;
const QByteArray namedServer = "@ IN NS second\nsecond IN A 127.0.82.54\n";

} // namespace

/// Against Debian's BIND.
class TestRecordWatch : public QObject {
    Q_OBJECT

    QString resolvConf()
    {
        QFile file(m_folder.filePath(u"resolv.conf"_s));
        if (!file.open(QFile::WriteOnly) || file.write("nameserver 127.0.82.53\n") < 0)
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    QTemporaryDir m_folder;
    base::SystemClock m_clock;

private Q_SLOTS:
    void isNotContentWithAZoneWhoseServersAreAllAway()
    {
        const support::BindServer bind({{u"corp.example"_s, {}, key.name}}, {key},
                                       support::BindServer::Service::Resolving);
        const support::PortForward forward(resolverAddress, 53, bind.port());
        const RecordWatch watch(m_clock, {}, resolvConf());
        const auto tooEarly = await(watch.seen(AwaitedRecord {record, u"corp.example"_s, value, 0s}, {}, {}));
        QVERIFY(!tooEarly);
        QCOMPARE(tooEarly.error().code(), ErrorCode::Timeout);
        QVERIFY2(tooEarly.error().message().contains(resolverAddress), qPrintable(tooEarly.error().message()));
        const auto tsig = std::make_shared<const dns::TsigKey>(
            dns::TsigKey {key.name, key.algorithm, base::Secret(QByteArray::fromBase64(key.secret))});
        const dns::DynamicUpdate hand(*dns::ServerAddress::parse(bind.address()), tsig, m_clock);
        QVERIFY_RESULT(await(hand.add({u"corp.example"_s, record, value}, 1, {})));
        QVERIFY_RESULT(await(watch.seen(AwaitedRecord {record, u"corp.example"_s, value, 20s}, {}, {})));
    }

    void passesOverServersThatReferToOthers()
    {
        const QByteArray delegation = "child IN NS ns.child\nns.child IN A 127.0.0.1\n" + namedServer;
        const support::BindServer parent({{u"corp.example"_s, delegation, {}}});
        const support::PortForward forward(serverAddress, 53, parent.port());
        const support::BindServer both({{u"corp.example"_s, delegation, {}},
                                        {u"child.corp.example"_s, "_acme-challenge.www IN TXT " + value + '\n', {}}},
                                       {}, support::BindServer::Service::Resolving);
        const RecordWatch watch(m_clock, {both.address()});
        const AwaitedRecord behind {u"_acme-challenge.www.child.corp.example"_s, u"corp.example"_s, value, 0s};
        QVERIFY_RESULT(await(watch.seen(behind, {}, {})));
        QVERIFY(parent.wasAskedFor(behind.name));
    }

    void waitsForTheServersOfTheZoneThatAnAliasLeadsTo()
    {
        const support::BindServer empty({{u"proofs.example"_s, namedServer, {}}});
        const support::PortForward forward(serverAddress, 53, empty.port());
        const support::BindServer resolver(
            {{u"corp.example"_s, "_acme-challenge.www IN CNAME _acme-challenge.www.proofs.example.\n", {}},
             {u"proofs.example"_s, "_acme-challenge.www IN TXT " + value + '\n' + namedServer, {}}},
            {}, support::BindServer::Service::Resolving);
        const RecordWatch watch(m_clock, {resolver.address()});
        const auto missing = await(watch.seen(AwaitedRecord {record, {}, value, 0s}, {}, {}));
        QVERIFY(!missing);
        QVERIFY2(missing.error().message().contains(serverAddress), qPrintable(missing.error().message()));
    }

    void asksNoResolverForARecordThatTheZoneDoesNotHaveYet()
    {
        const support::BindServer server({{u"corp.example"_s, namedServer, {}}});
        const support::PortForward forward(serverAddress, 53, server.port());
        const support::BindServer resolver({{u"corp.example"_s, namedServer, {}}}, {},
                                           support::BindServer::Service::Resolving);
        const RecordWatch watch(m_clock, {resolver.address()});
        const auto missing = await(watch.seen(AwaitedRecord {record, {}, value, 0s}, {}, {}));
        QVERIFY(!missing);
        QVERIFY(server.wasAskedFor(record));
        QVERIFY(!resolver.wasAskedFor(record));
    }
};

SEALWRIGHT_TEST(TestRecordWatch)

} // namespace tst_record_watch

#include "tst_record_watch.moc"
