// SPDX-License-Identifier: Apache-2.0
#include "base/shell_command.h"
#include "support/shell.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_shell_command {

using namespace Qt::StringLiterals;

/// What is copied for a shell means there what it meant here, whoever wrote the words.
class TestShellCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesPlainWordsReadable();
    void arrivesInTheShellAsItWas_data();
    void arrivesInTheShellAsItWas();
    void hasNothingThatATerminalTakesForKeys();
};

void TestShellCommand::leavesPlainWordsReadable()
{
    QCOMPARE(base::shellCommand({u"dig"_s, u"@127.0.0.1"_s, u"-t"_s, u"TXT"_s, u"_acme-challenge.a.example"_s}),
             u"dig @127.0.0.1 -t TXT _acme-challenge.a.example"_s);
    QCOMPARE(base::shellWord(u"*.a.example"_s), u"'*.a.example'"_s);
    QCOMPARE(base::shellWord(QString()), u"''"_s);
}

void TestShellCommand::arrivesInTheShellAsItWas_data()
{
    QTest::addColumn<QString>("word");
    for (const QString& word : {u"plain"_s,
                                QString(),
                                u"two words"_s,
                                u"*"_s,
                                u"~"_s,
                                u"~root"_s,
                                u"$HOME"_s,
                                u"`id`"_s,
                                u"$(touch mark)"_s,
                                u"'; touch mark; '"_s,
                                u"\"; touch mark; \""_s,
                                u"a\\"_s,
                                u"\\'"_s,
                                u"a=b"_s,
                                u"#comment"_s,
                                u"!!"_s,
                                u"&"_s,
                                u"a|b"_s,
                                u">mark"_s,
                                u"{a,b}"_s,
                                u"Zürich’s CA"_s})
        QTest::addRow("%s", qPrintable(word)) << word;
}

void TestShellCommand::arrivesInTheShellAsItWas()
{
    QFETCH(QString, word);
    const support::Shell shell;
    const auto outcome = shell.run(base::shellCommand({u"printf"_s, u"[%s]"_s, word, u"end"_s}));
    QCOMPARE(QString::fromUtf8(outcome.output), u"[%1][end]"_s.arg(word));
    QVERIFY(shell.isUntouched());
}

void TestShellCommand::hasNothingThatATerminalTakesForKeys()
{
    const QString word = base::shellWord(u"a\x1b[201~\r\nid\x03\u202eb"_s);
    for (const QChar character : word)
        QVERIFY(character.isPrint());
    QVERIFY(word.startsWith(u'\'') && word.endsWith(u'\''));
}

SEALWRIGHT_TEST(TestShellCommand)

} // namespace tst_shell_command

#include "tst_shell_command.moc"
