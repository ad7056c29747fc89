// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/common/banner.h"
#include "ui/orders/order_page.h"
#include "ui/window/window_fixture.h"

#include <QClipboard>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>

namespace tst_order_care {

using namespace Qt::StringLiterals;
using lifecycle::RetriedNames;
using support::sampleScene;
using support::scene;
using support::WindowFixture;

/// What the page of an order offers where it went wrong: another try, a report, commands for a shell.
class OrderCareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }
    void showsWhichRecordMayBeTakenAwayThoughItsNameIsProved();
    void triesTheSameNamesAgain();
    void ordersTheOthersOnceItHasSaidWhatThatMeans();
    void ordersOnlyTheFailedOnesOnceItHasSaidWhatThatMeans();
    void offersNoPartWhereARequestFixesTheNames();
    void showsTheNewOrderAfterARetry();
    void staysWhereTheOperatorWentDuringARetry();
    void tellsAboveAllScreensWhatAnOrderLeftBehindAnswers_data();
    void tellsAboveAllScreensWhatAnOrderLeftBehindAnswers();
    void saysThatItDeactivatesAndOffersItOnlyOnce();
    void offersNoPartWhereNoNameFailed();
    void offersNoRetryWhereThereIsNothingToRetry();
    void saysWhyARetryDoesNotWork();
    void goesOnSayingWhyANameIsNotProved();
    void copiesTheReportWithOurExplanation();
    void copiesTheOrderAsACommand();
    void copiesTheChosenChallengeAsCommands();
    void asksTheServerOfTheSolver();

private:
    void open(const QString& id);
    /// The texts of the menu as it opens.
    QStringList choices();
    QString copied(const QString& choice);
    void chooseChallenge(const QString& name);
    WindowFixture m_fixture;
};

void OrderCareTest::open(const QString& id)
{
    m_fixture.window().navigator().showOrder(id);
    WindowFixture::settle();
}

QStringList OrderCareTest::choices()
{
    QStringList texts;
    auto* menu = m_fixture.find<QMenu>("orderCopyMenu");
    menu->popup(QPoint());
    for (const QAction* action : menu->actions())
        if (!action->isSeparator())
            texts += action->text();
    menu->hide();
    return texts;
}

QString OrderCareTest::copied(const QString& choice)
{
    QApplication::clipboard()->clear();
    for (QAction* action : m_fixture.find<QMenu>("orderCopyMenu")->actions())
        if (action->text().startsWith(choice))
            action->trigger();
    return QApplication::clipboard()->text();
}

void OrderCareTest::chooseChallenge(const QString& name)
{
    auto* steps = m_fixture.find<QTreeView>("orderProgress");
    for (int row = 0; row < steps->model()->rowCount(); ++row) {
        const QModelIndex node = steps->model()->index(row, 0);
        if (node.data().toString() == name)
            steps->setCurrentIndex(steps->model()->index(0, 0, node));
    }
    WindowFixture::settle();
}

void OrderCareTest::showsWhichRecordMayBeTakenAwayThoughItsNameIsProved()
{
    m_fixture.show(support::byHandScene());
    open(u"o1"_s);
    const auto* steps = m_fixture.find<QTreeView>("orderProgress");
    const QModelIndexList left = steps->model()->match(steps->model()->index(0, 1), Qt::DisplayRole, u"Take it away"_s,
                                                       1, Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(left.size(), 1);
    const QModelIndex name = left.first().parent().siblingAtColumn(0);
    QCOMPARE(name.data().toString(), u"www.corp.example"_s);
    QTRY_VERIFY(steps->isExpanded(name));
}

void OrderCareTest::triesTheSameNamesAgain()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    QCOMPARE(m_fixture.find<QPushButton>("orderRetry")->text().remove(u'&'), u"Retry failed names"_s);
    m_fixture.click("orderRetry");
    QVERIFY(scene().retriedNames == RetriedNames::All);
}

void OrderCareTest::ordersTheOthersOnceItHasSaidWhatThatMeans()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    m_fixture.click("orderRetryWithout");
    QVERIFY(!scene().retriedNames);
    auto* banner = m_fixture.find<ui::Banner>("orderBanner");
    QVERIFY2(banner->text().contains(u"without api.corp.example"_s), qPrintable(banner->text()));
    QTest::mouseClick(banner->findChild<QPushButton*>(), Qt::LeftButton);
    WindowFixture::settle();
    QVERIFY(scene().retriedNames == RetriedNames::WithoutFailed);
}

void OrderCareTest::ordersOnlyTheFailedOnesOnceItHasSaidWhatThatMeans()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    m_fixture.click("orderRetryOnly");
    QVERIFY(!scene().retriedNames);
    auto* banner = m_fixture.find<ui::Banner>("orderBanner");
    QVERIFY2(banner->text().contains(u"for api.corp.example alone"_s), qPrintable(banner->text()));
    QTest::mouseClick(banner->findChild<QPushButton*>(), Qt::LeftButton);
    WindowFixture::settle();
    QVERIFY(scene().retriedNames == RetriedNames::Failed);
}

void OrderCareTest::offersNoPartWhereARequestFixesTheNames()
{
    support::Scene played = sampleScene();
    played.orders[1].record.request.csrDer = "a request";
    m_fixture.show(played);
    open(u"o2"_s);
    QVERIFY(m_fixture.find("orderRetry")->isVisible());
    QVERIFY(!m_fixture.find("orderRetryOnly")->isVisible());
    QVERIFY(!m_fixture.find("orderRetryWithout")->isVisible());
}

void OrderCareTest::showsTheNewOrderAfterARetry()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    const auto* page = m_fixture.window().findChild<ui::OrderPage*>();
    QCOMPARE(page->orderId(), u"o2"_s);
    m_fixture.click("orderRetry");
    QCOMPARE(page->orderId(), u"o1"_s); // what the retry answered
    QVERIFY(m_fixture.find("orderCancel")->isVisible()); // it runs
    QVERIFY(!m_fixture.find("orderRetry")->isVisible());
}

void OrderCareTest::staysWhereTheOperatorWentDuringARetry()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    scene().held = {u"retryOrder"_s};
    m_fixture.click("orderRetry");
    open(u"o3"_s);
    support::answerHeld();
    WindowFixture::settle();
    QCOMPARE(m_fixture.window().findChild<ui::OrderPage*>()->orderId(), u"o3"_s);
    QVERIFY(m_fixture.find<ui::Banner>("banner")->text().contains(u"Ordered again"_s));
    open(u"o2"_s);
    QVERIFY(m_fixture.find("orderRetry")->isEnabled());
}

void OrderCareTest::tellsAboveAllScreensWhatAnOrderLeftBehindAnswers_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("method");
    QTest::newRow("cancelling") << u"o1"_s << u"orderCancel"_s << u"cancelOrder"_s;
    QTest::newRow("deactivating") << u"o2"_s << u"orderDeactivate"_s << u"deactivateAuthorizations"_s;
    QTest::newRow("retrying") << u"o2"_s << u"orderRetry"_s << u"retryOrder"_s;
}

void OrderCareTest::tellsAboveAllScreensWhatAnOrderLeftBehindAnswers()
{
    QFETCH(QString, order);
    QFETCH(QString, button);
    QFETCH(QString, method);
    support::Scene played = sampleScene();
    for (lifecycle::OrderDetails& each : played.orders)
        each.record.url = QUrl(u"https://ca.corp.example/order/1"_s);
    played.errors.insert(method, base::Error(base::ErrorCode::Rejected, u"not now"_s));
    m_fixture.show(played);
    open(order);
    scene().held = QStringList(method);
    m_fixture.click(button.toLatin1().constData());
    if (auto* confirm = m_fixture.find<QPushButton>("orderBannerAction"); confirm->isVisible())
        confirm->click();
    QVERIFY(scene().calls.contains(method));
    open(u"o4"_s);
    support::answerHeld();
    WindowFixture::settle();
    QVERIFY(!m_fixture.find("orderBanner")->isVisible());
    QVERIFY(m_fixture.find<ui::Banner>("banner")->text().contains(u"not now"_s));
}

void OrderCareTest::saysThatItDeactivatesAndOffersItOnlyOnce()
{
    support::Scene played = sampleScene();
    played.orders[1].record.url = QUrl(u"https://ca.corp.example/order/1"_s);
    m_fixture.show(played);
    open(u"o2"_s);
    scene().held = {u"deactivateAuthorizations"_s};
    m_fixture.click("orderDeactivate");
    m_fixture.find<QPushButton>("orderBannerAction")->click();
    const auto* banner = m_fixture.find<ui::Banner>("orderBanner");
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->severity(), ui::Severity::Working);
    QVERIFY(!m_fixture.find("orderDeactivate")->isEnabled());
    m_fixture.picture(u"failed-order-deactivating"_s, &m_fixture.window());
    support::answerHeld();
    QVERIFY(banner->text().contains(u"deactivated"_s));
    QVERIFY(m_fixture.find("orderDeactivate")->isEnabled());
}

void OrderCareTest::offersNoPartWhereNoNameFailed()
{
    support::Scene played = sampleScene();
    played.orders[1].events.removeIf(
        [](const lifecycle::OrderEvent& event) { return event.identifier == u"api.corp.example"; });
    played.orders[1].record.error = base::Error(base::ErrorCode::Crypto, u"the chain does not fit"_s);
    m_fixture.show(played);
    open(u"o2"_s);
    QCOMPARE(m_fixture.find<QPushButton>("orderRetry")->text().remove(u'&'), u"Try again"_s);
    QVERIFY(!m_fixture.find("orderRetryWithout")->isVisible());
    QVERIFY(!m_fixture.find("orderRetryOnly")->isVisible());
}

void OrderCareTest::offersNoRetryWhereThereIsNothingToRetry()
{
    m_fixture.show(sampleScene());
    for (const QString& id : {u"o1"_s, u"o3"_s, u"o4"_s}) {
        open(id);
        QVERIFY2(!m_fixture.find("orderRetry")->isVisible(), qPrintable(id));
    }
}

void OrderCareTest::saysWhyARetryDoesNotWork()
{
    support::Scene played = sampleScene();
    played.errors.insert(u"retryOrder"_s, base::Error(base::ErrorCode::Busy, u"an order is unfinished"_s));
    m_fixture.show(played);
    open(u"o2"_s);
    m_fixture.click("orderRetry");
    QVERIFY(m_fixture.find<ui::Banner>("orderBanner")->isVisible());
    QVERIFY(m_fixture.find("orderRetry")->isEnabled());
}

void OrderCareTest::goesOnSayingWhyANameIsNotProved()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    QCOMPARE(m_fixture.find<QPushButton>("stepWhy")->text(), u"&Why did it fail?"_s);
    m_fixture.click("stepWhy");
    auto* banner = m_fixture.find<ui::Banner>("orderBanner");
    QVERIFY2(banner->text().contains(u"Seen from here, wrong: api.corp.example"_s), qPrintable(banner->text()));
    Q_EMIT m_fixture.facade().changed(lifecycle::Change::Orders); // another order may have moved
    WindowFixture::settle();
    QVERIFY2(banner->text().contains(u"Seen from here, wrong: api.corp.example"_s), qPrintable(banner->text()));
    open(u"o1"_s);
    open(u"o2"_s);
    QVERIFY(banner->isVisible() && !banner->text().contains(u"Seen from here"_s)); // its error again
}

void OrderCareTest::copiesTheReportWithOurExplanation()
{
    m_fixture.show(sampleScene());
    open(u"o2"_s);
    m_fixture.click("orderCopyReport");
    const QString report = QApplication::clipboard()->text();
    QVERIFY2(report.startsWith(u"# Order o2\n\n"_s) && report.size() > 30, qPrintable(report));
}

void OrderCareTest::copiesTheOrderAsACommand()
{
    m_fixture.show(sampleScene());
    open(u"o4"_s);
    QVERIFY(choices().contains(u"sealwright-cli: order the same"_s));
    const QString command = copied(u"sealwright-cli"_s);
    QVERIFY2(command.startsWith(u"sealwright-cli certificate issue www.corp.example --authority "_s),
             qPrintable(command));
}

void OrderCareTest::copiesTheChosenChallengeAsCommands()
{
    m_fixture.show(sampleScene());
    open(u"o1"_s);
    chooseChallenge(u"mail.corp.example"_s);
    const QStringList offered = choices();
    QVERIFY2(offered.size() == 2 && offered.first().startsWith(u"curl"_s), qPrintable(offered.join(u'|')));
    QVERIFY(copied(u"curl"_s).contains(u"mail.corp.example/.well-known/acme-challenge/"_s));
}

void OrderCareTest::asksTheServerOfTheSolver()
{
    support::Scene played = sampleScene();
    lifecycle::OrderDetails& order = played.orders.first();
    QVERIFY(!played.solvers.isEmpty());
    order.record.request.proof = challenge::ProofSettings::dns01(played.solvers.first());
    for (lifecycle::OrderEvent& event : order.events)
        if (event.subject == lifecycle::OrderEvent::Subject::Challenge) {
            event.challengeType = u"dns-01"_s;
            event.expectedAt = u"_acme-challenge.%1 TXT"_s.arg(event.identifier);
        }
    m_fixture.show(played);
    open(u"o1"_s);
    chooseChallenge(u"mail.corp.example"_s);
    QCOMPARE(choices().size(), 3);
    const QString host = played.solvers.first().server.section(u':', 0, 0);
    QVERIFY2(copied(u"dig"_s).startsWith(u"dig @%1 -p 53 "_s.arg(host)), qPrintable(copied(u"dig"_s)));
    QVERIFY(copied(u"nsupdate"_s).contains(u"server %1 53"_s.arg(host)));
    QVERIFY(copied(u"sealwright-cli"_s).contains(u"--challenge dns-01 --solver "_s));
}

SEALWRIGHT_WINDOW_TEST(OrderCareTest)

} // namespace tst_order_care

#include "tst_order_care.moc"
