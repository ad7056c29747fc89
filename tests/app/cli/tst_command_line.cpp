// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include "app/cli/exit_code.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

namespace tst_command_line {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using cli::parseCommandLine;

/// How words become commands, and outcomes become exit codes and text.
class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesGlobalOptionsAnywhere();
    void keepsWordsAndOptionsApart();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void everyCommandHasHelp();
    void readsDurations_data();
    void readsDurations();
    void mapsErrorsToExitCodes();
    void toldThingsLeftToDoByTheWorstCode();
    void printsListsAsTables();
};

void TestCommandLine::takesGlobalOptionsAnywhere()
{
    const QList<QStringList> lines {
        {u"--data-dir"_s, u"/d"_s, u"--json"_s, u"--passphrase-file=/p"_s, u"order"_s, u"list"_s},
        {u"order"_s, u"--data-dir"_s, u"/d"_s, u"list"_s, u"--json"_s, u"--passphrase-file"_s, u"/p"_s},
    };
    for (const QStringList& line : lines) {
        const auto parsed = parseCommandLine(line);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message()));
        QCOMPARE(parsed->command->noun, u"order"_s);
        QCOMPARE(parsed->command->verb, u"list"_s);
        QCOMPARE(parsed->global.dataDirectory, u"/d"_s);
        QCOMPARE(parsed->global.passphraseFile, u"/p"_s);
        QVERIFY(parsed->global.json);
    }
}

void TestCommandLine::keepsWordsAndOptionsApart()
{
    const auto parsed = parseCommandLine({u"certificate"_s, u"issue"_s, u"*.a.test"_s, u"--authority"_s, u"CA"_s,
                                          u"192.0.2.1"_s, u"--challenge"_s, u"http-01"_s});
    QVERIFY(parsed);
    QCOMPARE(parsed->arguments.words, QStringList({u"*.a.test"_s, u"192.0.2.1"_s}));
    QCOMPARE(parsed->arguments.value(u"authority"_s), u"CA"_s);
    QVERIFY(!parsed->arguments.has(u"listen"_s));
    const auto repeated = parseCommandLine(
        {u"account"_s, u"register"_s, u"CA"_s, u"--contact"_s, u"a@b.test"_s, u"--contact"_s, u"c@d.test"_s});
    QCOMPARE(repeated->arguments.values(u"contact"_s), QStringList({u"a@b.test"_s, u"c@d.test"_s}));
}

void TestCommandLine::saysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("line");
    QTest::addColumn<QString>("part");
    QTest::newRow("nothing") << QStringList() << u"say what to do"_s;
    QTest::newRow("noun") << QStringList {u"cheese"_s} << u"cheese"_s;
    QTest::newRow("no verb") << QStringList {u"order"_s}
                             << u"list, show, resume, retry, report, deactivate-authorizations, cancel, why"_s;
    QTest::newRow("verb") << QStringList {u"order"_s, u"eat"_s} << u"eat"_s;
    QTest::newRow("option") << QStringList {u"order"_s, u"list"_s, u"--cheese"_s} << u"cheese"_s;
    QTest::newRow("value") << QStringList {u"order"_s, u"resume"_s, u"--wait"_s} << u"wait"_s;
    QTest::newRow("too few") << QStringList {u"authority"_s, u"add"_s, u"CA"_s} << u"NAME URL|HOST"_s;
    QTest::newRow("too many") << QStringList {u"agent"_s, u"now"_s} << u"now"_s;
}

void TestCommandLine::saysWhatIsWrong()
{
    QFETCH(QStringList, line);
    QFETCH(QString, part);
    const auto parsed = parseCommandLine(line);
    QVERIFY(!parsed);
    QCOMPARE(cli::exitCodeFor(parsed.error()), cli::exit_code::WrongUsage);
    QVERIFY2(parsed.error().message().contains(part), qPrintable(parsed.error().message()));
}

void TestCommandLine::everyCommandHasHelp()
{
    const auto overall = parseCommandLine({u"--help"_s});
    QVERIFY(overall && !overall->command);
    for (const cli::Command& command : cli::allCommands()) {
        QVERIFY(overall->help.contains(command.description));
        QStringList line {command.noun};
        if (!command.verb.isEmpty())
            line.append(command.verb);
        const auto own = parseCommandLine(line + QStringList {u"--help"_s});
        QVERIFY(own && !own->command);
        for (const cli::Option& option : command.options)
            QVERIFY(own->help.contains(u"--"_s + option.name));
    }
}

void TestCommandLine::readsDurations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("bare number") << u"5"_s << qint64(5000);
    QTest::newRow("seconds") << u"90s"_s << qint64(90'000);
    QTest::newRow("minutes") << u"10m"_s << qint64(600'000);
    QTest::newRow("hours") << u"2h"_s << qint64(7'200'000);
    QTest::newRow("days") << u"1d"_s << qint64(86'400'000);
    QTest::newRow("negative") << u"-1s"_s << qint64(-1);
    QTest::newRow("word") << u"soon"_s << qint64(-1);
    QTest::newRow("other unit") << u"5w"_s << qint64(-1);
}

void TestCommandLine::readsDurations()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    cli::Arguments arguments;
    arguments.options.insert(u"wait"_s, {text});
    const auto duration = cli::durationOption(arguments, u"wait"_s);
    QCOMPARE(duration ? qint64((*duration)->count()) : -1, milliseconds);
    QVERIFY(!*cli::durationOption(cli::Arguments(), u"wait"_s));
}

void TestCommandLine::mapsErrorsToExitCodes()
{
    using cli::exitCodeFor;
    QCOMPARE(exitCodeFor(base::Error(ErrorCode::Network, u"x"_s)), 1);
    QCOMPARE(exitCodeFor(base::Error(ErrorCode::InvalidInput, u"x"_s)), 1);
    QCOMPARE(exitCodeFor(base::Error(ErrorCode::InvalidInput, u"x"_s).about(u"names"_s)), 2);
    QCOMPARE(exitCodeFor(base::Error(ErrorCode::Locked, u"x"_s)), 3);
    QCOMPARE(exitCodeFor(base::Error(ErrorCode::WrongPassphrase, u"x"_s)), 3);
    QCOMPARE(exitCodeFor(base::Error(ErrorCode::InProgress, u"x"_s)), 4);
}

void TestCommandLine::toldThingsLeftToDoByTheWorstCode()
{
    QCOMPARE(cli::worse(0, 0), 0);
    QCOMPARE(cli::worse(0, 4), 4);
    QCOMPARE(cli::worse(4, 1), 1);
    QCOMPARE(cli::worse(1, 4), 1);
    QCOMPARE(cli::worse(1, 0), 1);
}

void TestCommandLine::printsListsAsTables()
{
    const QJsonArray rows {
        QJsonObject {{u"name"_s, u"long name"_s}, {u"tags"_s, QJsonArray {u"a"_s, u"b"_s}}, {u"hidden"_s, 1}},
        QJsonObject {{u"name"_s, u"x"_s}, {u"tags"_s, QJsonArray()}},
    };
    QCOMPARE(cli::asText({rows, {u"name"_s, u"tags"_s}}), u"name       tags\nlong name  a, b\nx\n"_s);
}

SEALWRIGHT_TEST(TestCommandLine)

} // namespace tst_command_line

#include "tst_command_line.moc"
