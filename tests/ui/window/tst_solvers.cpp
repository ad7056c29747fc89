// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/common/banner.h"
#include "ui/window/window_fixture.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace tst_solvers {

using namespace Qt::StringLiterals;
using support::sampleScene;
using support::scene;
using support::WindowFixture;

/// The named solvers on the screen of settings.
class SolversTest : public QObject {
    Q_OBJECT

    void open(support::Scene played = sampleScene())
    {
        m_fixture.show(std::move(played));
        m_fixture.window().showScreen(ui::ScreenId::Settings);
        WindowFixture::settle();
    }

    QTreeWidget* list() { return m_fixture.find<QTreeWidget>("solverList"); }
    QString told() { return m_fixture.find<ui::Banner>("solversBanner")->text(); }
    void press(const char* name)
    {
        m_fixture.find<QPushButton>(name)->click();
        WindowFixture::settle();
    }

    void removeForGood()
    {
        press("solverRemove");
        m_fixture.find<ui::Banner>("solversBanner")->findChild<QPushButton*>()->click();
        WindowFixture::settle();
    }

    WindowFixture m_fixture;

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }

    void tellsWhereARecordWouldBeWithoutAnOrder()
    {
        open();
        QCOMPARE(list()->topLevelItemCount(), 1);
        QVERIFY(!m_fixture.find("solverTest")->isEnabled());
        m_fixture.type("solverTestName", u"www.corp.example"_s);
        press("solverTest");
        QCOMPARE(scene().testedSolver, u"s1 www.corp.example"_s);
        QVERIFY(told().contains(u"_acme-challenge.www.corp.example"_s));
        QVERIFY(!scene().placedOrder);
    }

    void findsTheZoneByTheAuthoritysResolversWhereAsked()
    {
        support::Scene split = sampleScene();
        split.authorities[0].resolvers = QStringList(u"10.0.0.53:53"_s);
        open(split);
        m_fixture.type("solverTestName", u"www.corp.example"_s);
        press("solverTest");
        QCOMPARE(scene().testResolvers, QStringList());
        auto* seenBy = m_fixture.find<QComboBox>("solverTestSeenBy");
        QVERIFY(seenBy->isVisible());
        seenBy->setCurrentIndex(seenBy->findText(split.authorities[0].name, Qt::MatchContains));
        press("solverTest");
        QCOMPARE(scene().testResolvers, QStringList(u"10.0.0.53:53"_s));
    }

    void saysWhatIsInTheWay()
    {
        support::Scene refusing = sampleScene();
        refusing.errors.insert(u"testSolver"_s, base::Error(base::ErrorCode::Rejected, u"it holds another secret"_s));
        open(refusing);
        m_fixture.type("solverTestName", u"www.corp.example"_s);
        press("solverTest");
        QVERIFY(told().contains(u"it holds another secret"_s));
    }

    void stopsATestWhereAnotherOneIsStarted()
    {
        support::Scene slow = sampleScene();
        slow.neverAnswers = QStringList(u"testSolver"_s);
        open(slow);
        m_fixture.type("solverTestName", u"www.corp.example"_s);
        press("solverTest");
        const std::stop_token first = scene().solverTestStop;
        QVERIFY(first.stop_possible() && !first.stop_requested());
        scene().neverAnswers.clear();
        m_fixture.find<QLineEdit>("solverTestName")->setText(u"mail.corp.example"_s);
        press("solverTest");
        QVERIFY(first.stop_requested());
        QVERIFY(!scene().solverTestStop.stop_requested());
        QTRY_VERIFY(told().contains(u"_acme-challenge.mail.corp.example"_s)); // not that the first was stopped
    }

    void asksAboutNoNameThatIsNone()
    {
        open();
        m_fixture.type("solverTestName", u"www..example"_s);
        press("solverTest");
        QVERIFY(scene().testedSolver.isEmpty());
        QVERIFY(told().contains(u"www..example"_s));
    }

    void addsOneWithItsZones()
    {
        open();
        press("solverAddButton");
        m_fixture.type("solverName", u"by hand"_s);
        auto* method = m_fixture.find<QComboBox>("settings_solverMethod");
        method->setCurrentIndex(method->findData(u"manual"_s));
        m_fixture.type("solverZones", u"lab.example, corp.example"_s);
        press("solverAdd");
        QVERIFY(scene().putSolver);
        QCOMPARE(scene().putSolver->method, challenge::DnsMethod::ByHand);
        QCOMPARE(scene().putSolver->zones, QStringList({u"lab.example"_s, u"corp.example"_s}));
        QCOMPARE(list()->topLevelItemCount(), 2);
        QVERIFY(!m_fixture.find("solverName")->isVisible());
    }

    void saysWhatIsMissingBeforeItIsAdded()
    {
        open();
        press("solverAddButton");
        press("solverAdd");
        QVERIFY(!scene().putSolver);
        QVERIFY(m_fixture.find("solverName")->isVisible());
    }

    void removesTheChosenOneOnceItHasSaidWhatThatMeans()
    {
        open();
        press("solverRemove");
        QVERIFY(told().contains(u"internal BIND"_s));
        QCOMPARE(scene().solvers.size(), 1);
        removeForGood();
        QCOMPARE(list()->topLevelItemCount(), 0);
        QVERIFY(!m_fixture.find("solverRemove")->isEnabled());
    }

    void keepsOneThatCertificatesNeed()
    {
        support::Scene needed = sampleScene();
        needed.errors.insert(u"removeSolver"_s,
                             base::Error(base::ErrorCode::Busy, u"3 certificates are proved with it"_s));
        open(needed);
        removeForGood();
        QVERIFY(told().contains(u"3 certificates are proved with it"_s));
    }
};

SEALWRIGHT_WINDOW_TEST(SolversTest)

} // namespace tst_solvers

#include "tst_solvers.moc"
