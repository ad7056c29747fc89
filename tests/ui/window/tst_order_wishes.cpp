// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_request.h"
#include "crypto/pem.h"
#include "support/test_program.h"
#include "ui/common/banner.h"
#include "ui/window/window_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeView>

namespace tst_order_wishes {

using namespace Qt::StringLiterals;
using support::sampleScene;
using support::scene;

namespace {

QString csrFor(const QStringList& names)
{
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::EcP256).value();
    const QByteArray der = crypto::certificateRequestDer(key, base::parseIdentifiers(names).value()).value();
    return QString::fromLatin1(crypto::encodePem("CERTIFICATE REQUEST", der));
}

} // namespace

/// What an operator can ask of an order in the window, and of one version among several.
class OrderWishesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }
    void asksForNothingSpecialUnlessTold();
    void takesTheWishes();
    void takesTheWayThatACheckFoundToWork();
    void takesNamesAndKeyFromARequest();
    void saysWhatIsWrongWithARequest();
    void offersOnlyWhatTheAuthorityTakes();
    void showsTheDescriptionOfAProfile();
    void asksForAFreshRequestWhereOneIsNeeded();
    void placesOneOrderForAFreshRequest();
    void bringsNothingOfACancelledFormIntoTheNextOne_data();
    void bringsNothingOfACancelledFormIntoTheNextOne();
    void ordersNothingOnceCancelledWhileASolverIsTried();
    void exportsTheChosenVersion();
    void offersNoFormatWithAKeyThatIsElsewhere();
    void keepsTheFileThatWasTypedWhenVersionsArrive();
    void revokesTheChosenVersion();
    void offersNoVersionThatIsRevokedAlready();
    void givesUpAuthorizationsOfAnEndedOrder();
    void saysThatAnOrderWaitsForApproval();
    void takesInEveryEventOfALargeOrder();

private:
    void openForm();
    void askForAFreshRequest()
    {
        support::Scene played = sampleScene();
        played.errors.insert(u"renewCertificate"_s,
                             base::Error(base::ErrorCode::InvalidInput, u"bring a fresh one"_s).about(u"csr"_s));
        m_fixture.show(played);
        selectFirstCertificate();
        m_fixture.click("renewButton");
    }
    void selectFirstCertificate();
    support::WindowFixture m_fixture;
};

void OrderWishesTest::openForm()
{
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    support::WindowFixture::settle();
    m_fixture.click("newCertificateAdvanced");
}

void OrderWishesTest::selectFirstCertificate()
{
    m_fixture.window().navigator().showCertificate(u"k1"_s);
    support::WindowFixture::settle();
}

void OrderWishesTest::asksForNothingSpecialUnlessTold()
{
    m_fixture.show(sampleScene());
    openForm();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    const lifecycle::IssueRequest& order = *scene().placedOrder;
    QVERIFY(order.csrDer.isEmpty() && order.preferredChain.isEmpty());
    QVERIFY(!order.keepKey && !order.mustStaple && !order.preauthorize);
    QVERIFY(!order.notBefore.isValid() && !order.notAfter.isValid() && order.lifetimeSeconds == 0);
}

void OrderWishesTest::takesTheWayThatACheckFoundToWork()
{
    m_fixture.show(support::suggestionScene());
    openForm();
    m_fixture.type("newCertificateNames", u"db.corp.example"_s);
    m_fixture.find<QCheckBox>("proofOfAccount")->click(); // own choice; what works is dns-01
    m_fixture.find<QPushButton>("nameCheck")->click();
    QTRY_VERIFY(m_fixture.find("nameCheckSuggestion")->isVisible());
    m_fixture.find<QPushButton>("nameCheckUse")->click();
    support::WindowFixture::settle();
    QCOMPARE(m_fixture.find<QComboBox>("proofWay")->currentData().toString(), u"dns"_s);
    QVERIFY(!m_fixture.find("nameCheckSuggestion")->isVisible()); // it was about another way
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QVERIFY(scene().placedOrder->proof == challenge::ProofSettings::dns01(scene().solvers.first()));
}

void OrderWishesTest::takesTheWishes()
{
    m_fixture.show(sampleScene());
    openForm();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    m_fixture.find<QComboBox>("optionsKeyRenewal")->setCurrentIndex(1);
    m_fixture.find<QComboBox>("optionsValidity")->setCurrentIndex(1);
    m_fixture.type("optionsLifetime", u"soon"_s);
    m_fixture.type("optionsPreferredChain", u"Corp Root X2"_s);
    m_fixture.click("issueButton");
    QVERIFY(!scene().placedOrder);
    QVERIFY(m_fixture.find<QLabel>("notAfterNote")->text().contains(u"12h"_s));
    m_fixture.find<QLineEdit>("optionsLifetime")->setText(u"7d"_s);
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QCOMPARE(scene().placedOrder->lifetimeSeconds, 7LL * 24 * 60 * 60);
    QCOMPARE(scene().placedOrder->preferredChain, u"Corp Root X2"_s);
    QVERIFY(scene().placedOrder->keepKey);
}

void OrderWishesTest::takesNamesAndKeyFromARequest()
{
    m_fixture.show(sampleScene());
    openForm();
    m_fixture.find<QComboBox>("optionsKeySource")->setCurrentIndex(1);
    m_fixture.find<QPlainTextEdit>("csrText")->setPlainText(csrFor({u"a.corp.example"_s, u"b.corp.example"_s}));
    support::WindowFixture::settle();
    QCOMPARE(m_fixture.find<QPlainTextEdit>("newCertificateNames")->toPlainText(), u"a.corp.example\nb.corp.example"_s);
    QVERIFY(m_fixture.find<QPlainTextEdit>("newCertificateNames")->isReadOnly());
    QVERIFY(!m_fixture.find("newCertificateKeyType")->isVisible());
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QVERIFY(!scene().placedOrder->csrDer.isEmpty());
    QVERIFY(scene().placedOrder->needsFreshCsr());
}

void OrderWishesTest::saysWhatIsWrongWithARequest()
{
    m_fixture.show(sampleScene());
    openForm();
    m_fixture.find<QComboBox>("optionsKeySource")->setCurrentIndex(1);
    m_fixture.find<QPlainTextEdit>("csrText")->setPlainText(u"nonsense"_s);
    QVERIFY(m_fixture.find<QLabel>("csrSummary")->text().startsWith(u"✗"_s));
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    m_fixture.click("issueButton");
    QVERIFY(!scene().placedOrder);
}

void OrderWishesTest::offersOnlyWhatTheAuthorityTakes()
{
    support::Scene played = sampleScene();
    played.authorities.first().meta.kind = u"lets-encrypt"_s;
    played.authorities.first().meta.preauthorization = true;
    m_fixture.show(played);
    openForm();
    QVERIFY(!m_fixture.find("optionsValidity")->isVisible());
    QVERIFY(m_fixture.find("optionsPreauthorize")->isVisible());
    QVERIFY(m_fixture.find<QLabel>("mustStapleNote")->text().contains(u"OCSP"_s));
}

void OrderWishesTest::showsTheDescriptionOfAProfile()
{
    support::Scene played = sampleScene();
    played.authorities.first().meta.profiles = {{u"short"_s, u"six days, no OCSP"_s}};
    m_fixture.show(played);
    openForm();
    m_fixture.find<QComboBox>("newCertificateProfile")->setCurrentIndex(1);
    QCOMPARE(m_fixture.find<QLabel>("profileNote")->text(), u"six days, no OCSP"_s);
}

void OrderWishesTest::asksForAFreshRequestWhereOneIsNeeded()
{
    askForAFreshRequest();
    QVERIFY(!m_fixture.find("freshCsrRenew")->isEnabled());
    auto* dialog = m_fixture.find<QDialog>("freshCsrDialog");
    dialog->findChild<QPlainTextEdit*>(u"csrText"_s)->setPlainText(csrFor({u"www.corp.example"_s}));
    QVERIFY(m_fixture.find("freshCsrRenew")->isEnabled());
    m_fixture.click("freshCsrRenew");
    QVERIFY(!scene().freshCsr.isEmpty());
}

void OrderWishesTest::placesOneOrderForAFreshRequest()
{
    askForAFreshRequest();
    auto* dialog = m_fixture.find<QDialog>("freshCsrDialog");
    auto* request = dialog->findChild<QPlainTextEdit*>(u"csrText"_s);
    request->setPlainText(csrFor({u"www.corp.example"_s}));
    scene().held = {u"renewCertificateWith"_s};
    m_fixture.click("freshCsrRenew");
    QVERIFY(!request->isEnabled());
    m_fixture.picture(u"fresh-csr-dialog-running"_s, dialog);
    QVERIFY(!m_fixture.find("freshCsrRenew")->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(dialog->isVisible());
    support::answerHeld();
    support::WindowFixture::settle();
    QVERIFY(m_fixture.find("orderCancel")->isVisible()); // the new order's
}

void OrderWishesTest::bringsNothingOfACancelledFormIntoTheNextOne_data()
{
    QTest::addColumn<bool>("fails");
    QTest::newRow("placed") << false;
    QTest::newRow("failed") << true;
}

void OrderWishesTest::bringsNothingOfACancelledFormIntoTheNextOne()
{
    QFETCH(bool, fails);
    support::Scene played = sampleScene();
    if (fails)
        played.errors.insert(u"placeOrder"_s, base::Error(base::ErrorCode::Rejected, u"no such name"_s));
    m_fixture.show(played);
    openForm();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    scene().held = {u"placeOrder"_s};
    m_fixture.click("issueButton");
    m_fixture.click("newCertificateCancel");
    openForm();
    m_fixture.type("newCertificateNames", u"other.corp.example"_s);
    support::answerHeld();
    support::WindowFixture::settle();
    QVERIFY(m_fixture.find("newCertificateNames")->isVisible());
    QVERIFY(!m_fixture.find("newCertificateBanner")->isVisible());
    const QString told = m_fixture.find<ui::Banner>("banner")->text();
    QVERIFY2(told.contains(fails ? u"no such name"_s : u"www.corp.example"_s), qPrintable(told));
}

void OrderWishesTest::ordersNothingOnceCancelledWhileASolverIsTried()
{
    support::Scene played = sampleScene();
    played.solvers.clear();
    m_fixture.show(played);
    openForm();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    auto* ways = m_fixture.find<QComboBox>("proofWay");
    ways->setCurrentIndex(ways->findData(u"dns"_s));
    m_fixture.type("proofDnsServer", u"192.0.2.53"_s);
    m_fixture.type("proofTsigFile", u"/etc/acme.key"_s);
    scene().held = {u"putSolver"_s};
    m_fixture.click("issueButton");
    QVERIFY(scene().putSolver);
    m_fixture.click("newCertificateCancel");
    support::answerHeld();
    support::WindowFixture::settle();
    QVERIFY(!scene().placedOrder);
    QVERIFY(m_fixture.find<ui::Banner>("banner")->text().contains(u"Nothing was ordered"_s));
}

void OrderWishesTest::exportsTheChosenVersion()
{
    m_fixture.show(support::versionsScene());
    selectFirstCertificate();
    m_fixture.click("exportButton");
    auto* versions = m_fixture.find<QComboBox>("exportVersion");
    QVERIFY(versions->isVisible());
    QCOMPARE(versions->count(), 2);
    versions->setCurrentIndex(1);
    m_fixture.click("exportConfirm");
    QVERIFY(scene().exportRequest);
    QCOMPARE(scene().exportRequest->versionId, u"old"_s);
}

void OrderWishesTest::offersNoFormatWithAKeyThatIsElsewhere()
{
    m_fixture.show(support::versionsScene(true));
    selectFirstCertificate();
    m_fixture.click("exportButton");
    auto* formats = m_fixture.find<QComboBox>("exportFormat");
    const int all = formats->count();
    m_fixture.find<QComboBox>("exportVersion")->setCurrentIndex(1);
    QVERIFY(formats->count() < all);
    for (int row = 0; row < formats->count(); ++row)
        QVERIFY(!exchange::describe(static_cast<exchange::ExportFormat>(formats->itemData(row).toInt())).needsKey);
}

void OrderWishesTest::keepsTheFileThatWasTypedWhenVersionsArrive()
{
    m_fixture.show(support::versionsScene(true));
    selectFirstCertificate();
    QTest::mouseClick(m_fixture.find("exportButton"), Qt::LeftButton); // the versions are on their way
    m_fixture.find<QLineEdit>("exportPath")->setText(u"/tmp/mine.pem"_s);
    support::WindowFixture::settle();
    QVERIFY(m_fixture.find<QComboBox>("exportVersion")->count() > 1);
    QCOMPARE(m_fixture.find<QLineEdit>("exportPath")->text(), u"/tmp/mine.pem"_s);
}

void OrderWishesTest::revokesTheChosenVersion()
{
    m_fixture.show(support::versionsScene());
    selectFirstCertificate();
    m_fixture.click("revokeButton");
    m_fixture.find<QComboBox>("revokeVersion")->setCurrentIndex(1);
    QVERIFY(m_fixture.find<QLabel>("revokeConsequences")->text().contains(u"0DD"_s));
    m_fixture.click("revokeConfirm");
    QVERIFY(scene().revokeRequest);
    QCOMPARE(scene().revokeRequest->versionId, u"old"_s);
    QVERIFY(!m_fixture.find<QPushButton>("showRetired")->isChecked()); // the certificate itself stays where it is
}

void OrderWishesTest::offersNoVersionThatIsRevokedAlready()
{
    support::Scene played = support::versionsScene();
    QList<lifecycle::CertificateVersion>& versions = played.certificates.first().versions;
    versions.first().revokedAt = versions.first().issuedAt;
    m_fixture.show(played);
    selectFirstCertificate();
    m_fixture.click("revokeButton");
    QCOMPARE(m_fixture.find<QComboBox>("revokeVersion")->currentIndex(), 1);
    QVERIFY(m_fixture.find("revokeConfirm")->isEnabled());
    QVERIFY(!m_fixture.find<QLabel>("revokeConsequences")->text().contains(u"stays valid"_s));
    m_fixture.close();

    versions.last().revokedAt = versions.last().issuedAt;
    m_fixture.show(played);
    selectFirstCertificate();
    m_fixture.click("revokeButton");
    QVERIFY(!m_fixture.find("revokeConfirm")->isEnabled());
    QVERIFY(m_fixture.find<QLabel>("revokeConsequences")->text().contains(u"already"_s));
}

void OrderWishesTest::givesUpAuthorizationsOfAnEndedOrder()
{
    support::Scene played = sampleScene();
    for (lifecycle::OrderDetails& order : played.orders)
        order.record.url = QUrl(u"https://ca.corp.example/order/1"_s);
    m_fixture.show(played);
    m_fixture.window().navigator().showOrder(u"o4"_s);
    support::WindowFixture::settle();
    m_fixture.click("orderDeactivate");
    QVERIFY(!scene().calls.contains(u"deactivateAuthorizations"_s)); // it says first what that does
    QTest::mouseClick(m_fixture.find<ui::Banner>("orderBanner")->findChild<QPushButton*>(), Qt::LeftButton);
    support::WindowFixture::settle();
    QVERIFY(scene().calls.contains(u"deactivateAuthorizations"_s));
    QVERIFY(m_fixture.find<ui::Banner>("orderBanner")->text().contains(u"deactivated"_s));
}

void OrderWishesTest::saysThatAnOrderWaitsForApproval()
{
    support::Scene played = sampleScene();
    lifecycle::OrderDetails& order = played.orders.first();
    const QJsonObject refusal {{u"detail"_s, u"the request waits for approval"_s}};
    order.record.error = lifecycle::approvalPending(base::ProblemDocument::fromJson(refusal, 403));
    order.running = false;
    m_fixture.show(played);
    m_fixture.window().showScreen(ui::ScreenId::Orders);
    support::WindowFixture::settle();
    const QAbstractItemModel* orders = m_fixture.find<QTreeView>("orderList")->model();
    QCOMPARE(orders->index(0, 0).data().toString(), u"Waits for approval"_s);
    m_fixture.window().navigator().showOrder(order.record.id);
    support::WindowFixture::settle();
    QCOMPARE(m_fixture.find<QLabel>("orderState")->text(), u"Waits for approval"_s);
    QVERIFY(m_fixture.find("orderResume")->isVisible());
}

void OrderWishesTest::takesInEveryEventOfALargeOrder()
{
    constexpr int names = 500;
    support::Scene played = sampleScene();
    lifecycle::OrderDetails& order = played.orders.first();
    order.events.clear();
    for (int number = 1; number <= names; ++number) {
        lifecycle::OrderEvent event;
        event.orderId = order.record.id;
        event.sequence = number;
        event.at = order.record.createdAt;
        event.subject = lifecycle::OrderEvent::Subject::Authorization;
        event.identifier = u"host-%1.corp.example"_s.arg(number);
        event.state = number == names ? u"invalid"_s : u"valid"_s;
        order.events += event;
    }
    m_fixture.show(played);
    m_fixture.window().navigator().showOrder(order.record.id);
    const QAbstractItemModel* steps = m_fixture.find<QTreeView>("orderProgress")->model();
    QTRY_COMPARE(steps->rowCount(), names);
    QCOMPARE(steps->index(0, 0).data().toString(), u"host-500.corp.example"_s); // what went wrong comes first
    QTRY_VERIFY(m_fixture.find<QLabel>("orderHowFar")->text().contains(u"499"_s));
}

SEALWRIGHT_WINDOW_TEST(OrderWishesTest)

} // namespace tst_order_wishes

#include "tst_order_wishes.moc"
