// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/accounts/account_list_model.h"
#include "ui/common/banner.h"
#include "ui/common/translation.h"
#include "ui/window/window_fixture.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

#include <ctime>

namespace tst_accounts {

using namespace Qt::StringLiterals;
using support::sampleScene;
using support::scene;

namespace {

lifecycle::Account accountOf(const QString& id, const QString& contact)
{
    lifecycle::Account account = sampleScene().accounts[0];
    account.id = id;
    account.contacts = QStringList(contact);
    return account;
}

} // namespace

/// What the accounts screen does with an account, over the façade's double.
class AccountsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::installTranslation(*qApp); }
    void cleanup() { m_fixture.close(); }
    void findsAnAccountByWords();
    void keepsTheChosenAccountWhileOthersAreRegistered();
    void changesTheKeyToTheChosenType();
    void saysThatAnAuthorityCannotChangeKeys();
    void stopsAKeyChangeThatGetsNoAnswer();
    void finishesAnUnfinishedKeyChangeWithTheKeyItBeganWith();
    void listsWhatBreaksBeforeItDeactivates();
    void offersNoDeactivationWithTheWordsAboutAnotherAccount();
    void opensTheRulesOfTheAccount();
    void showsThatTermsChangedAndAgreesToThoseShown();
    void readsOrdersPartByPart();
    void saysThatThereIsNoListOfOrders();
    void importsWhatIsTicked();
    void changesContacts();
    void makesPersistentRecordsAndPutsThemInPlace();
    void choosesOnlyTheNewRecordWhereOneOfThatNameIsWatched();
    void takesARecordOutOfDnsOnceThatIsConfirmed();
    void saysWhyARecordStaysInDns();
    void letsNothingElseBeginWhileRecordsAreMade();
    void tellsWhatToDoAboutARecordInFull();
    void copiesPersistentRecordsForAZoneFile();
    void watchesRecordsThatSomebodyElsePutsInPlace();
    void asksWhoTheIssuerIsWhereTheDirectoryDoesNotSay();
    void tellsOnOverviewWhichRecordsNeedSomebody();

private:
    void makeRecords(const QString& names);
    QTreeWidget* recordList() { return m_fixture.find<QTreeWidget>("persistRecords"); }
    void open(support::Scene played = sampleScene());
    void choose(const QString& contact);
    QString shownState()
    {
        const QModelIndex current = m_fixture.find<QTreeView>("accountList")->currentIndex();
        return current.siblingAtColumn(ui::AccountListModel::State).data().toString();
    }
    ui::Banner* banner(const char* name) { return m_fixture.find<ui::Banner>(name); }
    support::WindowFixture m_fixture;
};

void AccountsTest::open(support::Scene played)
{
    m_fixture.show(std::move(played));
    m_fixture.window().showScreen(ui::ScreenId::Accounts);
    support::WindowFixture::settle();
    choose(u"pki@corp.example"_s);
}

void AccountsTest::choose(const QString& contact)
{
    auto* list = m_fixture.find<QTreeView>("accountList");
    const auto found = list->model()->match(list->model()->index(0, ui::AccountListModel::Contact), Qt::DisplayRole,
                                            contact, -1, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    list->setCurrentIndex(found.first());
    support::WindowFixture::settle();
}

void AccountsTest::findsAnAccountByWords()
{
    auto played = sampleScene();
    played.accounts += accountOf(u"other"_s, u"mailto:tls@lab.example"_s);
    open(played);
    const QAbstractItemModel* shown = m_fixture.find<QTreeView>("accountList")->model();
    const int all = shown->rowCount();
    QVERIFY(all > 1);
    m_fixture.type("accountSearch", u"LAB.example"_s);
    QTRY_COMPARE(shown->rowCount(), 1);
    QCOMPARE(shown->index(0, ui::AccountListModel::Contact).data().toString(), u"tls@lab.example"_s);
    m_fixture.find<QLineEdit>("accountSearch")->clear();
    QTRY_COMPARE(shown->rowCount(), all);
}

void AccountsTest::keepsTheChosenAccountWhileOthersAreRegistered()
{
    open();
    const auto chosen = [this] {
        return m_fixture.find<QTreeView>("accountList")->currentIndex().siblingAtColumn(2).data().toString();
    };
    for (const QString& contact : {u"mailto:a@corp.example"_s, u"mailto:z@corp.example"_s}) {
        scene().accounts += accountOf(contact, contact);
        Q_EMIT m_fixture.facade().changed(lifecycle::Change::Accounts);
        QTRY_COMPARE(m_fixture.find<QTreeView>("accountList")->model()->rowCount(), scene().accounts.size());
        QCOMPARE(chosen(), u"pki@corp.example"_s);
    }
}

void AccountsTest::changesTheKeyToTheChosenType()
{
    open();
    m_fixture.click("accountKeyButton");
    auto* type = m_fixture.find<QComboBox>("keyChangeType");
    type->setCurrentIndex(type->findData(static_cast<int>(crypto::KeyType::Ed25519)));
    m_fixture.click("keyChangeStart");
    QCOMPARE(scene().rolledOverTo, std::optional(crypto::KeyType::Ed25519));
    QVERIFY(banner("accountBanner")->isVisible());
    QCOMPARE(banner("accountBanner")->severity(), ui::Severity::Good);
}

void AccountsTest::saysThatAnAuthorityCannotChangeKeys()
{
    auto played = sampleScene();
    played.errors.insert(u"rollOverAccountKey"_s, base::Error(base::ErrorCode::Unsupported, u"no"_s));
    open(played);
    m_fixture.click("accountKeyButton");
    m_fixture.click("keyChangeStart");
    QVERIFY(banner("keyChangeBanner")->text().contains(u"Register another account instead"_s));
}

void AccountsTest::stopsAKeyChangeThatGetsNoAnswer()
{
    auto played = sampleScene();
    played.neverAnswers = {u"rollOverAccountKey"_s};
    open(played);
    m_fixture.click("accountKeyButton");
    m_fixture.click("keyChangeStart");
    QVERIFY(!m_fixture.find("keyChangeStart")->isEnabled());
    m_fixture.click("keyChangeCancel");
    QTRY_VERIFY(m_fixture.find("keyChangeStart")->isEnabled());
    QVERIFY(banner("keyChangeBanner")->isVisible());
}

void AccountsTest::finishesAnUnfinishedKeyChangeWithTheKeyItBeganWith()
{
    auto played = sampleScene();
    played.accounts[0].rollover =
        lifecycle::KeyRollover {crypto::KeyType::EcP384, u"print"_s, QDateTime::currentDateTimeUtc()};
    open(played);
    QCOMPARE(shownState(), u"Key change unfinished"_s);
    m_fixture.click("accountKeyButton");
    QVERIFY(!m_fixture.find("keyChangeType")->isEnabled());
    QVERIFY(m_fixture.find("keyChangeGiveUp")->isVisible());
    m_fixture.click("keyChangeStart");
    QVERIFY(scene().calls.contains(u"rollOverAccountKey"_s));
    QCOMPARE(scene().rolledOverTo, std::optional<crypto::KeyType>());
    QVERIFY(!scene().accounts[0].rollover);
}

void AccountsTest::listsWhatBreaksBeforeItDeactivates()
{
    open();
    m_fixture.click("accountDeactivateButton");
    const QString words = banner("accountBanner")->text();
    for (const QString& part : {u"2 certificates will no longer renew"_s, u"www.corp.example"_s,
                                u"1 unfinished order will fail"_s, u"web-01"_s})
        QVERIFY2(words.contains(part), qPrintable(words));
    QVERIFY(!scene().calls.contains(u"deactivateAccount"_s));
    for (QPushButton* button : banner("accountBanner")->findChildren<QPushButton*>())
        if (button->text().contains(u"for good"_s))
            QTest::mouseClick(button, Qt::LeftButton);
    support::WindowFixture::settle();
    QVERIFY(scene().calls.contains(u"deactivateAccount"_s));
    QCOMPARE(scene().accounts[0].status, lifecycle::Account::Status::Deactivated);
}

void AccountsTest::offersNoDeactivationWithTheWordsAboutAnotherAccount()
{
    open();
    m_fixture.find<QPushButton>("accountDeactivateButton")->click();
    choose(u"anna@corp.example"_s); // before the answer is there
    QVERIFY(scene().calls.contains(u"accountDependents"_s));
    QVERIFY(!banner("accountBanner")->isVisible());
}

void AccountsTest::opensTheRulesOfTheAccount()
{
    support::Scene played = sampleScene();
    played.policy.policies = {{u"a1"_s, u"c1"_s, lifecycle::parseNameRules({u"10.0.0.0/8"_s}).value(), {}}};
    open(played);
    m_fixture.find<QPushButton>("accountRulesButton")->click();
    support::WindowFixture::settle();
    QVERIFY(m_fixture.find("policyAllowed")->isVisible());
    QCOMPARE(m_fixture.find<QComboBox>("policyAccount")->currentData().toString(), u"c1"_s);
    QCOMPARE(m_fixture.find<QPlainTextEdit>("policyAllowed")->toPlainText(), u"10.0.0.0/8"_s);
}

void AccountsTest::showsThatTermsChangedAndAgreesToThoseShown()
{
    open();
    QCOMPARE(shownState(), u"Terms changed"_s);
    QVERIFY(m_fixture.find<QLabel>("accountTermsText")->text().contains(u"https://ca.corp.example/terms-2026"_s));
    m_fixture.click("accountAgreeButton");
    QCOMPARE(scene().accounts[0].termsUrl, QUrl(u"https://ca.corp.example/terms-2026"_s));
    QVERIFY(!m_fixture.find("accountAgreeButton")->isVisible());
}

void AccountsTest::readsOrdersPartByPart()
{
    open();
    QVERIFY(!scene().calls.contains(u"accountOrders"_s));
    m_fixture.click("accountOrdersButton");
    auto* list = m_fixture.find<QTreeWidget>("accountOrders");
    QCOMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(0)->text(3), u"Sealwright"_s);
    QCOMPARE(list->topLevelItem(1)->text(3), u"Another client"_s);
    m_fixture.click("accountOrdersMore");
    QCOMPARE(list->topLevelItemCount(), 3);
    QVERIFY(!m_fixture.find("accountOrdersMore")->isEnabled());
}

void AccountsTest::saysThatThereIsNoListOfOrders()
{
    auto played = sampleScene();
    played.errors.insert(u"accountOrders"_s, base::Error(base::ErrorCode::Unsupported, u"none"_s));
    open(played);
    m_fixture.click("accountOrdersButton");
    bool said = false;
    for (const QLabel* label : m_fixture.window().findChildren<QLabel*>())
        said = said
            || (label->isVisible() && label->text() == u"This authority has no list of orders that can be read."_s);
    QVERIFY(said);
}

void AccountsTest::importsWhatIsTicked()
{
    open();
    m_fixture.click("importAccountsButton");
    m_fixture.type("importPath", u"/etc/letsencrypt"_s);
    QVERIFY(!m_fixture.find("importButton")->isEnabled());
    m_fixture.click("importLookButton");
    auto* found = m_fixture.find<QTreeWidget>("importFound");
    QCOMPARE(found->topLevelItemCount(), 3);
    QCOMPARE(found->topLevelItem(0)->checkState(0), Qt::Checked);
    QCOMPARE(found->topLevelItem(2)->checkState(0), Qt::Unchecked);
    m_fixture.click("importButton");
    QVERIFY(scene().importedAccounts);
    QCOMPARE(scene().importedAccounts->path, u"/etc/letsencrypt"_s);
    QCOMPARE(scene().importedAccounts->thumbprints, QStringList(u"print-1"_s));
    QVERIFY(m_fixture.find("accountList")->isVisible());
}

void AccountsTest::changesContacts()
{
    open();
    m_fixture.click("accountContactsButton");
    m_fixture.find<QLineEdit>("contactsEdit")->clear();
    m_fixture.type("contactsEdit", u"new@corp.example ops@corp.example"_s);
    m_fixture.click("contactsSave");
    QCOMPARE(scene().accounts[0].contacts, QStringList({u"new@corp.example"_s, u"ops@corp.example"_s}));
}

void AccountsTest::makeRecords(const QString& names)
{
    m_fixture.click("accountRecordsButton");
    m_fixture.type("persistNames", names);
    m_fixture.click("persistMake");
}

void AccountsTest::makesPersistentRecordsAndPutsThemInPlace()
{
    open();
    makeRecords(u"mail.corp.example www.corp.example"_s);
    QCOMPARE(scene().persistWish->names, QStringList({u"mail.corp.example"_s, u"www.corp.example"_s}));
    QCOMPARE(scene().persistWish->accountId, u"c1"_s);
    const int watched = static_cast<int>(sampleScene().persistRecords.size());
    QCOMPARE(recordList()->topLevelItemCount(), watched + 2);
    QCOMPARE(recordList()->topLevelItem(0)->text(0), u"New"_s);
    m_fixture.click("persistVerify");
    QCOMPARE(recordList()->topLevelItem(0)->text(0), u"Missing"_s);
    m_fixture.click("persistPlace");
    QCOMPARE(scene().placedWith, u"s1"_s);
    QVERIFY(banner("persistBanner")->text().contains(u"internal BIND"_s));
    QCOMPARE(recordList()->topLevelItemCount(), watched + 2);
    QCOMPARE(recordList()->topLevelItem(watched)->text(0), u"In place"_s);
    m_fixture.click("persistCancel");
    QVERIFY(m_fixture.find("accountList")->isVisible());
}

void AccountsTest::choosesOnlyTheNewRecordWhereOneOfThatNameIsWatched()
{
    open();
    makeRecords(u"corp.example"_s); // whose record that is watched says policy=wildcard
    const auto chosen = [this] { return recordList()->selectedItems(); };
    QCOMPARE(chosen().size(), 1);
    QCOMPARE(chosen().first()->text(0), u"New"_s);
    m_fixture.click("persistVerify");
    QCOMPARE(chosen().size(), 1);
    QCOMPARE(chosen().first()->text(0), u"Missing"_s);
    recordList()->clearSelection();
    recordList()->topLevelItem(1)->setSelected(true); // the watched one
    const QString value = chosen().first()->toolTip(1);
    Q_EMIT m_fixture.facade().changed(lifecycle::Change::Solvers);
    support::WindowFixture::settle();
    QCOMPARE(chosen().size(), 1);
    QCOMPARE(chosen().first()->toolTip(1), value);
}

void AccountsTest::takesARecordOutOfDnsOnceThatIsConfirmed()
{
    open();
    m_fixture.click("accountRecordsButton");
    QVERIFY(!m_fixture.find("persistRemove")->isEnabled());
    const int watched = recordList()->topLevelItemCount();
    const QString name = recordList()->topLevelItem(1)->text(1);
    recordList()->topLevelItem(1)->setSelected(true);
    m_fixture.click("persistRemove");
    QVERIFY(scene().removedWith.isEmpty());
    QCOMPARE(recordList()->topLevelItemCount(), watched);
    QVERIFY(banner("persistBanner")->text().contains(u"internal BIND"_s));
    banner("persistBanner")->findChild<QPushButton*>(u"persistBannerAction"_s)->click();
    support::WindowFixture::settle();
    QCOMPARE(scene().removedWith, u"s1"_s);
    QCOMPARE(recordList()->topLevelItemCount(), watched - 1);
    QVERIFY(!recordList()->findItems(name, Qt::MatchExactly, 1).size());
}

void AccountsTest::saysWhyARecordStaysInDns()
{
    support::Scene refusing = sampleScene();
    refusing.errors.insert(u"removePersistRecords"_s, base::Error(base::ErrorCode::Rejected, u"the zone is frozen"_s));
    open(refusing);
    m_fixture.click("accountRecordsButton");
    const int watched = recordList()->topLevelItemCount();
    recordList()->topLevelItem(1)->setSelected(true);
    m_fixture.click("persistRemove");
    banner("persistBanner")->findChild<QPushButton*>(u"persistBannerAction"_s)->click();
    support::WindowFixture::settle();
    QVERIFY(banner("persistBanner")->text().contains(u"the zone is frozen"_s));
    QCOMPARE(recordList()->topLevelItemCount(), watched);
    QVERIFY(m_fixture.find("persistRemove")->isEnabled());
}

void AccountsTest::letsNothingElseBeginWhileRecordsAreMade()
{
    support::Scene silent = sampleScene();
    silent.neverAnswers = {u"makePersistRecords"_s};
    open(silent);
    makeRecords(u"mail.corp.example"_s);
    Q_EMIT m_fixture.facade().changed(lifecycle::Change::Solvers);
    support::WindowFixture::settle();
    recordList()->topLevelItem(0)->setSelected(true);
    for (const char* name : {"persistMake", "persistVerify", "persistPlace", "persistForget"})
        QVERIFY2(!m_fixture.find(name)->isEnabled(), name);
    m_fixture.click("persistCancel");
    QTRY_VERIFY(m_fixture.find("persistMake")->isEnabled());
    for (const char* name : {"persistVerify", "persistPlace", "persistForget"})
        QVERIFY2(m_fixture.find(name)->isEnabled(), name);
}

void AccountsTest::tellsWhatToDoAboutARecordInFull()
{
    open();
    m_fixture.click("accountRecordsButton");
    QVERIFY(!m_fixture.find("persistSentence")->isVisible());
    recordList()->topLevelItem(2)->setSelected(true); // it is missing
    QVERIFY(m_fixture.find<QLabel>("persistSentence")->isVisible());
    QCOMPARE(m_fixture.find<QLabel>("persistSentence")->text(), recordList()->topLevelItem(2)->text(4));
}

void AccountsTest::copiesPersistentRecordsForAZoneFile()
{
    open();
    makeRecords(u"mail.corp.example"_s);
    m_fixture.click("persistCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"_validation-persist.mail.corp.example. 300 IN TXT \"ca.example; "
             "accounturi=https://ca.corp.example/acme/acme/account/17\"\n"_s);
}

void AccountsTest::watchesRecordsThatSomebodyElsePutsInPlace()
{
    auto played = sampleScene();
    played.solvers.clear();
    played.persistRecords.clear();
    open(played);
    makeRecords(u"mail.corp.example"_s);
    QVERIFY(!m_fixture.find("persistPlace")->isVisible());
    QVERIFY(!m_fixture.find("persistForget")->isEnabled());
    m_fixture.click("persistWatch");
    QCOMPARE(scene().persistRecords.size(), 1);
    QCOMPARE(recordList()->topLevelItemCount(), 1);
    QVERIFY(!m_fixture.find("persistWatch")->isEnabled());
    m_fixture.click("persistForget");
    QVERIFY(scene().persistRecords.isEmpty());
    QCOMPARE(recordList()->topLevelItemCount(), 0);
}

void AccountsTest::asksWhoTheIssuerIsWhereTheDirectoryDoesNotSay()
{
    auto played = sampleScene();
    played.errors.insert(u"makePersistRecords"_s,
                         base::Error(base::ErrorCode::InvalidInput, u"name it"_s).about(u"issuer"_s));
    open(played);
    m_fixture.click("accountRecordsButton");
    QVERIFY(!m_fixture.find("persistIssuer")->isVisible());
    m_fixture.type("persistUntil", u"tomorrow"_s);
    m_fixture.click("persistMake");
    QVERIFY(!scene().persistWish);
    const QByteArray zone = qgetenv("TZ");
    qputenv("TZ", "Pacific/Auckland"); // whose days begin half a day before
    tzset();
    m_fixture.find<QLineEdit>("persistUntil")->setText(u"2199-12-31"_s);
    m_fixture.click("persistMake");
    if (zone.isNull())
        qunsetenv("TZ");
    else
        qputenv("TZ", zone);
    tzset();
    QCOMPARE(scene().persistWish->until, QDateTime(QDate(2199, 12, 31), QTime(23, 59, 59), Qt::UTC));
    QVERIFY(m_fixture.find("persistIssuer")->isVisible());
    scene().errors.clear();
    m_fixture.type("persistIssuer", u"ca.example"_s);
    m_fixture.click("persistMake");
    QCOMPARE(scene().persistWish->issuer, u"ca.example"_s);
}

void AccountsTest::tellsOnOverviewWhichRecordsNeedSomebody()
{
    m_fixture.show(sampleScene());
    QVERIFY(m_fixture.find("needsYou_p-shop.corp.example")->isVisible()); // ends soon
    QVERIFY(m_fixture.find("needsYou_p-vpn.corp.example")->isVisible()); // is missing
    QVERIFY(!m_fixture.window().findChild<QWidget*>(u"needsYou_p-corp.example"_s));
    m_fixture.click("needsYou_p-vpn.corp.example");
    QVERIFY(recordList()->isVisible());
    QVERIFY(m_fixture.window().windowTitle().startsWith(u"Accounts"_s));
    QCOMPARE(recordList()->selectedItems().size(), 1);
    QVERIFY(recordList()->selectedItems().first()->text(1).contains(u"vpn.corp.example"_s));
}

SEALWRIGHT_WINDOW_TEST(AccountsTest)

} // namespace tst_accounts

#include "tst_accounts.moc"
