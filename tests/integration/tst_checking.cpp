// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/bind_server.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_checking {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

const support::BindKey ownKey {u"own.example"_s, u"hmac-sha256"_s, "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU="};

QJsonObject line(const Run& run, const QString& name, const QString& check)
{
    for (const auto& value : run.array())
        if (value[u"name"_s].toString() == name && value[u"check"_s].toString() == check)
            return value.toObject();
    return {};
}

} // namespace

/// What `certificate check` promises, pebble does, where both resolve through the same BIND.
class TestChecking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        practice::PebbleOptions options;
        options.dnsServer = m_bind.address();
        m_pebble = support::startPebble(options);
        m_cli.prepare(*m_pebble.server);
        const Run resolving = m_cli.run({u"authority"_s, u"update"_s, u"pebble"_s, u"--resolver"_s, m_bind.address()});
        QVERIFY2(resolving.exitCode == 0, resolving.errors);
        const Run added =
            m_cli.run({u"solver"_s, u"add"_s, u"internal BIND"_s, u"--dns"_s, u"rfc2136"_s, u"--dns-server"_s,
                       m_bind.address(), u"--tsig-file"_s, m_cli.write(u"own.key"_s, ownKey.clause())});
        QVERIFY2(added.exitCode == 0, added.errors);
    }

    void promisesWhatTheAuthorityThenDoes()
    {
        const QStringList names {u"localhost"_s};
        QStringList words = CommandLine::issuing(names, *m_pebble.server);
        words[1] = u"check"_s;
        const Run checked = m_cli.run(words);
        QVERIFY2(checked.exitCode == 0, checked.output);
        QCOMPARE(line(checked, u"localhost"_s, u"answer-arrives"_s)[u"verdict"_s].toString(), u"good"_s);
        QCOMPARE(line(checked, u"localhost"_s, u"answer-arrives"_s)[u"codes"_s],
                 QJsonValue(QJsonArray {u"gives-our-answer"_s}));
        QCOMPARE(line(checked, u"localhost"_s, u"caa"_s)[u"verdict"_s].toString(), u"good"_s);
        const Run issued = m_cli.run(CommandLine::issuing(names, *m_pebble.server));
        QVERIFY2(issued.exitCode == 0, issued.errors);
    }

    void tellsWhatWouldFailAndWhyItDid()
    {
        const QString name = u"elsewhere.corp.example"_s; // where nobody answers
        QStringList words = CommandLine::issuing({name}, *m_pebble.server);
        words[1] = u"check"_s;
        const Run checked = m_cli.run(words);
        QCOMPARE(checked.exitCode, 1);
        QCOMPARE(line(checked, name, u"answer-arrives"_s)[u"verdict"_s].toString(), u"bad"_s);
        const Run refused = m_cli.run(CommandLine::issuing({name}, *m_pebble.server));
        QCOMPARE(refused.exitCode, 1);
        const Run orders = m_cli.run({u"order"_s, u"list"_s});
        const Run why = m_cli.run({u"order"_s, u"why"_s, orders.array()[0][u"id"_s].toString()});
        QVERIFY2(why.exitCode == 0, why.errors);
        QCOMPARE(why.array().size(), 1);
        const QString text = why.array()[0][u"why"_s].toString();
        QVERIFY2(text.contains(u"The authority says: "_s) && text.contains(u"127.0.0.9"_s), qPrintable(text));
    }

    void checksZonesWithAStoredSolver()
    {
        const QStringList how {u"--authority"_s, u"pebble"_s,   u"--challenge"_s,
                               u"dns-01"_s,      u"--solver"_s, u"internal BIND"_s};
        const Run good =
            m_cli.run(QStringList {u"certificate"_s, u"check"_s, u"*.corp.example"_s, u"new.corp.example"_s} + how);
        QVERIFY2(good.exitCode == 0, good.output + good.errors);
        QCOMPARE(line(good, u"*.corp.example"_s, u"can-answer"_s)[u"verdict"_s].toString(), u"good"_s);
        const Run bad = m_cli.run(QStringList {u"certificate"_s, u"check"_s, u"www.other.example"_s} + how);
        QCOMPARE(bad.exitCode, 1);
        QCOMPARE(line(bad, u"www.other.example"_s, u"can-answer"_s)[u"verdict"_s].toString(), u"bad"_s);
    }

    void findsTheWayThatWorksWhereNoneIsGiven()
    {
        const auto check = [this](const QString& name) {
            return m_cli.run({u"certificate"_s, u"check"_s, name, u"--authority"_s, u"pebble"_s});
        };
        const Run found = check(u"*.corp.example"_s);
        QVERIFY2(found.exitCode == 0, found.output + found.errors);
        QCOMPARE(found.array().size(), 1);
        QCOMPARE(found.array()[0][u"way"_s].toString(), u"dns-01 by internal BIND"_s);
        QCOMPARE(found.array()[0][u"verdict"_s].toString(), u"good"_s);
        const Run none = check(u"*.other.example"_s);
        QCOMPARE(none.exitCode, 1);
        QCOMPARE(none.array().size(), 1);
        QCOMPARE(none.array()[0][u"verdict"_s].toString(), u"bad"_s);
        QCOMPARE(none.array()[0][u"name"_s].toString(), u"*.other.example"_s);
        QVERIFY(!none.array()[0][u"finding"_s].toString().isEmpty());
    }

    void keepsNothingOfASolverThatItTriesOut()
    {
        const CommandLine cli;
        const auto check = [&](const QByteArray& secret) {
            const QString file =
                cli.write(u"tried.key"_s, support::BindKey {ownKey.name, ownKey.algorithm, secret}.clause());
            return cli.run({u"certificate"_s, u"check"_s, u"new.corp.example"_s, u"--authority"_s, u"pebble"_s,
                            u"--challenge"_s, u"dns-01"_s, u"--dns"_s, u"rfc2136"_s, u"--dns-server"_s,
                            m_bind.address(), u"--tsig-file"_s, file});
        };
        const auto verdict = [](const Run& run) {
            return line(run, u"new.corp.example"_s, u"can-answer"_s)[u"verdict"_s].toString();
        };
        QCOMPARE(check(ownKey.secret).exitCode, 1); // there is no such authority
        const QString nowhere = u"https://localhost:1/dir"_s;
        QCOMPARE(cli.runWith({}, {u"authority"_s, u"add"_s, u"a"_s, nowhere}).exitCode, 3); // nor is there a vault
        QCOMPARE(cli.addAuthority(*m_pebble.server).exitCode, 0);
        const Run good = check(ownKey.secret);
        QVERIFY2(good.exitCode == 0, good.output + good.errors);
        QCOMPARE(verdict(good), u"good"_s);
        const Run bad = check("d3Jvbmcgc2VjcmV0");
        QCOMPARE(bad.exitCode, 1);
        QCOMPARE(verdict(bad), u"bad"_s);
        QCOMPARE(cli.run({u"solver"_s, u"list"_s}).array().size(), 0);
    }

    void refusesHostsThatSshCouldTakeForAnOption()
    {
        QStringList words =
            CommandLine::issuing({u"localhost"_s}, *m_pebble.server, {u"--from-host=-oProxyCommand=id"_s});
        words[1] = u"check"_s;
        const Run refused = m_cli.run(words);
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.errors.contains("-oProxyCommand"), refused.errors);
    }

private:
    support::BindServer m_bind {
        {{u"localhost"_s, "@ IN A 127.0.0.1\n", {}}, {u"corp.example"_s, "elsewhere IN A 127.0.0.9\n", ownKey.name}},
        {ownKey}};
    CommandLine m_cli;
    support::RunningPebble m_pebble;
};

SEALWRIGHT_TEST(TestChecking)

} // namespace tst_checking

#include "tst_checking.moc"
