// SPDX-License-Identifier: Apache-2.0
#include "support/statements.h"
#include "support/test_program.h"
#include "ui/orders/name_check.h"
#include "ui/window/window_fixture.h"

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

namespace tst_name_check {

using namespace Qt::StringLiterals;
using challenge::Finding;
using challenge::ProofSettings;
using support::said;
using support::scene;
using support::WindowFixture;
using Check = Finding::Check;
using Verdict = Finding::Verdict;

class NameCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        scene() = support::Scene();
        m_facade = support::makeFacade();
        m_workspace = std::make_unique<ui::Workspace>(ui::Workspace {*m_facade, m_navigator, m_settings});
        m_asked = 0;
        m_check = std::make_unique<ui::NameCheck>(
            *m_workspace, [this] { return question(); }, [] { return lifecycle::ProofSearch(); });
        m_check->show();
    }
    void cleanup()
    {
        m_check.reset();
        m_facade.reset();
    }

    void showsFindingsTheWorstFirst()
    {
        scene().findings = {{u"a.example"_s, Check::ResolvesHere, Verdict::Good, said(u"found"_s)},
                            {u"a.example"_s, Check::Caa, Verdict::Bad, said(u"not this CA"_s)},
                            {u"b.example"_s, Check::Caa, Verdict::Warning, said(u"doubtful"_s)}};
        find<QLineEdit>("nameCheckHost")->setText(u" web-1 "_s);
        find<QPushButton>("nameCheck")->click();
        QTRY_COMPARE(rows(), 3);
        QTRY_VERIFY(summary().contains(u"Bad: 1"_s));
        QCOMPARE(cell(0, 0), u"Bad"_s);
        QCOMPARE(cell(0, 3), u"not this CA"_s);
        QCOMPARE(cell(1, 0), u"Warning"_s);
        QVERIFY(!model().index(0, 0).data(Qt::DecorationRole).isNull()); // never by colour or word alone
        QCOMPARE(find<QLabel>("nameCheckSentence")->text(), u"not this CA"_s); // whole, whatever the column's width
        find<QTreeView>("nameCheckFindings")->setCurrentIndex(model().index(1, 0));
        QCOMPARE(find<QLabel>("nameCheckSentence")->text(), u"doubtful"_s);
        QCOMPARE(scene().checkRequest->fromHost, u"web-1"_s);
    }

    void offersAWayThatWorksWhereTheChosenOneDoesNot()
    {
        scene().findings = {{u"a.example"_s, Check::AnswerArrives, Verdict::Bad, said(u"nobody answers"_s)}};
        const ProofSettings solver = ProofSettings::dns01({u"s1"_s, u"internal BIND"_s, u"192.0.2.53:53"_s});
        scene().suggestion.found = lifecycle::ProofCandidate {solver, lifecycle::ProofCandidate::Reason::Solver};
        find<QPushButton>("nameCheck")->click();
        QTRY_VERIFY(find<QLabel>("nameCheckSuggestion")->isVisible());
        QCOMPARE(find<QLabel>("nameCheckSuggestion")->text(), u"dns-01 by internal BIND would work."_s);
        QCOMPARE(scene().proofSearch->names, *base::parseIdentifiers({u"a.example"_s}));
        QVERIFY(scene().proofSearch->except.contains(ProofSettings::http01Listening(u"0.0.0.0:80"_s)));
        QSignalSpy chosen(m_check.get(), &ui::NameCheck::wayChosen);
        find<QPushButton>("nameCheckUse")->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].value<ProofSettings>().solverId, u"s1"_s);
    }

    void saysThatNothingElseWorks()
    {
        scene().findings = {{u"a.example"_s, Check::AnswerArrives, Verdict::Bad, said(u"nobody answers"_s)}};
        find<QPushButton>("nameCheck")->click();
        QTRY_VERIFY(find<QLabel>("nameCheckSuggestion")->isVisible());
        QVERIFY(!find<QPushButton>("nameCheckUse")->isVisible());
    }

    void offersNothingWhereTheChosenWayWorks()
    {
        scene().findings = {{u"a.example"_s, Check::AnswerArrives, Verdict::Good, said(u"our answer"_s)}};
        find<QPushButton>("nameCheck")->click();
        QTRY_VERIFY(summary().contains(u"Bad: 0"_s));
        WindowFixture::settle();
        QVERIFY(!scene().calls.contains(u"suggestProof"_s));
    }

    void canBeStoppedAndKeepsWhatItFound()
    {
        scene().neverAnswers = QStringList(u"checkNames"_s);
        scene().findings = {{u"a.example"_s, Check::ResolvesHere, Verdict::Good, said(u"found"_s)}};
        find<QPushButton>("nameCheck")->click();
        QTRY_COMPARE(rows(), 1);
        QVERIFY(!find<QPushButton>("nameCheck")->isVisible());
        find<QPushButton>("nameCheckStop")->click();
        QTRY_VERIFY(summary().contains(u"Stopped"_s));
        QCOMPARE(rows(), 1);
        QVERIFY(find<QPushButton>("nameCheck")->isVisible());
    }

    void forgetsWhatWasAboutOtherNames()
    {
        scene().findings = {{u"a.example"_s, Check::ResolvesHere, Verdict::Good, said(u"found"_s)}};
        find<QPushButton>("nameCheck")->click();
        m_check->clear();
        WindowFixture::settle();
        QCOMPARE(rows(), 0);
    }

    void asksNothingWhereTheQuestionIsIncomplete()
    {
        m_complete = false;
        find<QPushButton>("nameCheck")->click();
        m_complete = true;
        WindowFixture::settle();
        QCOMPARE(m_asked, 1);
        QVERIFY(scene().calls.isEmpty());
    }

    void showsErrorsInPlace()
    {
        scene().errors.insert(u"checkNames"_s,
                              base::Error(base::ErrorCode::InvalidInput, u"no host"_s).about(u"host"_s));
        find<QPushButton>("nameCheck")->click();
        QTRY_VERIFY(summary().contains(u"no host"_s));
        QVERIFY(find<QPushButton>("nameCheck")->isVisible());
    }

private:
    std::optional<lifecycle::CheckRequest> question()
    {
        ++m_asked;
        if (!m_complete)
            return std::nullopt;
        lifecycle::CheckRequest request;
        request.names = *base::parseIdentifiers({u"a.example"_s});
        request.proof = ProofSettings::http01Listening(u"0.0.0.0:80"_s);
        return request;
    }
    template <class T>
    T* find(const char* name)
    {
        return m_check->findChild<T*>(QString::fromLatin1(name));
    }
    QAbstractItemModel& model() { return *find<QTreeView>("nameCheckFindings")->model(); }
    int rows() { return model().rowCount(); }
    QString cell(int row, int column) { return model().index(row, column).data().toString(); }
    QString summary() { return find<QLabel>("nameCheckSummary")->text(); }

    QTemporaryDir m_folder;
    ui::Preferences m_settings {m_folder.filePath(u"window.ini"_s)};
    ui::Navigator m_navigator;
    std::unique_ptr<lifecycle::CertificateManager> m_facade;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::NameCheck> m_check;
    int m_asked = 0;
    bool m_complete = true;
};

SEALWRIGHT_WINDOW_TEST(NameCheckTest)

} // namespace tst_name_check

#include "tst_name_check.moc"
