// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_checks.h"
#include "support/test_program.h"
#include "ui/orders/finding_words.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

namespace tst_finding_words {

using namespace Qt::StringLiterals;
using challenge::Finding;
using challenge::Statement;
using lifecycle::PendingReason;

namespace {

/// Another language, in which every statement is said in angle brackets.
class Brackets final : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* text, const char*, int) const override
    {
        return qstrcmp(context, "Statement") == 0 ? u"<%1>"_s.arg(QString::fromLatin1(text)) : QString();
    }
};

Finding finding(Finding::Verdict verdict, const QList<Statement>& statements)
{
    return {u"a.example"_s, Finding::Check::AnswerArrives, verdict, statements};
}

} // namespace

class FindingWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysEveryStatementInTheOperatorsLanguage()
    {
        Brackets brackets;
        QVERIFY(QCoreApplication::installTranslator(&brackets));
        for (int code = 0; code <= static_cast<int>(Statement::Code::CaaOtherAccount); ++code) {
            const QList<Statement> one {{static_cast<Statement::Code>(code), {u"%1"_s}}};
            const QString text = ui::findingText(finding(Finding::Verdict::Good, one));
            QVERIFY2(text.startsWith(u'<') && text.endsWith(u'>'), qPrintable(text));
        }
        const QList<Statement> two {{Statement::Code::Redirects, {u"a"_s, u"b"_s}},
                                    {Statement::Code::GivesAnswer, {u"b"_s}}};
        QCOMPARE(ui::findingText(finding(Finding::Verdict::Good, two)), u"<a redirects to b>; <b gives our answer>"_s);
        QCoreApplication::removeTranslator(&brackets);
    }

    void givesAReasonALineForTheAuthorityEachFindingAndTheKindOfServer()
    {
        base::ProblemDocument problem;
        problem.detail = u"no route to host"_s;
        PendingReason reason {u"a.example"_s, u"http-01"_s, u"pending"_s, base::Error(problem)};
        reason.findings = {finding(Finding::Verdict::Bad, {{Statement::Code::NotInTime, {u"a.example"_s}}}),
                           finding(Finding::Verdict::Good, {{Statement::Code::CaaNone, {u"a.example"_s}}})};
        reason.habit = PendingReason::Habit::LeavesFailuresPending;
        reason.serverName = u"step-ca"_s;
        const QStringList lines = ui::pendingText(reason).split(u'\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[0].contains(u"a.example"_s));
        QVERIFY(lines[1].contains(u"no route to host"_s));
        QVERIFY(lines[2].contains(u"wrong"_s) && lines[2].contains(u"in time"_s));
        QVERIFY(lines[3].contains(u"fine"_s) && lines[3].contains(u"CAA"_s));
        QVERIFY(lines[4].contains(u"step-ca"_s) && lines[4].contains(u"new order"_s));
    }

    void saysThatTheAuthorityHasSaidNothing()
    {
        const PendingReason reason {u"a.example"_s, u"http-01"_s};
        const QStringList lines = ui::pendingText(reason).split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[1].contains(u"not said anything"_s));
    }
};

SEALWRIGHT_WINDOW_TEST(FindingWordsTest)

} // namespace tst_finding_words

#include "tst_finding_words.moc"
