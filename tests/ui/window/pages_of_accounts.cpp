// SPDX-License-Identifier: Apache-2.0
#include "ui/window/pages.h"

#include <QCheckBox>
#include <QTreeWidget>

namespace support {
namespace {

using namespace Qt::StringLiterals;

/// What a button of the account's detail opens.
std::function<void(WindowFixture&)> detail(const char* button)
{
    return [button](WindowFixture& fixture) {
        show(fixture, ui::ScreenId::Accounts);
        fixture.click(button);
    };
}

void changeKey(WindowFixture& fixture)
{
    scene().neverAnswers += u"rollOverAccountKey"_s;
    detail("accountKeyButton")(fixture);
    fixture.click("keyChangeStart");
}

void lookForAccounts(WindowFixture& fixture)
{
    show(fixture, ui::ScreenId::Accounts);
    fixture.click("importAccountsButton");
    fixture.type("importPath", u"/etc/letsencrypt"_s);
    fixture.click("importLookButton");
}

void beginRegistering(WindowFixture& fixture)
{
    fixture.window().navigator().registerAccount(u"a1"_s);
    WindowFixture::settle();
}

void registerAccount(WindowFixture& fixture)
{
    beginRegistering(fixture);
    scene().neverAnswers += u"registerAccount"_s;
    fixture.find<QCheckBox>("registerTerms")->setChecked(true);
    fixture.click("registerButton");
}

void makeRecords(WindowFixture& fixture)
{
    detail("accountRecordsButton")(fixture);
    fixture.type("persistNames", u"*.www.corp.example mail.corp.example"_s);
    fixture.click("persistMake");
}

void lookForRecords(WindowFixture& fixture)
{
    scene().errors.insert(
        u"placePersistRecords"_s,
        base::Error(base::ErrorCode::Timeout, u"the DNS server ns1.corp.example:53 does not answer"_s));
    makeRecords(fixture);
    fixture.click("persistVerify");
    fixture.click("persistPlace");
}

void removeRecord(WindowFixture& fixture)
{
    detail("accountRecordsButton")(fixture);
    fixture.find<QTreeWidget>("persistRecords")->topLevelItem(1)->setSelected(true);
    fixture.click("persistRemove");
}

void askForRecords(WindowFixture& fixture)
{
    scene().neverAnswers += u"makePersistRecords"_s;
    makeRecords(fixture);
}

Scene unfinishedKeyChange()
{
    Scene scene = sampleScene();
    scene.accounts[0].rollover =
        lifecycle::KeyRollover {crypto::KeyType::EcP384, u"print"_s, QDateTime::currentDateTimeUtc()};
    return scene;
}

} // namespace

QList<Page> accountPages()
{
    return {
        {u"accounts"_s, [](WindowFixture& fixture) { show(fixture, ui::ScreenId::Accounts); }},
        {u"account-key"_s, detail("accountKeyButton")},
        {u"account-key-running"_s, changeKey},
        {u"account-key-unfinished"_s, detail("accountKeyButton"), unfinishedKeyChange},
        {u"account-contacts"_s, detail("accountContactsButton")},
        {u"account-orders"_s, detail("accountOrdersButton")},
        {u"account-records"_s, makeRecords},
        {u"account-records-missing"_s, lookForRecords},
        {u"account-records-asking"_s, askForRecords},
        {u"account-records-removing"_s, removeRecord},
        {u"account-deactivate"_s, detail("accountDeactivateButton")},
        {u"account-import"_s, lookForAccounts},
        {u"register-account"_s, beginRegistering},
        {u"register-account-running"_s, registerAccount},
    };
}

} // namespace support
