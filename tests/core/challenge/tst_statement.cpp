// SPDX-License-Identifier: Apache-2.0
#include "challenge/finding.h"
#include "support/test_program.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace tst_statement {

using namespace Qt::StringLiterals;
using challenge::Finding;
using challenge::Statement;
using Code = Statement::Code;

/// What checks say: codes for programs, sentences for people.
class TestStatement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasANameAndASentenceForEveryCode();
    void takesDetailsLiterally();
    void putsWhatLeadsOnIntoOneSentence();
    void saysOfEachAddressWhatWasFoundThere();
};

void TestStatement::hasANameAndASentenceForEveryCode()
{
    static const QRegularExpression kebab(u"^[a-z]+(-[a-z]+)*$"_s);
    QSet<QString> names;
    QSet<QByteArray> texts;
    for (int code = 0; code <= static_cast<int>(Code::CaaOtherAccount); ++code) {
        const QString name = codeName(static_cast<Code>(code));
        QVERIFY2(kebab.match(name).hasMatch(), qPrintable(name));
        names.insert(name);
        texts.insert(textOf(static_cast<Code>(code)));
    }
    QCOMPARE(names.size(), static_cast<int>(Code::CaaOtherAccount) + 1);
    QCOMPARE(texts.size(), names.size());
}

/// Details are strangers' words: nothing in them is a place for another one.
void TestStatement::takesDetailsLiterally()
{
    QCOMPARE(challenge::filled(u"%2 of %1, 100% and %"_s, {u"%2"_s, u"b"_s}), u"b of %2, 100% and %"_s);
    QCOMPARE(challenge::filled(u"%1 and %3"_s, {u"one"_s}), u"one and "_s);
}

void TestStatement::putsWhatLeadsOnIntoOneSentence()
{
    QCOMPARE(challenge::sentenceOf({{Code::Redirects, {u"a"_s, u"http://b"_s}}, {Code::GivesAnswer, {u"b"_s}}}),
             u"a redirects to http://b; b gives our answer"_s);
}

void TestStatement::saysOfEachAddressWhatWasFoundThere()
{
    const Finding good {{}, Finding::Check::AnswerArrives, Finding::Verdict::Good, {{Code::GivesAnswer, {u"a"_s}}}};
    const Finding bad {{}, Finding::Check::AnswerArrives, Finding::Verdict::Bad, {{Code::NotInTime, {u"b"_s}}}};
    const Finding both = challenge::summaryOf({good, bad});
    QCOMPARE(both.verdict, Finding::Verdict::Warning);
    QCOMPARE(both.statements, good.statements + bad.statements);
}

SEALWRIGHT_TEST(TestStatement)

} // namespace tst_statement

#include "tst_statement.moc"
