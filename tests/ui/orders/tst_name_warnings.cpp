// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/orders/name_warnings.h"
#include "ui/window/window_fixture.h"

#include <QElapsedTimer>
#include <QSignalSpy>

namespace tst_name_warnings {

using namespace Qt::StringLiterals;
using lifecycle::NameWarning;
using support::scene;
using support::WindowFixture;

namespace {

NameWarning warning(NameWarning::Kind kind, const QString& name, const QString& detail = QString())
{
    NameWarning made;
    made.kind = kind;
    made.name = name;
    made.detail = detail;
    made.at = QDateTime(QDate(2026, 11, 3), QTime(12, 0), Qt::UTC);
    return made;
}

lifecycle::NameQuestion question(const QStringList& names)
{
    return {base::parseIdentifiers(names).value(), u"a1"_s, u"c1"_s, QString()};
}

} // namespace

class NameWarningsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        scene() = support::Scene();
        m_facade = support::makeFacade();
        m_workspace = std::make_unique<ui::Workspace>(ui::Workspace {*m_facade, m_navigator, m_settings});
        m_warnings = std::make_unique<ui::NameWarnings>(*m_workspace);
    }
    void cleanup()
    {
        m_warnings.reset();
        m_facade.reset();
    }

    void asksOnceWhereSomebodyIsTyping()
    {
        for (const QString& name : {u"d"_s, u"db"_s, u"db.corp.example"_s})
            m_warnings->ask(question({name}));
        QVERIFY(scene().calls.isEmpty());
        QTRY_COMPARE(scene().calls.count(u"missingNames"_s), 1);
        QCOMPARE(scene().calls.count(u"nameWarnings"_s), 1);
        QCOMPARE(scene().nameQuestion->names.first().value(), u"db.corp.example"_s);
        m_warnings->ask(question({u"db.corp.example"_s})); // the same again asks nothing
        m_warnings->ask(question({u"other.corp.example"_s}));
        QTRY_COMPARE(scene().calls.count(u"missingNames"_s), 2);
        QCOMPARE(scene().calls.count(u"nameWarnings"_s), 2);
    }

    void tellsTheGravestFirstInWords()
    {
        scene().nameWarnings = {warning(NameWarning::Kind::Covered, u"www.corp.example"_s, u"*.corp.example"_s),
                                warning(NameWarning::Kind::Refused, u"db.corp.example"_s, u"not in the policy"_s),
                                warning(NameWarning::Kind::Denied, u"x.lan"_s, u".lan"_s)};
        scene().missingNames = {warning(NameWarning::Kind::Unknown, u"gone.corp.example"_s)};
        m_warnings->ask(question({u"db.corp.example"_s}));
        QTRY_VERIFY(m_warnings->text().contains(u"gone.corp.example"_s));
        const QStringList lines = m_warnings->text().split(u'\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[0].contains(u"“.lan”"_s) && lines[0].contains(u"x.lan"_s));
        QVERIFY(lines[1].contains(u"not in the policy"_s));
        QVERIFY(lines[2].contains(u"*.corp.example"_s));
        QVERIFY(!m_warnings->isHidden());
    }

    void saysNothingWhenAnswersFail()
    {
        scene().errors.insert(u"nameWarnings"_s, base::Error(base::ErrorCode::Storage, u"broken"_s));
        scene().errors.insert(u"missingNames"_s, base::Error(base::ErrorCode::Network, u"offline"_s));
        m_warnings->ask(question({u"db.corp.example"_s}));
        QTRY_COMPARE(scene().calls.count(u"missingNames"_s), 1);
        WindowFixture::settle();
        QVERIFY(m_warnings->isHidden());
    }

    void dropsAnswersToWhatIsNoLongerTyped()
    {
        scene().nameWarnings = {warning(NameWarning::Kind::Covered, u"old.corp.example"_s, u"old"_s)};
        bool asked = false;
        scene().whileNamesAreAsked = [&] {
            asked = true;
            m_warnings->ask(lifecycle::NameQuestion());
        };
        m_warnings->ask(question({u"old.corp.example"_s}));
        QSignalSpy told(m_warnings.get(), &ui::NameWarnings::told);
        QTRY_COMPARE(told.count(), 2); // both questions have begun; the answer to the first has arrived before
        QVERIFY(asked);
        QVERIFY(m_warnings->isHidden());
        QCOMPARE(scene().calls.count(u"missingNames"_s), 0);
    }

    void takesTwoThousandNamesWithinAFrame()
    {
        QStringList names;
        for (int i = 0; i < 2000; ++i)
            names += u"host-%1.corp.example"_s.arg(i);
        const auto asked = question(names);
        for (const QString& name : std::as_const(names))
            scene().nameWarnings += warning(NameWarning::Kind::Covered, name, u"*.corp.example"_s);
        QSignalSpy told(m_warnings.get(), &ui::NameWarnings::told);
        QElapsedTimer timer;
        timer.start();
        m_warnings->ask(asked);
        const qint64 asking = timer.nsecsElapsed();
        QTRY_VERIFY(m_warnings->text().contains(u"1997"_s)); // three are written out
        qInfo("asking about 2,000 names took the window %.2f ms", asking / 1e6);
        QVERIFY2(asking < 16'000'000, qPrintable(QString::number(asking)));
        QCOMPARE(m_warnings->text().split(u'\n').size(), 4);
    }

private:
    QTemporaryDir m_folder;
    ui::Preferences m_settings {m_folder.filePath(u"window.ini"_s)};
    ui::Navigator m_navigator;
    std::unique_ptr<lifecycle::CertificateManager> m_facade;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::NameWarnings> m_warnings;
};

SEALWRIGHT_WINDOW_TEST(NameWarningsTest)

} // namespace tst_name_warnings

#include "tst_name_warnings.moc"
