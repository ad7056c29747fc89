// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "integration/frozen.h"
#include "storage/storage.h"
#include "support/pebble_server.h"
#include "support/port_forward.h"
#include "support/shell.h"
#include "support/test_program.h"
#include "support/txt_values.h"

#include <QTest>

#include <algorithm>

namespace tst_dns_providers {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Frozen;
using integration::Run;

namespace {

constexpr int aWhile = 60'000; // ms, a sanitized program on a busy machine

const support::BindKey key {u"hooks.example"_s, u"hmac-sha256"_s, "c2VjcmV0IG9mIGNvcnAuZXhhbXBsZQ=="};
const QString name = u"www.corp.example"_s;
const QString record = u"_acme-challenge.www.corp.example"_s;

/// Lexicon and dehydrated's hook know no port but 53, and BIND listens on no address that is not an interface's.
const QString nameServer = u"127.0.81.53"_s;

practice::PebbleOptions resolvingBy(const support::BindServer& bind)
{
    practice::PebbleOptions options;
    options.dnsServer = bind.address();
    options.authzReuse = 0;
    options.nonceReject = 0; // certbot asks only once more, so that one run in thirty would fail
    return options;
}

/// The lines of a file that programs appended to, sorted; none where there is no file.
QByteArrayList linesOf(const QString& path)
{
    QFile file(path);
    QByteArrayList lines = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QByteArrayList();
    std::sort(lines.begin(), lines.end());
    return lines;
}

/// A line of a shell that appends how it was called, the names of certbot's variables and the domain to a file.
QByteArray noting(const QByteArray& file)
{
    return "echo \"$# arguments, in $CERTBOT_DOMAIN:\" $(env | sed -n 's/^\\(CERTBOT_[A-Z_]*\\)=.*/\\1/p' | sort) >>"
        + file + '\n';
}

/// What the order tells whoever is to put the record in place.
QJsonObject presentedBy(QProcess& process)
{
    QJsonObject event;
    process.setReadChannel(QProcess::StandardError);
    const auto isTold = [&] {
        while (event[u"state"_s] != u"presenting"_s && process.canReadLine())
            event = QJsonDocument::fromJson(process.readLine()).object();
        return event[u"state"_s] == u"presenting"_s;
    };
    if (!QTest::qWaitFor(isTold, aWhile))
        qFatal("nothing was to be put in place: %s", process.readAllStandardError().constData());
    return event;
}

} // namespace

/// Whole orders whose records are put in place by other programs or by hand: the authority resolves through the BIND
/// that these change.
class TestDnsProviders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The hook is Debian's, and so has to be the Python that it finds.
    void initTestCase() { qputenv("PATH", "/usr/bin:" + qgetenv("PATH")); }
    void init();

    void issuesByLexicon();
    void removesWhatLexiconPutInPlaceAfterAKill();
    void issuesByDehydratedsHook();
    void issuesByHooksOfCertbot();
    void runsHooksAsCertbotRunsThem();
    void tellsTheCleanUpHookWhatTheOtherOneSaidAfterAKill_data();
    void tellsTheCleanUpHookWhatTheOtherOneSaidAfterAKill();
    void triesASolverOutByTheResolversOfTheAuthority();
    void goesOnOnceTheOperatorHasPutTheRecordInPlace();
    void needsTheOperatorNoSecondTimeAfterAKill();

private:
    QStringList issuing(const QStringList& names, const QStringList& how) const
    {
        return QStringList {u"certificate"_s, u"issue"_s} + names
            + QStringList {u"--authority"_s, u"pebble"_s, u"--challenge"_s, u"dns-01"_s} + how;
    }
    QStringList byLexicon() const;
    QStringList byHooks() const;
    static QStringList byHand() { return {u"--dns"_s, u"manual"_s}; }
    support::Shell::Outcome certbotWith(const QString& placing, const QString& removing) const;
    QString script(const QString& file, const QByteArray& lines) const;
    QByteArray nsupdate(const QByteArray& change) const;
    void changeByHand(const QString& change) const;
    void issuesForANameAndItsWildcard(const QStringList& how) const;
    QByteArrayList records() const { return support::txtValues(*m_bind, record); }
    QList<lifecycle::Placement> placements() const;
    QStringList challengeStates() const;
    QString onlyOrder() const { return m_cli->run({u"order"_s, u"list"_s}).array()[0][u"id"_s].toString(); }

    std::unique_ptr<support::BindServer> m_bind;
    std::unique_ptr<support::PortForward> m_forward;
    support::RunningPebble m_pebble;
    std::unique_ptr<CommandLine> m_cli;
};

void TestDnsProviders::init()
{
    m_forward.reset();
    m_bind = std::make_unique<support::BindServer>(QList<support::BindZone> {{u"corp.example"_s, {}, key.name}},
                                                   QList {key}, support::BindServer::Service::Resolving);
    m_forward = std::make_unique<support::PortForward>(nameServer, 53, m_bind->port());
    m_pebble = support::startPebble(resolvingBy(*m_bind));
    m_cli = std::make_unique<CommandLine>();
    m_cli->prepare(*m_pebble.server);
    const Run resolving = m_cli->run({u"authority"_s, u"update"_s, u"pebble"_s, u"--resolver"_s, m_bind->address()});
    QVERIFY2(resolving.exitCode == 0, resolving.errors);
}

QStringList TestDnsProviders::challengeStates() const
{
    QStringList states;
    for (const QJsonValue& event : m_cli->run({u"order"_s, u"show"_s, onlyOrder()}).object()[u"events"_s].toArray())
        if (event[u"subject"_s].toString() == u"challenge")
            states.append(event[u"state"_s].toString());
    return states;
}

QStringList TestDnsProviders::byLexicon() const
{
    const QString credentials = m_cli->write(u"lexicon.conf"_s,
                                             "auth_token = hmac-sha256:" + key.name.toLatin1() + ':' + key.secret
                                                 + "\nddns-server = " + nameServer.toLatin1() + '\n');
    return {u"--dns"_s, u"lexicon"_s, u"--dns-provider"_s, u"ddns"_s, u"--dns-credentials"_s, credentials};
}

QString TestDnsProviders::script(const QString& file, const QByteArray& lines) const
{
    const QString path = m_cli->write(file, "#!/bin/sh -e\ncd '" + m_cli->path({}).toUtf8() + "'\n" + lines);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

/// A line of a shell that changes the zone.
QByteArray TestDnsProviders::nsupdate(const QByteArray& change) const
{
    return "printf 'server 127.0.0.1 " + QByteArray::number(m_bind->port()) + "\\nupdate %s\\nsend\\n' \"" + change
        + "\" | nsupdate -y hmac-sha256:" + key.name.toLatin1() + ':' + key.secret + '\n';
}

void TestDnsProviders::changeByHand(const QString& change) const
{
    const support::Shell shell;
    const auto changed = shell.run(QString::fromUtf8(nsupdate(change.toUtf8())));
    QVERIFY2(changed.exitCode == 0, changed.errors);
}

/// Hooks as people write them for certbot: each run of the first says something else, which the second cannot do
/// without. The first one keeps on running while there is a file "hold". Both write down what they find.
QStringList TestDnsProviders::byHooks() const
{
    const QString placing =
        script(u"auth"_s,
               noting("auth.found") + nsupdate("add _acme-challenge.$CERTBOT_DOMAIN 1 TXT $CERTBOT_VALIDATION")
                   + "while test -e hold; do sleep 0.1; done\n"
                     "echo \"the record of run $$\" | tee -a given\n");
    const QString removing = script(u"cleanup"_s,
                                    noting("cleanup.found")
                                        + "test -n \"$CERTBOT_AUTH_OUTPUT\"\n"
                                          "echo \"$CERTBOT_AUTH_OUTPUT\" >>taken\n"
                                        + nsupdate("del _acme-challenge.$CERTBOT_DOMAIN TXT $CERTBOT_VALIDATION"));
    return {u"--dns"_s, u"program"_s, u"--dns-program"_s, placing, u"--dns-cleanup-program"_s, removing};
}

void TestDnsProviders::issuesForANameAndItsWildcard(const QStringList& how) const
{
    const Run issued = m_cli->run(issuing({name, u"*."_s + name}, how));
    QVERIFY2(issued.exitCode == 0, issued.errors + m_bind->log());
    QCOMPARE(issued.object()[u"state"_s].toString(), u"valid"_s);
    QVERIFY2(m_bind->log().contains("'" + record.toLatin1() + "' TXT"), m_bind->log());
    QCOMPARE(records(), QByteArrayList());
}

/// What is stored to be cleaned up, read past the program, which may be running.
QList<lifecycle::Placement> TestDnsProviders::placements() const
{
    auto storage = support::await(storage::Storage::open(m_cli->dataFolder(), u"test"_s));
    if (!storage)
        qFatal("%s", qPrintable(storage.error().message()));
    QList<lifecycle::Placement> all;
    const auto unfinished = support::await((*storage)->orders().unfinished());
    for (const lifecycle::OrderRecord& order : *unfinished)
        all += *support::await((*storage)->orders().placements(order.id));
    return all;
}

void TestDnsProviders::issuesByLexicon()
{
    issuesForANameAndItsWildcard(byLexicon());
}

void TestDnsProviders::removesWhatLexiconPutInPlaceAfterAKill()
{
    const Run killed = m_cli->runAndKillWhen(issuing({name}, byLexicon()), [this] { return !records().isEmpty(); });
    QCOMPARE(killed.exitCode, -1);
    QCOMPARE(records().size(), 1);
    const Run resumed = m_cli->run({u"order"_s, u"resume"_s, onlyOrder()});
    QVERIFY2(resumed.exitCode == 0, resumed.errors);
    QCOMPARE(resumed.object()[u"state"_s].toString(), u"valid"_s);
    QCOMPARE(records(), QByteArrayList());
}

void TestDnsProviders::issuesByDehydratedsHook()
{
    const QString configuration =
        m_cli->write(u"hook.conf"_s,
                     "[DEFAULT]\nname_server_ip = " + nameServer.toLatin1() + "\nwait = -1\nkey_name = "
                         + key.name.toLatin1() + "\nkey_secret = " + key.secret + "\nkey_algorithm = hmac-sha256\n");
    const QString hook = u"/usr/share/dehydrated-hook-ddns-tsig/dehydrated-hook-ddns-tsig.py --config "_s;
    issuesForANameAndItsWildcard(
        {u"--dns"_s, u"program"_s, u"--dns-hook"_s, u"dehydrated"_s, u"--dns-program"_s, hook + configuration});
}

void TestDnsProviders::issuesByHooksOfCertbot()
{
    issuesForANameAndItsWildcard(byHooks());
    QCOMPARE(linesOf(m_cli->path(u"given"_s)).size(), 2);
    QCOMPARE(linesOf(m_cli->path(u"taken"_s)), linesOf(m_cli->path(u"given"_s)));
}

/// certbot itself issues for the same names, of the same authority, by the same hooks.
support::Shell::Outcome TestDnsProviders::certbotWith(const QString& placing, const QString& removing) const
{
    const QString folder = m_cli->path(u"letsencrypt"_s);
    const QString root = m_cli->write(u"root.pem"_s, m_pebble->rootPem());
    const QStringList words {u"REQUESTS_CA_BUNDLE="_s + root,
                             u"certbot"_s,
                             u"certonly"_s,
                             u"-n"_s,
                             u"--server"_s,
                             m_pebble->directoryUrl(),
                             u"--config-dir"_s,
                             folder,
                             u"--work-dir"_s,
                             folder + u"/work"_s,
                             u"--logs-dir"_s,
                             folder + u"/logs"_s,
                             u"--agree-tos"_s,
                             u"--register-unsafely-without-email"_s,
                             u"--manual"_s,
                             u"--preferred-challenges"_s,
                             u"dns"_s,
                             u"--manual-auth-hook"_s,
                             placing,
                             u"--manual-cleanup-hook"_s,
                             removing,
                             u"-d"_s,
                             name,
                             u"-d"_s,
                             u"'*.%1'"_s.arg(name)};
    const support::Shell shell;
    return shell.run(words.join(u' '));
}

void TestDnsProviders::runsHooksAsCertbotRunsThem()
{
    const QStringList ours = byHooks();
    const auto issued = certbotWith(ours[3], ours[5]);
    QVERIFY2(issued.exitCode == 0, issued.output + issued.errors);
    const QString placing = m_cli->path(u"auth.found"_s);
    const QString removing = m_cli->path(u"cleanup.found"_s);
    const QByteArrayList placingThere = linesOf(placing);
    const QByteArrayList removingThere = linesOf(removing);
    QCOMPARE(placingThere.size(), 2);
    QCOMPARE(removingThere.size(), 2);
    QVERIFY(QFile::remove(placing) && QFile::remove(removing));
    issuesForANameAndItsWildcard(ours);
    QCOMPARE(linesOf(placing), placingThere);
    QCOMPARE(linesOf(removing), removingThere);
}

void TestDnsProviders::tellsTheCleanUpHookWhatTheOtherOneSaidAfterAKill_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("state");
    QTest::newRow("resumed") << u"resume"_s << u"valid"_s;
    QTest::newRow("cancelled") << u"cancel"_s << u"cancelled"_s;
}

void TestDnsProviders::tellsTheCleanUpHookWhatTheOtherOneSaidAfterAKill()
{
    QFETCH(QString, verb);
    QFETCH(QString, state);
    const QString hold = m_cli->write(u"hold"_s, {});
    const auto running = m_cli->start(issuing({name}, byHooks()));
    QTRY_COMPARE_WITH_TIMEOUT(records().size(), 1, aWhile);
    {
        const Frozen frozen(m_pebble->processId()); // so that nobody goes on before the kill
        QVERIFY(QFile::remove(hold));
        const auto isStored = [this] { return placements().value(0).what.contains(u"receipt"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(isStored(), aWhile);
        running->kill();
        QCOMPARE(integration::finished(*running).exitCode, -1);
    }
    QCOMPARE(records().size(), 1);
    const Run gone = m_cli->run({u"order"_s, verb, onlyOrder()});
    QVERIFY2(gone.exitCode == 0, gone.errors);
    QCOMPARE(gone.object()[u"state"_s].toString(), state);
    QCOMPARE(records(), QByteArrayList());
    const QByteArrayList given = linesOf(m_cli->path(u"given"_s));
    QVERIFY(!given.isEmpty()); // it runs again where the authority had not heard of the first one's record
    QCOMPARE(linesOf(m_cli->path(u"taken"_s)), given);
}

/// This machine's do not know the zone.
void TestDnsProviders::triesASolverOutByTheResolversOfTheAuthority()
{
    const Run added = m_cli->run(QStringList {u"solver"_s, u"add"_s, u"our hands"_s} + byHand());
    QVERIFY2(added.exitCode == 0, added.errors);
    const Run tested = m_cli->run({u"solver"_s, u"test"_s, u"our hands"_s, name, u"--authority"_s, u"pebble"_s});
    QVERIFY2(tested.exitCode == 0, tested.errors);
    QCOMPARE(tested.object()[u"record"_s].toString(), record + u" in the zone corp.example"_s);
}

void TestDnsProviders::goesOnOnceTheOperatorHasPutTheRecordInPlace()
{
    const auto running = m_cli->start(issuing({name}, byHand()) + QStringList {u"--progress"_s});
    const QJsonObject wanted = presentedBy(*running);
    QCOMPARE(wanted[u"expectedAt"_s].toString(), record + u" TXT"_s);
    changeByHand(u"add %1 1 TXT %2"_s.arg(record, wanted[u"expectedValue"_s].toString()));
    const Run issued = integration::finished(*running);
    QVERIFY2(issued.exitCode == 0, issued.errors);
    QCOMPARE(issued.object()[u"state"_s].toString(), u"valid"_s);
    QCOMPARE(placements().size(), 0);
    const QJsonArray events = m_cli->run({u"order"_s, u"show"_s, onlyOrder()}).object()[u"events"_s].toArray();
    const auto told = std::find_if(events.begin(), events.end(), [](const QJsonValue& event) {
        return event[u"state"_s].toString() == u"to be removed";
    });
    QVERIFY(told != events.end());
    QCOMPARE((*told)[u"identifier"_s].toString(), name);
    QCOMPARE((*told)[u"expectedAt"_s], wanted[u"expectedAt"_s]);
    QCOMPARE((*told)[u"expectedValue"_s], wanted[u"expectedValue"_s]);
}

void TestDnsProviders::needsTheOperatorNoSecondTimeAfterAKill()
{
    const auto running = m_cli->start(issuing({name}, byHand()) + QStringList {u"--progress"_s});
    const QJsonObject wanted = presentedBy(*running);
    {
        const Frozen frozen(m_pebble->processId());
        changeByHand(u"add %1 1 TXT %2"_s.arg(record, wanted[u"expectedValue"_s].toString()));
        running->kill();
        QCOMPARE(integration::finished(*running).exitCode, -1);
    }
    QCOMPARE(records(), QByteArrayList {wanted[u"expectedValue"_s].toString().toLatin1()});
    const Run resumed = m_cli->run({u"order"_s, u"resume"_s, onlyOrder()});
    QVERIFY2(resumed.exitCode == 0, resumed.errors);
    QCOMPARE(resumed.object()[u"state"_s].toString(), u"valid"_s);
    const QStringList told = challengeStates();
    QCOMPARE(told.count(u"to be removed"_s), 1);
    QVERIFY2(told.lastIndexOf(u"presenting"_s) < told.indexOf(u"to be removed"_s), qPrintable(told.join(u' ')));
    changeByHand(u"del %1 TXT %2"_s.arg(record, wanted[u"expectedValue"_s].toString()));
    QCOMPARE(records(), QByteArrayList());
}

SEALWRIGHT_TEST(TestDnsProviders)

} // namespace tst_dns_providers

#include "tst_dns_providers.moc"
