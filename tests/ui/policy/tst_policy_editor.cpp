// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/policy/policy_editor.h"
#include "ui/window/window_fixture.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace tst_policy_editor {

using namespace Qt::StringLiterals;
using support::scene;
using support::WindowFixture;

namespace {

lifecycle::IssuancePolicy policy(const QString& accountId, const QStringList& allowed, const QStringList& denied)
{
    return {u"a1"_s, accountId, lifecycle::parseNameRules(allowed).value(), lifecycle::parseNameRules(denied).value()};
}

} // namespace

class PolicyEditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        scene() = support::sampleScene();
        scene().policy.policies = {policy(QString(), {u".corp.example"_s}, {u"db.corp.example"_s}),
                                   policy(u"c1"_s, {u"10.0.0.0/8"_s}, {})};
        scene().policy.refusals = {{u"api.corp.example"_s, u"a1"_s, u"c1"_s, u"o"_s, QDateTime::currentDateTimeUtc(),
                                    u"rejectedIdentifier"_s, u"not in the policy"_s}};
        m_facade = support::makeFacade();
        m_workspace = std::make_unique<ui::Workspace>(ui::Workspace {*m_facade, m_navigator, m_settings});
        m_editor = std::make_unique<ui::PolicyEditor>(*m_workspace);
        m_editor->show(u"a1"_s);
        WindowFixture::settle();
    }
    void cleanup()
    {
        m_editor.reset();
        m_facade.reset();
    }

    void showsTheRulesOfTheAuthorityAndOfEachAccount()
    {
        QCOMPARE(field("policyAllowed")->toPlainText(), u".corp.example"_s);
        QCOMPARE(field("policyDenied")->toPlainText(), u"db.corp.example"_s);
        auto* account = m_editor->findChild<QComboBox*>(u"policyAccount"_s);
        QCOMPARE(account->count(), 2); // the other account belongs to another authority
        account->setCurrentIndex(1);
        Q_EMIT account->activated(1);
        QCOMPARE(field("policyAllowed")->toPlainText(), u"10.0.0.0/8"_s);
        QCOMPARE(field("policyDenied")->toPlainText(), QString());
    }

    void showsWhatTheAuthorityRefused()
    {
        const auto* list = m_editor->findChild<QTreeWidget*>(u"policyRefusals"_s);
        QCOMPARE(list->topLevelItemCount(), 1);
        QCOMPARE(list->topLevelItem(0)->text(0), u"api.corp.example"_s);
        QCOMPARE(list->topLevelItem(0)->text(3), u"not in the policy"_s);
    }

    void storesWhatIsWritten()
    {
        QVERIFY(!save()->isEnabled());
        field("policyDenied")->setPlainText(u"db.corp.example, *.lan\n192.0.2.0/24"_s);
        QVERIFY(save()->isEnabled());
        save()->click();
        WindowFixture::settle();
        QVERIFY(scene().storedPolicy);
        QCOMPARE(scene().storedPolicy->authorityId, u"a1"_s);
        QCOMPARE(lifecycle::ruleTexts(scene().storedPolicy->denied),
                 QStringList({u"db.corp.example"_s, u"*.lan"_s, u"192.0.2.0/24"_s}));
        QVERIFY(!save()->isEnabled());
    }

    void saysWhichRuleIsNoneAndStoresNothing()
    {
        field("policyAllowed")->setPlainText(u"good.example bad..example"_s);
        save()->click();
        WindowFixture::settle();
        QVERIFY(!scene().storedPolicy);
        QVERIFY(field("policyAllowed")->accessibleDescription().contains(u"bad..example"_s));
    }

    void staysWithTheAccountWhenListsAreReadAgain()
    {
        m_editor->show(u"a1"_s, u"c1"_s);
        m_editor->show(u"a1"_s);
        WindowFixture::settle();
        QCOMPARE(m_editor->findChild<QComboBox*>(u"policyAccount"_s)->currentData().toString(), u"c1"_s);
        QCOMPARE(field("policyAllowed")->toPlainText(), u"10.0.0.0/8"_s);
    }

    void keepsWhatIsWrittenWhileTheRulesAreRead()
    {
        m_editor->show(u"a1"_s);
        field("policyAllowed")->setPlainText(u"half a ru"_s);
        WindowFixture::settle();
        QCOMPARE(field("policyAllowed")->toPlainText(), u"half a ru"_s);
        QVERIFY(save()->isEnabled());
    }

    void keepsWhatIsBeingWrittenWhenListsAreReadAgain()
    {
        field("policyAllowed")->setPlainText(u"half a ru"_s);
        m_editor->show(u"a1"_s);
        WindowFixture::settle();
        QCOMPARE(field("policyAllowed")->toPlainText(), u"half a ru"_s);
    }

private:
    QPlainTextEdit* field(const char* name) { return m_editor->findChild<QPlainTextEdit*>(QString::fromLatin1(name)); }
    QPushButton* save() { return m_editor->findChild<QPushButton*>(u"policySave"_s); }

    QTemporaryDir m_folder;
    ui::Preferences m_settings {m_folder.filePath(u"window.ini"_s)};
    ui::Navigator m_navigator;
    std::unique_ptr<lifecycle::CertificateManager> m_facade;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::PolicyEditor> m_editor;
};

SEALWRIGHT_WINDOW_TEST(PolicyEditorTest)

} // namespace tst_policy_editor

#include "tst_policy_editor.moc"
