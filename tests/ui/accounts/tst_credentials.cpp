// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/accounts/credential_list_model.h"
#include "ui/accounts/credentials_pane.h"
#include "ui/common/banner.h"
#include "ui/window/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>
#include <QTreeWidget>

namespace tst_credentials {

using namespace Qt::StringLiterals;
using lifecycle::BulkRegistrationOutcome;
using lifecycle::CredentialImportLine;
using lifecycle::EabCredential;
using lifecycle::EabFate;
using support::sampleScene;
using support::scene;
using support::WindowFixture;

namespace {

CredentialImportLine importLine(int number, CredentialImportLine::Verdict verdict)
{
    CredentialImportLine line;
    line.line = number;
    line.verdict = verdict;
    line.credential.kid = u"kid-%1"_s.arg(number);
    if (verdict == CredentialImportLine::Verdict::Bad)
        line.error = base::Error(base::ErrorCode::InvalidInput, u"“HS1” is none of HS256"_s).about(u"algorithm"_s);
    return line;
}

BulkRegistrationOutcome outcome(const EabCredential& credential, BulkRegistrationOutcome::Result result)
{
    BulkRegistrationOutcome made;
    made.credential = credential;
    made.result = result;
    if (result == BulkRegistrationOutcome::Result::Failed) {
        made.error = base::Error(base::ErrorCode::Rejected, u"key id not found"_s);
        made.fate = {EabFate::Spent::No, EabFate::Reason::NotAccepted};
    }
    return made;
}

} // namespace

class CredentialsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }
    void showsThoseThatMatchWordsAndState();
    void changesWhatIsWrittenAboutACredential();
    void saysWhatIsWrongWithADateAndChangesNothing();
    void previewsAFileBeforeItIsStored();
    void asksOnceForAllKeysThatLookEncodedTwice();
    void choosesAFileWithoutKeepingTheWindowWaiting();
    void forgetsAFileThatWasLeftBeforeItWasRead();
    void takesThousandsOfCredentialsWithoutAFrozenWindow();
    void keepsThoseThatAreSelectedWhileOthersComeAndGo();
    void showsWhatWasBoundAndWhatFailed();
    void stopsRegistering();
    void agreesToTermsOnlyWhereThereAreSome();

private:
    void showCredentials(const support::Scene& played)
    {
        m_fixture.show(played);
        m_fixture.showCredentials();
    }
    void choose(const QString& kid)
    {
        auto* list = m_fixture.find<QTreeView>("credentialList");
        const auto found = list->model()->match(list->model()->index(0, ui::CredentialListModel::Kid), Qt::DisplayRole,
                                                kid, 1, Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        list->setCurrentIndex(found.first());
        WindowFixture::settle();
    }
    int rows() { return m_fixture.find<QTreeView>("credentialList")->model()->rowCount(); }
    QString write(const QByteArray& text)
    {
        QFile file(m_folder.filePath(u"credentials.csv"_s));
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        return written ? file.fileName() : QString();
    }

    QTemporaryDir m_folder;
    WindowFixture m_fixture;
};

void CredentialsTest::showsThoseThatMatchWordsAndState()
{
    support::Scene played = sampleScene();
    played.credentials[0].owner = u"Web Team"_s;
    showCredentials(played);
    QCOMPARE(rows(), int(played.credentials.size()));
    auto* state = m_fixture.find<QComboBox>("credentialState");
    state->setCurrentIndex(state->findData(static_cast<int>(EabCredential::State::Refused)));
    QCOMPARE(rows(), 1);
    state->setCurrentIndex(0);
    auto* search = m_fixture.find<QLineEdit>("credentialSearch");
    search->setText(u"web team"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(rows(), 1);
    const QAbstractItemModelTester tester(m_fixture.find<QTreeView>("credentialList")->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    search->clear();
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(rows(), int(played.credentials.size()));
}

/// "Register all" means those that are selected, and all that are shown where none are.
void CredentialsTest::keepsThoseThatAreSelectedWhileOthersComeAndGo()
{
    support::Scene played = sampleScene();
    for (int i = 0; i < 4; ++i)
        played.credentials.append(played.credentials.first());
    for (int i = 0; i < 4; ++i) {
        EabCredential& unused = played.credentials[played.credentials.size() - 4 + i];
        unused.id = u"unused-%1"_s.arg(i);
        unused.kid = u"kid-u%1"_s.arg(i);
        unused.state = EabCredential::State::Unused;
    }
    showCredentials(played);
    auto* list = m_fixture.find<QTreeView>("credentialList");
    choose(u"kid-u1"_s);
    QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
    const auto selected = [list] {
        QStringList kids;
        for (const QModelIndex& index : list->selectionModel()->selectedRows(ui::CredentialListModel::Kid))
            kids += index.data().toString();
        kids.sort();
        return kids;
    };
    const QStringList both {u"kid-u1"_s, u"kid-u2"_s};
    QCOMPARE(selected(), both);
    scene().credentials[scene().credentials.size() - 2].owner = u"somebody"_s;
    scene().credentials.removeAt(scene().credentials.size() - 4);
    const int left = int(scene().credentials.size());
    Q_EMIT m_fixture.facade().changed(lifecycle::Change::Accounts);
    QTRY_COMPARE(rows(), left);
    QCOMPARE(selected(), both);
}

void CredentialsTest::changesWhatIsWrittenAboutACredential()
{
    showCredentials(sampleScene());
    choose(u"kid-b2"_s);
    QVERIFY(m_fixture.find("credentialDetailOwner")->isVisible());
    m_fixture.find<QLineEdit>("credentialDetailOwner")->setText(u"mail team"_s);
    m_fixture.click("credentialDetailSave");
    QVERIFY(scene().changedCredential && !scene().changedCredential->expiresAt); // its hour stays
    m_fixture.find<QLineEdit>("credentialDetailExpires")->setText(u"2027-02-28"_s);
    m_fixture.click("credentialDetailSave");
    QVERIFY(scene().changedCredential);
    QCOMPARE(scene().changedCredential->owner, std::optional(u"mail team"_s));
    QCOMPARE(scene().changedCredential->expiresAt->date(), QDate(2027, 2, 28));
    QVERIFY(!scene().changedCredential->state);
    m_fixture.click("credentialDetailSpent");
    QCOMPARE(scene().changedCredential->state, std::optional(EabCredential::State::Spent));
    choose(u"kid-b1"_s); // bound: its state is not the operator's to say
    QVERIFY(!m_fixture.find("credentialDetailSpent")->isVisible());
}

void CredentialsTest::saysWhatIsWrongWithADateAndChangesNothing()
{
    showCredentials(sampleScene());
    choose(u"kid-b2"_s);
    m_fixture.find<QLineEdit>("credentialDetailExpires")->setText(u"next week"_s);
    m_fixture.click("credentialDetailSave");
    QVERIFY(!scene().changedCredential);
    QVERIFY(m_fixture.find("credentialDetailExpires")->hasFocus());
    QVERIFY(m_fixture.find("credentialDetailExpires")->accessibleDescription().contains(u"2026-12-31"_s));
}

void CredentialsTest::previewsAFileBeforeItIsStored()
{
    using Verdict = CredentialImportLine::Verdict;
    support::Scene played = sampleScene();
    played.importPreview.lines = {importLine(2, Verdict::Add), importLine(3, Verdict::Known),
                                  importLine(4, Verdict::Bad)};
    showCredentials(played);
    m_fixture.window().findChild<ui::CredentialsPane*>()->importFile(write("kid,key\n"));
    WindowFixture::settle();
    const auto* list = m_fixture.find<QTreeWidget>("credentialImportList");
    QCOMPARE(list->topLevelItemCount(), 3);
    QVERIFY(list->topLevelItem(2)->text(6).contains(u"HS1"_s));
    QVERIFY(!scene().calls.contains(u"importCredentials"_s));
    m_fixture.click("credentialImportAccept");
    QVERIFY(scene().calls.contains(u"importCredentials"_s));
    const auto* banner = m_fixture.find<ui::Banner>("credentialImportBanner");
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"credentials.csv"_s), qPrintable(banner->text()));
    QVERIFY2(banner->text().contains(u"delete it"_s), qPrintable(banner->text()));
    m_fixture.click("credentialImportCancel");
    QVERIFY(m_fixture.find("credentialList")->isVisible());
}

void CredentialsTest::asksOnceForAllKeysThatLookEncodedTwice()
{
    support::Scene played = sampleScene();
    played.eabKeyLooksEncodedTwice = true;
    played.importPreview.lines = {importLine(2, CredentialImportLine::Verdict::Add)};
    showCredentials(played);
    m_fixture.window().findChild<ui::CredentialsPane*>()->importFile(write("kid,key\n"));
    WindowFixture::settle();
    QVERIFY(m_fixture.find("credentialImportQuestion")->isVisible());
    QVERIFY(!m_fixture.find("credentialImportAccept")->isEnabled());
    QVERIFY(!scene().importedFile->decodeOnceMore.has_value());
    m_fixture.click("credentialImportDecode");
    QCOMPARE(scene().importedFile->decodeOnceMore, std::optional(true));
    QVERIFY(!m_fixture.find("credentialImportQuestion")->isVisible());
    QVERIFY(m_fixture.find("credentialImportAccept")->isEnabled());
}

void CredentialsTest::choosesAFileWithoutKeepingTheWindowWaiting()
{
    showCredentials(sampleScene());
    m_fixture.click("importCredentialsButton");
    m_fixture.click("credentialImportChoose");
    auto* dialog = m_fixture.window().findChild<QFileDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    const QString file = write("kid,key\n");
    Q_EMIT dialog->fileSelected(file);
    dialog->close();
    WindowFixture::settle();
    QVERIFY(scene().importedFile);
    QCOMPARE(scene().importedFile->path, file);
}

void CredentialsTest::forgetsAFileThatWasLeftBeforeItWasRead()
{
    support::Scene played = sampleScene();
    played.importPreview.lines = {importLine(2, CredentialImportLine::Verdict::Add)};
    showCredentials(played);
    m_fixture.window().findChild<ui::CredentialsPane*>()->importFile(write("kid,key\n"));
    m_fixture.find<QPushButton>("credentialImportCancel")->click();
    WindowFixture::settle();
    QVERIFY(scene().calls.contains(u"previewCredentials"_s));
    QCOMPARE(m_fixture.find<QTreeWidget>("credentialImportList")->topLevelItemCount(), 0);
}

void CredentialsTest::takesThousandsOfCredentialsWithoutAFrozenWindow()
{
    ui::AccountBook book;
    book.authorities = sampleScene().authorities;
    for (int i = 0; i < 3000; ++i) {
        EabCredential credential;
        credential.id = QString::number(i);
        credential.kid = u"kid-%1"_s.arg(i);
        credential.authorityId = u"a1"_s;
        credential.owner = u"team-%1."_s.arg(i % 30);
        book.credentials += credential;
    }
    ui::CredentialListModel model;
    ui::CredentialFilter filter(model);
    filter.sort(ui::CredentialListModel::Kid);
    model.show(book);
    QCOMPARE(filter.rowCount(), 3000);
    QElapsedTimer timer;
    timer.start();
    filter.setWords(u"TEAM-7."_s);
    qInfo("3,000 credentials were filtered in %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(filter.rowCount(), 100);
}

void CredentialsTest::showsWhatWasBoundAndWhatFailed()
{
    using Result = BulkRegistrationOutcome::Result;
    support::Scene played = sampleScene();
    played.bulkOutcomes = {outcome(played.credentials[1], Result::Bound),
                           outcome(played.credentials[2], Result::Failed)};
    showCredentials(played);
    m_fixture.click("registerCredentialsButton");
    m_fixture.type("bulkContacts", u"pki@corp.example"_s);
    m_fixture.click("bulkStart");
    QVERIFY(scene().bulkRequest);
    QCOMPARE(scene().bulkRequest->credentialIds, QStringList {u"b2"_s}); // the only one that is unused
    QCOMPARE(scene().bulkRequest->contacts, QStringList {u"pki@corp.example"_s});
    const auto* list = m_fixture.find<QTreeWidget>("bulkList");
    QCOMPARE(list->topLevelItemCount(), 2);
    const QString why = list->topLevelItem(1)->text(4);
    QVERIFY2(why.contains(u"key id not found"_s), qPrintable(why));
    QVERIFY2(why.contains(u"not spent"_s), qPrintable(why));
}

void CredentialsTest::stopsRegistering()
{
    support::Scene played = sampleScene();
    played.neverAnswers += u"registerCredentials"_s;
    showCredentials(played);
    m_fixture.click("registerCredentialsButton");
    m_fixture.click("bulkStart");
    QVERIFY(!m_fixture.find("bulkStart")->isEnabled());
    m_fixture.click("bulkCancel");
    QTRY_VERIFY(m_fixture.find("bulkStart")->isEnabled());
    m_fixture.click("bulkCancel");
    QVERIFY(m_fixture.find("credentialList")->isVisible());
}

void CredentialsTest::agreesToTermsOnlyWhereThereAreSome()
{
    support::Scene played = sampleScene();
    for (lifecycle::Authority& authority : played.authorities)
        authority.meta.termsOfService.clear();
    showCredentials(played);
    m_fixture.click("registerCredentialsButton");
    QVERIFY(!m_fixture.find("bulkTerms")->isVisible());
    m_fixture.click("bulkCancel");
    m_fixture.close();
    played.authorities[0].meta.termsOfService = QUrl(u"https://ca.corp.example/terms"_s);
    showCredentials(played);
    m_fixture.click("registerCredentialsButton");
    QVERIFY(m_fixture.find("bulkTerms")->isVisible());
    QVERIFY(!m_fixture.find<QCheckBox>("bulkTerms")->isChecked());
}

SEALWRIGHT_WINDOW_TEST(CredentialsTest)

} // namespace tst_credentials

#include "tst_credentials.moc"
