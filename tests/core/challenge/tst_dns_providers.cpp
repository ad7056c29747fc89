// SPDX-License-Identifier: Apache-2.0
#include "base/task_scope.h"
#include "challenge/dns01_updater.h"
#include "dns/dynamic_update.h"
#include "dns/network_resolver.h"
#include "dns/tsig_key.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/memory_solvers.h"
#include "support/port_forward.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_dns_providers {

using base::ErrorCode;
using challenge::Dns01Updater;
using challenge::DnsMethod;
using challenge::SolverSettings;
using support::await;
using namespace Qt::StringLiterals;

namespace {

const QString record = u"_acme-challenge.www.corp.example"_s;
const QByteArray value = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
const support::BindKey key {u"hooks.example"_s, u"hmac-sha256"_s, "c2VjcmV0IG9mIGNvcnAuZXhhbXBsZQ=="};

/// Programs know no port but 53, and BIND listens on no address that is not an interface's.
const QString nameServer = u"127.0.80.53"_s;
const QString secondServer = u"127.0.80.54"_s;

QByteArray lexiconCredentials(const QByteArray& secret = key.secret)
{
    return "# as Lexicon names them\nauth_token = hmac-sha256:" + key.name.toLatin1() + ':' + secret
        + "\nddns-server = 127.0.80.53\n";
}

QByteArray shown(const support::BindServer& server)
{
    dns::NetworkResolver resolver({*dns::ServerAddress::parse(server.address())});
    const auto answer = await(resolver.lookup(record, dns::RecordType::Txt, {}));
    QByteArrayList values;
    if (answer)
        for (const dns::Record& each : answer->records)
            values.append(each.value);
    return values.join(' ');
}

/// Whether it has copied the zone that it is to serve.
bool serves(const support::BindServer& server)
{
    dns::NetworkResolver resolver({*dns::ServerAddress::parse(server.address())});
    const auto answer = await(resolver.lookup(record, dns::RecordType::Txt, {}));
    return answer.has_value();
}

} // namespace

/// The ways of changing TXT records beside our own updates, with the real programs against BIND.
class TestDnsProviders : public QObject {
    Q_OBJECT

    Dns01Updater with(const SolverSettings& settings, const QByteArray& secret = {})
    {
        m_store = std::make_unique<support::MemorySolvers>();
        m_store->insert(settings, base::Secret(QByteArrayView(secret)));
        return Dns01Updater(*m_store, m_clock, settings.id, {m_bind.address()});
    }

    /// Puts the value beside another one, which stays, sees it and takes it away again.
    void addsAndRemovesOneOfTwo(const Dns01Updater& updater)
    {
        const auto place = await(updater.locate(record, {}));
        QVERIFY_RESULT(place);
        const auto allowed = await(updater.probe(*place, {}));
        QVERIFY_RESULT(allowed);
        const auto other = await(updater.add(*place, "value-of-the-wildcard", {}));
        QVERIFY_RESULT(other);
        QString receipt;
        for (int times = 0; times < 2; ++times) {
            const auto added = await(updater.add(*place, value, {}));
            QVERIFY_RESULT(added);
            receipt = *added;
            QVERIFY_RESULT(await(updater.awaitSeen(*place, value, {})));
        }
        QVERIFY(shown(m_bind).contains(value));
        for (int times = 0; times < 2; ++times) {
            const auto removed = await(updater.remove(*place, value, receipt));
            QVERIFY_RESULT(removed);
        }
        QCOMPARE(shown(m_bind), QByteArray("value-of-the-wildcard"));
        QVERIFY_RESULT(await(updater.remove(*place, "value-of-the-wildcard", *other)));
        QCOMPARE(shown(m_bind), QByteArray());
    }

    QString file(const QString& name, const QByteArray& contents)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(contents) < 0)
            qFatal("cannot write %s", qPrintable(name));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

    static SolverSettings certbotHooks()
    {
        SolverSettings settings {u"hook"_s, u"hook"_s};
        settings.method = DnsMethod::CertbotHooks;
        return settings;
    }

    QTemporaryDir m_folder;
    base::SystemClock m_clock;
    support::BindServer m_bind {{{u"corp.example"_s, {}, key.name}}, {key}};
    support::PortForward m_forward {nameServer, 53, m_bind.port()};
    std::unique_ptr<support::MemorySolvers> m_store;

private Q_SLOTS:
    /// The hook is Debian's, and so has to be the Python that it finds.
    void initTestCase() { qputenv("PATH", "/usr/bin:" + qgetenv("PATH")); }

    void lexiconChangesOneValue()
    {
        SolverSettings settings {u"lexicon"_s, u"lexicon"_s};
        settings.method = DnsMethod::Lexicon;
        settings.provider = u"ddns"_s;
        addsAndRemovesOneOfTwo(with(settings, lexiconCredentials()));
    }

    /// Lexicon's program may leave it to the search path which Python that is.
    void lexiconRunsByAPythonThatIsLookedFor()
    {
        const QByteArray path = qgetenv("PATH");
        file(u"lexicon"_s, "#!/usr/bin/env python3\n");
        qputenv("PATH", m_folder.path().toUtf8() + ':' + path);
        SolverSettings settings {u"lexicon"_s, u"lexicon"_s};
        settings.method = DnsMethod::Lexicon;
        settings.provider = u"ddns"_s;
        addsAndRemovesOneOfTwo(with(settings, lexiconCredentials()));
        qputenv("PATH", path);
    }

    void whatLexiconSaysShowsNoCredential_data()
    {
        QTest::addColumn<QByteArray>("credentials");
        QTest::newRow("another secret") << lexiconCredentials("d3Jvbmcgc2VjcmV0IG9mIGNvcnA=");
        QTest::newRow("no key at all") << QByteArray("auth_token = d3Jvbmcgc2VjcmV0IG9mIGNvcnA=\n");
        QTest::newRow("no option") << QByteArray("d3Jvbmcgc2VjcmV0IG9mIGNvcnA\n");
    }

    void whatLexiconSaysShowsNoCredential()
    {
        QFETCH(QByteArray, credentials);
        SolverSettings settings {u"lexicon"_s, u"lexicon"_s};
        settings.method = DnsMethod::Lexicon;
        settings.provider = u"ddns"_s;
        const Dns01Updater updater = with(settings, credentials);
        const auto place = await(updater.locate(record, {}));
        QVERIFY_RESULT(place);
        const auto added = await(updater.add(*place, value, {}));
        QVERIFY(!added);
        QCOMPARE(added.error().code(), ErrorCode::Rejected);
        QVERIFY(!added.error().message().contains(u"d3Jvbmcg"_s));
        QCOMPARE(shown(m_bind), QByteArray());
    }

    void aHookOfDehydratedRunsUnmodified()
    {
        const QString configuration =
            file(u"hook.conf"_s,
                 "[DEFAULT]\nname_server_ip = 127.0.80.53\nwait = -1\nkey_name = " + key.name.toLatin1()
                     + "\nkey_secret = " + key.secret + "\nkey_algorithm = hmac-sha256\n");
        SolverSettings settings {u"hook"_s, u"hook"_s};
        settings.method = DnsMethod::DehydratedHook;
        settings.program =
            u"/usr/share/dehydrated-hook-ddns-tsig/dehydrated-hook-ddns-tsig.py --config "_s + configuration;
        addsAndRemovesOneOfTwo(with(settings));
    }

    void hooksOfCertbotFindWhatTheyAreToldInTheirEnvironment()
    {
        const QByteArray update = "printf 'server 127.0.80.53\\nupdate %s _acme-challenge.%s %s TXT %s\\nsend\\n' ";
        const QByteArray keyOption = " | nsupdate -y hmac-sha256:" + key.name.toLatin1() + ':' + key.secret + '\n';
        SolverSettings settings = certbotHooks();
        settings.program = file(u"auth hook"_s,
                                "#!/bin/sh -e\n" + update + "add \"$CERTBOT_DOMAIN\" 1 \"$CERTBOT_VALIDATION\""
                                    + keyOption + "echo \"told $1 of $CERTBOT_VALIDATION\"\n");
        settings.program = u"\"%1\" \"by certbot\""_s.arg(settings.program);
        const QString told = m_folder.filePath(u"told"_s);
        settings.cleanUpProgram =
            file(u"cleanup"_s,
                 "#!/bin/sh -e\necho \"$CERTBOT_AUTH_OUTPUT\" >>'" + told.toUtf8() + "'\n" + update
                     + "del \"$CERTBOT_DOMAIN\" \"\" \"$CERTBOT_VALIDATION\"" + keyOption);
        addsAndRemovesOneOfTwo(with(settings));
        QFile all(told);
        QVERIFY(all.open(QFile::ReadOnly));
        const QByteArray line = "told by certbot of " + value + '\n';
        QCOMPARE(all.readAll(), line + line + "told by certbot of value-of-the-wildcard\n");
    }

    void tellsWhatAHookSaidThatFailed()
    {
        SolverSettings settings = certbotHooks();
        settings.program = file(u"failing"_s, "#!/bin/sh\necho 'the zone is frozen' >&2\nexit 3\n");
        const Dns01Updater updater = with(settings);
        const auto place = await(updater.locate(record, {}));
        const auto added = await(updater.add(*place, value, {}));
        QVERIFY(!added);
        QVERIFY(added.error().detail().contains(u"exit code 3"_s));
        QVERIFY(added.error().detail().contains(u"the zone is frozen"_s));
    }

    /// Services replace all values of a name by those that they have read.
    void programsChangeOneRecordAtATime()
    {
        const QString log = m_folder.filePath(u"log"_s);
        SolverSettings settings = certbotHooks();
        settings.program =
            file(u"slow"_s,
                 "#!/bin/sh\necho begin >>'" + log.toUtf8() + "'\nsleep 0.2\necho end >>'" + log.toUtf8() + "'\n");
        settings.cleanUpProgram = settings.program;
        const Dns01Updater updater = with(settings);
        const Dns01Updater another(*m_store, m_clock, settings.id, {m_bind.address()});
        const auto place = await(updater.locate(record, {}));
        auto first = updater.add(*place, value, {});
        auto second = another.add(*place, "value-of-the-wildcard", {});
        auto removal = updater.remove(*place, "an older value", {});
        QVERIFY_RESULT(await(std::move(removal)));
        QVERIFY_RESULT(await(std::move(second)));
        QVERIFY_RESULT(await(std::move(first)));
        QFile all(log);
        QVERIFY(all.open(QFile::ReadOnly));
        QCOMPARE(all.readAll(), QByteArray("begin\nend\nbegin\nend\nbegin\nend\n"));
    }

    void whoWaitsForOtherProgramsMayStop()
    {
        SolverSettings settings = certbotHooks();
        settings.program = file(u"endless"_s, "#!/bin/sh\n[ \"$CERTBOT_VALIDATION\" != endless ] || exec sleep 1000\n");
        const Dns01Updater updater = with(settings);
        const auto place = await(updater.locate(record, {}));
        std::stop_source stopFirst;
        std::stop_source stopSecond;
        auto first = updater.add(*place, "endless", stopFirst.get_token());
        auto second = updater.add(*place, value, stopSecond.get_token());
        stopSecond.request_stop();
        QCOMPARE(await(std::move(second)).error().code(), ErrorCode::Cancelled);
        auto third = updater.add(*place, value, {});
        stopFirst.request_stop();
        QCOMPARE(await(std::move(first)).error().code(), ErrorCode::Cancelled);
        QVERIFY_RESULT(await(std::move(third)));
    }

    void asksNoResolverForARecordThatIsNotThereYet()
    {
        const QByteArray served = "@ IN NS second\nsecond IN A 127.0.80.54\n";
        const support::BindServer server({{u"corp.example"_s, served, {}}});
        const support::PortForward forward(secondServer, 53, server.port());
        const support::BindServer resolver({{u"corp.example"_s, served, {}}}, {},
                                           support::BindServer::Service::Resolving);
        SolverSettings settings {u"hand"_s, u"hand"_s};
        settings.method = DnsMethod::ByHand;
        support::MemorySolvers store;
        store.insert(settings, base::Secret());
        const Dns01Updater updater(store, m_clock, settings.id, {resolver.address()});
        const auto place = await(updater.locate(record, {}));
        QVERIFY_RESULT(place);
        QCOMPARE(place->zone, u"corp.example"_s);
        QVERIFY(server.wasAskedFor(record));
        QVERIFY(!resolver.wasAskedFor(record));
    }

    /// They need not know what is above.
    void asksServersOfAFewZonesForWhatTheyKnow()
    {
        const QString delegated = u"proof.example"_s; // that an alias leads to
        const support::BindServer server({{delegated, {}, {}}});
        SolverSettings settings {u"hand"_s, u"hand"_s};
        settings.method = DnsMethod::ByHand;
        support::MemorySolvers store;
        store.insert(settings, base::Secret());
        const Dns01Updater updater(store, m_clock, settings.id, {server.address()});
        const auto place = await(updater.locate(delegated, {}));
        QVERIFY_RESULT(place);
        QCOMPARE(place->zone, delegated);
    }

    void goesOnByItselfOnceTheOperatorHasPutTheRecordInPlace()
    {
        SolverSettings settings {u"hand"_s, u"hand"_s};
        settings.method = DnsMethod::ByHand;
        const Dns01Updater updater = with(settings);
        const auto place = await(updater.locate(record, {}));
        QVERIFY_RESULT(place);
        QVERIFY_RESULT(await(updater.add(*place, value, {})));
        std::optional<base::Result<void>> outcome;
        base::TaskScope scope;
        const auto wait = [](const Dns01Updater& by, challenge::Dns01Place at,
                             std::optional<base::Result<void>>& out) -> base::Task<void> {
            out = co_await by.awaitSeen(at, value, {});
        };
        scope.start(wait(updater, *place, outcome));
        auto addedByHand = std::make_shared<const dns::TsigKey>(
            dns::TsigKey {key.name, key.algorithm, base::Secret(QByteArray::fromBase64(key.secret))});
        const dns::DynamicUpdate hand(*dns::ServerAddress::parse(m_bind.address()), addedByHand, m_clock);
        QVERIFY(!outcome);
        QVERIFY_RESULT(await(hand.add({u"corp.example"_s, record, value}, 1, {})));
        QVERIFY(QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000));
        QVERIFY_RESULT(*outcome);
        QVERIFY_RESULT(await(hand.remove({u"corp.example"_s, record, value}, {})));
        await(scope.drain());
    }

    void waitsForTheOtherServersOfTheZone_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("records");
        QTest::newRow("by IPv4") << secondServer << QByteArray("second IN A 127.0.80.54\n");
        QTest::newRow("by IPv6 alone") << u"::1"_s << QByteArray("second IN AAAA ::1\n");
    }

    void waitsForTheOtherServersOfTheZone()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, records);
        const QByteArray servers = "@ IN NS second\n@ IN NS away\naway IN A 127.0.80.55\n" + records;
        const support::BindServer primary({{u"corp.example"_s, servers, key.name}}, {key});
        const support::BindServer copy({{u"corp.example"_s, {}, {}, primary.address()}});
        QTRY_VERIFY_WITH_TIMEOUT(serves(copy), 30'000); // one that serves nothing yet is passed over as being away
        const support::PortForward forward(address, 53, copy.port());
        SolverSettings settings {u"own"_s, u"own"_s, primary.address(), key.name, key.algorithm};
        support::MemorySolvers store;
        store.insert(settings, base::Secret(QByteArray::fromBase64(key.secret)));
        const Dns01Updater updater(store, m_clock, settings.id);
        const auto place = await(updater.locate(record, {}));
        QVERIFY_RESULT(place);
        for (const QByteArray& each : {value, QByteArray("another")}) {
            QVERIFY_RESULT(await(updater.add(*place, each, {})));
            QVERIFY_RESULT(await(updater.awaitSeen(*place, each, {})));
            QVERIFY(shown(copy).contains(each));
        }
    }
};

SEALWRIGHT_TEST(TestDnsProviders)

} // namespace tst_dns_providers

#include "tst_dns_providers.moc"
