// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/common/banner.h"
#include "ui/window/window_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTreeView>

namespace tst_main_window {

using namespace Qt::StringLiterals;
using support::sampleScene;
using support::scene;
using support::WindowFixture;

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }

    void asksForAPassphraseWhereNoKeyringAnswers();
    void opensWithoutAQuestionWhereTheKeyringAnswers();
    void saysSoWhenThePassphraseIsWrong();
    void leadsFromTheFirstAuthorityToTheNamesOfACertificate();
    void asksForNoContactWhereTheAuthorityKeepsNone();
    void offersTheFirstCertificateOnceAnAuthorityIsKnown();
    void addsWhatAFingerprintLedTo();
    void stopsACheckAndARegistrationOnRequest();
    void showsAnErrorBesideTheFieldItNames();
    void asksInPlaceWhetherToDecodeAKeyOnceMore();
    void checksNamesWhileTheyAreTyped();
    void placesTheOrderThatWasEntered();
    void provesByTheTlsResponder();
    void saysWhereThePortCannotBeBound();
    void provesNamesByADnsServerThatIsSetUp();
    void setsADnsServerUpWithTheOrder();
    void saysWhyADnsServerCannotProveAName();
    void provesNamesByAFolderOnAnotherHost();
    void showsWhatTheAuthorityRefusedWithOneNextStep();
    void addsEventsToARunningOrderAsTheyCome();
    void hidesExpiredAndRevokedOnesWithTheirCount();
    void asksInPlaceBeforeOverwriting();
    void namesTheCertificateOnTheButtonThatRevokesIt();
    void goesToEveryScreenByKeyboard();
    void startsOnePracticeAuthorityAtATime();
    void keepsTheButtonUnderTheKeyboardOnOverview();
    void minimizesWhereThereIsNoTray();
    void locksTheWindowWithTheVault();
    void staysLockedUntilTheKeyringIsAskedFor();
    void acceptsANewRootOnlyAfterItsFingerprintWasCompared();
    void takesTheRootThatAServerKeepsToItself();
    void reissuesWhatIsChosenOrHasATag();
    void followsARenamedAuthorityOnlyAfterShowingWhatThatDoes();
    void changesAnAuthorityAndKeepsThePasswordOfItsProxyInTheVault();
    void stopsSavingAnAuthorityOnRequest();
    void looksAtAnAuthorityBeforeItReadsItsDirectoryAgain_data();
    void looksAtAnAuthorityBeforeItReadsItsDirectoryAgain();
    void tellsBesideTheProxyWhatIsWrongWithItsCredentials();

private:
    void openDnsProof(const support::Scene& played);
    QString noteOf(const QString& field);
    QDialog* dialog(const char* name);
    WindowFixture m_fixture;
};

QString MainWindowTest::noteOf(const QString& field)
{
    for (const QLabel* note : m_fixture.window().findChildren<QLabel*>(field + u"Note"_s))
        if (note->isVisible() && !note->text().isEmpty())
            return note->text();
    return QString();
}

QDialog* MainWindowTest::dialog(const char* name)
{
    auto* found = m_fixture.window().findChild<QDialog*>(QString::fromLatin1(name));
    return found && found->isVisible() ? found : nullptr;
}

void MainWindowTest::asksForAPassphraseWhereNoKeyringAnswers()
{
    support::Scene empty;
    empty.vault = {};
    m_fixture.show(empty);
    QVERIFY(m_fixture.find("vaultPassphrase")->isVisible());
    m_fixture.type("vaultPassphrase", u"short"_s);
    m_fixture.click("vaultSubmit");
    QVERIFY(noteOf(u"passphrase"_s).contains(u"8"_s));
    m_fixture.type("vaultPassphrase", u" but longer"_s);
    m_fixture.type("vaultPassphraseRepeat", u"something else"_s);
    m_fixture.click("vaultSubmit");
    QVERIFY(noteOf(u"repeat"_s).contains(u"not the same"_s));
    QVERIFY(!scene().calls.contains(u"createVault"_s));
    m_fixture.find<QLineEdit>("vaultPassphraseRepeat")->clear();
    m_fixture.type("vaultPassphraseRepeat", u"short but longer"_s);
    m_fixture.click("vaultSubmit");
    QCOMPARE(scene().passphrase, u"short but longer"_s);
    QVERIFY(m_fixture.find("sidebarList")->isVisible());
}

void MainWindowTest::opensWithoutAQuestionWhereTheKeyringAnswers()
{
    support::Scene empty;
    empty.vault = {};
    empty.keyringAnswers = true;
    m_fixture.show(empty);
    QVERIFY(m_fixture.find("overviewAddAuthority")->isVisible());
    QVERIFY(m_fixture.find<ui::Banner>("banner")->text().contains(u"keyring"_s));
}

void MainWindowTest::saysSoWhenThePassphraseIsWrong()
{
    support::Scene locked;
    locked.vault = {true, false, false, {lifecycle::SlotKind::Passphrase}};
    locked.passphrase = u"correct horse"_s;
    m_fixture.show(locked);
    m_fixture.type("vaultPassphrase", u"wrong horse"_s);
    m_fixture.click("vaultSubmit");
    QVERIFY(m_fixture.find<ui::Banner>("vaultBanner")->text().contains(u"nothing was changed"_s));
    QVERIFY(!m_fixture.find("sidebarList")->isVisible());
    m_fixture.type("vaultPassphrase", u"correct horse"_s);
    QTest::keyClick(m_fixture.find("vaultPassphrase"), Qt::Key_Return);
    WindowFixture::settle();
    QVERIFY(m_fixture.find("sidebarList")->isVisible());
}

void MainWindowTest::leadsFromTheFirstAuthorityToTheNamesOfACertificate()
{
    support::Scene first;
    first.preview.meta.termsOfService = QUrl(u"https://ca.example/terms"_s);
    first.preview.rootSubjects = {u"CN=Root"_s};
    first.preview.rootFingerprints = {u"aa"_s};
    m_fixture.show(first);
    m_fixture.click("overviewAddAuthority");
    m_fixture.type("authorityDirectoryUrl", u"https://ca.example/acme/directory"_s);
    QVERIFY(!m_fixture.find("authorityAddButton")->isEnabled());
    m_fixture.click("authorityCheckButton");
    QVERIFY(m_fixture.find("authorityPreview")->isVisible());
    m_fixture.click("authorityAddButton");
    QCOMPARE(scene().addedAuthority->name, u"ca.example"_s);
    QVERIFY(m_fixture.find("registerButton")->isVisible());
    m_fixture.type("registerContacts", u"pki@example.org"_s);
    m_fixture.click("registerButton");
    QVERIFY(noteOf(u"terms"_s).contains(u"agreement"_s));
    m_fixture.find<QCheckBox>("registerTerms")->setChecked(true);
    m_fixture.click("registerButton");
    QVERIFY(scene().registeredAccount->termsAgreed);
    QCOMPARE(scene().registeredAccount->contacts, QStringList({u"pki@example.org"_s}));
    QVERIFY(m_fixture.find("newCertificateNames")->isVisible());
    QVERIFY(m_fixture.find("newCertificateNames")->hasFocus());
}

void MainWindowTest::asksForNoContactWhereTheAuthorityKeepsNone()
{
    support::Scene first;
    first.preview.meta.kind = u"lets-encrypt"_s;
    m_fixture.show(first);
    m_fixture.click("overviewAddAuthority");
    m_fixture.type("authorityDirectoryUrl", u"https://ca.example/acme/directory"_s);
    m_fixture.click("authorityCheckButton");
    m_fixture.click("authorityAddButton");
    QVERIFY(!m_fixture.find("registerContacts")->isEnabled());
    QVERIFY(noteOf(u"contacts"_s).contains(u"keeps no contacts"_s));
    QVERIFY(m_fixture.find("registerKeyType")->hasFocus());
    m_fixture.click("registerButton");
    QCOMPARE(scene().registeredAccount->contacts, QStringList());
}

void MainWindowTest::offersTheFirstCertificateOnceAnAuthorityIsKnown()
{
    m_fixture.show({});
    QVERIFY(m_fixture.find("overviewAddAuthority")->isVisible());
    m_fixture.close();
    support::Scene known;
    known.authorities = sampleScene().authorities;
    m_fixture.show(known);
    QVERIFY(!m_fixture.find("overviewAddAuthority")->isVisible());
    m_fixture.click("overviewFirstCertificate");
    QVERIFY(m_fixture.find("newCertificateNames")->isVisible());
}

void MainWindowTest::addsWhatAFingerprintLedTo()
{
    support::Scene stepCa;
    stepCa.preview.rootSubjects = {u"CN=Smallstep Root"_s};
    stepCa.preview.rootFingerprints = {QString(64, u'a')};
    stepCa.preview.details.directoryUrl = u"https://step.corp.example/acme/acme/directory"_s;
    stepCa.preview.details.rootsPem = "the root that was fetched";
    m_fixture.show(stepCa);
    m_fixture.window().navigator().addAuthority();
    auto* preset = m_fixture.find<QComboBox>("authorityPreset");
    preset->setCurrentIndex(preset->findText(u"step-ca"_s));
    Q_EMIT preset->activated(preset->currentIndex());
    QVERIFY(m_fixture.find("authorityRootFingerprint")->isVisible());
    m_fixture.type("authorityDirectoryUrl", u"step.corp.example"_s);
    m_fixture.click("authorityCheckButton");
    QVERIFY(noteOf(u"root"_s).contains(u"fingerprint"_s));
    m_fixture.type("authorityRootFingerprint", u"AA:BB"_s);
    m_fixture.click("authorityCheckButton");
    QCOMPARE(scene().previewedAuthority->directoryUrl, u"https://step.corp.example"_s);
    QCOMPARE(scene().previewedAuthority->rootFingerprint, u"AA:BB"_s);
    QVERIFY(m_fixture.find("authorityPreview")->isVisible());
    m_fixture.click("authorityAddButton");
    QCOMPARE(scene().addedAuthority->directoryUrl, stepCa.preview.details.directoryUrl);
    QCOMPARE(scene().addedAuthority->rootsPem, stepCa.preview.details.rootsPem);
    QVERIFY(scene().addedAuthority->rootFingerprint.isEmpty());
    QCOMPARE(scene().addedAuthority->name, u"step-ca"_s);
}

void MainWindowTest::stopsACheckAndARegistrationOnRequest()
{
    support::Scene silent = sampleScene();
    silent.neverAnswers = {u"previewAuthority"_s, u"registerAccount"_s};
    m_fixture.show(silent);
    m_fixture.window().navigator().addAuthority();
    m_fixture.type("authorityDirectoryUrl", u"https://ca.example/"_s);
    m_fixture.click("authorityCheckButton");
    QVERIFY(!m_fixture.find("authorityCheckButton")->isEnabled());
    QCOMPARE(m_fixture.find<QPushButton>("authorityCancelButton")->text(), u"&Stop"_s);
    QVERIFY(m_fixture.find("authorityCancelButton")->hasFocus());
    QVERIFY(!m_fixture.find("authorityDirectoryUrl")->isEnabled());
    m_fixture.click("authorityCancelButton");
    QTRY_VERIFY(m_fixture.find("authorityCheckButton")->isEnabled());
    QVERIFY(m_fixture.find("authorityCheckButton")->hasFocus());
    QVERIFY(m_fixture.find<ui::Banner>("authorityBanner")->text().contains(u"stopped"_s));
    QCOMPARE(m_fixture.find<QPushButton>("authorityCancelButton")->text(), u"Ca&ncel"_s);

    m_fixture.window().showScreen(ui::ScreenId::Accounts);
    m_fixture.click("registerAccountButton");
    m_fixture.find<QCheckBox>("registerTerms")->setChecked(true);
    m_fixture.click("registerButton");
    QVERIFY(!m_fixture.find("registerButton")->isEnabled());
    m_fixture.click("registerCancelButton");
    QTRY_VERIFY(m_fixture.find("registerButton")->isEnabled());
    QVERIFY(m_fixture.find<ui::Banner>("registerBanner")->text().contains(u"stopped"_s));
}

void MainWindowTest::showsAnErrorBesideTheFieldItNames()
{
    support::Scene refusing = sampleScene();
    refusing.errors.insert(
        u"previewAuthority"_s,
        base::Error(base::ErrorCode::InvalidInput, u"this is no ACME directory"_s).about(u"directoryUrl"_s));
    m_fixture.show(refusing);
    m_fixture.window().navigator().addAuthority();
    m_fixture.type("authorityDirectoryUrl", u"https://ca.example/"_s);
    m_fixture.click("authorityCheckButton");
    QVERIFY(noteOf(u"directoryUrl"_s).contains(u"this is no ACME directory"_s));
    QVERIFY(m_fixture.find("authorityDirectoryUrl")->hasFocus());
    QVERIFY(m_fixture.find("authorityDirectoryUrl")->accessibleDescription().contains(u"no ACME directory"_s));
    QVERIFY(!m_fixture.find("authorityAddButton")->isEnabled());
}

void MainWindowTest::asksInPlaceWhetherToDecodeAKeyOnceMore()
{
    support::Scene twice = sampleScene();
    twice.eabKeyLooksEncodedTwice = true;
    m_fixture.show(twice);
    m_fixture.showCredentials();
    m_fixture.click("addCredentialButton");
    m_fixture.type("credentialKid", u"kid-9"_s);
    m_fixture.type("credentialKey", u"WlhoaGJYQnNaUT09"_s);
    m_fixture.click("credentialAddButton");
    QVERIFY(m_fixture.find("credentialQuestion")->isVisible());
    QVERIFY(!scene().addedCredential->decodeOnceMore.has_value());
    m_fixture.click("credentialDecodeAgain");
    QCOMPARE(scene().addedCredential->decodeOnceMore, std::optional<bool>(true));
    QVERIFY(m_fixture.find("credentialList")->isVisible());
    QVERIFY(m_fixture.find<QLineEdit>("credentialKey")->text().isEmpty());
}

void MainWindowTest::checksNamesWhileTheyAreTyped()
{
    m_fixture.show(sampleScene());
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    m_fixture.type("newCertificateNames", u"good.example bad..example"_s);
    QVERIFY(noteOf(u"names"_s).contains(u"bad..example"_s));
    m_fixture.find<QPlainTextEdit>("newCertificateNames")->setPlainText(u"good.example\n10.0.0.1"_s);
    QVERIFY(!noteOf(u"names"_s).contains(u"✗"_s));
    m_fixture.find<QLineEdit>("proofListenAddress")->setText(u"port eighty"_s);
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"ADDRESS:PORT"_s));
    QVERIFY(!scene().placedOrder);
}

void MainWindowTest::placesTheOrderThatWasEntered()
{
    m_fixture.show(sampleScene());
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    m_fixture.type("newCertificateNames", u"www.corp.example *.corp.example"_s);
    m_fixture.find<QLineEdit>("proofListenAddress")->setText(u"127.0.0.1:5002"_s);
    m_fixture.click("newCertificateAdvanced");
    m_fixture.find<QComboBox>("newCertificateProfile")->setCurrentIndex(1);
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QCOMPARE(base::identifierValues(scene().placedOrder->names),
             QStringList({u"www.corp.example"_s, u"*.corp.example"_s}));
    QCOMPARE(scene().placedOrder->accountId, u"c1"_s);
    QCOMPARE(scene().placedOrder->proof.listenAddress, u"127.0.0.1:5002"_s);
    QCOMPARE(scene().placedOrder->profile, u"short"_s);
    QVERIFY(m_fixture.find("orderProgress")->isVisible());
}

void MainWindowTest::provesByTheTlsResponder()
{
    m_fixture.show(sampleScene());
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    auto* way = m_fixture.find<QComboBox>("proofWay");
    way->setCurrentIndex(way->findData(u"tls-alpn"_s));
    WindowFixture::settle();
    QVERIFY(noteOf(u"proof"_s).contains(u"443"_s));
    auto* address = m_fixture.find<QLineEdit>("proofTlsListenAddress");
    QVERIFY(address->isVisible() && !m_fixture.find("proofListenAddress")->isVisible());
    address->setText(u"nowhere"_s);
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"0.0.0.0:443"_s));
    address->setText(u"127.0.0.1:5001"_s);
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QVERIFY(scene().placedOrder->proof == challenge::ProofSettings::tlsAlpn01Listening(u"127.0.0.1:5001"_s));
}

void MainWindowTest::saysWhereThePortCannotBeBound()
{
    support::Scene taken = sampleScene();
    taken.errors.insert(
        u"placeOrder"_s,
        base::Error(base::ErrorCode::AddressInUse, u"0.0.0.0:80 is held by nginx"_s).about(u"listenAddress"_s));
    m_fixture.show(taken);
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"held by nginx"_s));
    QVERIFY(m_fixture.find<ui::Banner>("newCertificateBanner")->text().contains(u"webroot"_s));
    QVERIFY(m_fixture.find("issueButton")->isEnabled());
}

void MainWindowTest::provesNamesByADnsServerThatIsSetUp()
{
    openDnsProof(sampleScene());
    QVERIFY(noteOf(u"proof"_s).contains(u"TXT"_s));
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QCOMPARE(scene().placedOrder->proof.challengeType, u"dns-01"_s);
    QCOMPARE(scene().placedOrder->proof.solverId, u"s1"_s);
    QVERIFY(!scene().putSolver);
    // the next order proposes the same
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    QCOMPARE(m_fixture.find<QComboBox>("proofWay")->currentData().toString(), u"dns"_s);
}

void MainWindowTest::setsADnsServerUpWithTheOrder()
{
    support::Scene none = sampleScene();
    none.solvers.clear();
    openDnsProof(none);
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"key"_s));
    QVERIFY(!scene().placedOrder);
    m_fixture.type("proofDnsServer", u"ns1.corp.example"_s);
    m_fixture.type("proofTsigFile", u"/etc/acme.key"_s);
    // to check the names it is tried out and not stored
    m_fixture.click("nameCheck");
    QVERIFY(scene().checkRequest && scene().checkRequest->newSolver);
    QCOMPARE(scene().checkRequest->newSolver->server, u"ns1.corp.example"_s);
    QCOMPARE(scene().checkRequest->proof.challengeType, u"dns-01"_s);
    QVERIFY(!scene().putSolver);
    m_fixture.click("issueButton");
    QVERIFY(scene().putSolver);
    QCOMPARE(scene().putSolver->server, u"ns1.corp.example"_s);
    QCOMPARE(scene().putSolver->keyFilePath, u"/etc/acme.key"_s);
    QVERIFY(scene().placedOrder);
    QCOMPARE(scene().placedOrder->proof.solverId, u"s9"_s);
}

void MainWindowTest::saysWhyADnsServerCannotProveAName()
{
    support::Scene refusing = sampleScene();
    refusing.errors.insert(u"placeOrder"_s,
                           base::Error(base::ErrorCode::Rejected, u"it holds another secret (BADSIG)"_s)
                               .during(u"the DNS server 192.0.2.53:53")
                               .about(u"solver"_s));
    openDnsProof(refusing);
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"192.0.2.53:53"_s));
    QVERIFY(noteOf(u"proof"_s).contains(u"BADSIG"_s));
    QVERIFY(m_fixture.find("issueButton")->isEnabled());
}

void MainWindowTest::provesNamesByAFolderOnAnotherHost()
{
    m_fixture.show(sampleScene());
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    m_fixture.type("newCertificateNames", u"www.corp.example"_s);
    auto* way = m_fixture.find<QComboBox>("proofWay");
    way->setCurrentIndex(way->findData(u"remoteWebroot"_s));
    WindowFixture::settle();
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"host"_s));
    m_fixture.type("proofRemoteHost", u"web-01"_s);
    m_fixture.type("proofRemoteFolder", u"www"_s);
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"/var/www/html"_s));
    QVERIFY(!scene().placedOrder);
    m_fixture.find<QLineEdit>("proofRemoteFolder")->setText(u"/srv/www"_s);
    scene().errors.insert(
        u"placeOrder"_s,
        base::Error(base::ErrorCode::File, u"the host key of web-01 is not in known_hosts"_s).about(u"webrootHost"_s));
    m_fixture.click("issueButton");
    QVERIFY(noteOf(u"proof"_s).contains(u"known_hosts"_s));
    scene().errors.clear();
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder->proof == challenge::ProofSettings::http01Remote(u"web-01"_s, u"/srv/www"_s));
}

void MainWindowTest::openDnsProof(const support::Scene& played)
{
    m_fixture.show(played);
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    m_fixture.type("newCertificateNames", u"www.corp.example *.corp.example"_s);
    auto* way = m_fixture.find<QComboBox>("proofWay");
    way->setCurrentIndex(way->findData(u"dns"_s));
    WindowFixture::settle();
}

void MainWindowTest::showsWhatTheAuthorityRefusedWithOneNextStep()
{
    m_fixture.show(sampleScene());
    m_fixture.window().navigator().showOrder(u"o2"_s);
    WindowFixture::settle();
    const QString told = m_fixture.find<ui::Banner>("orderBanner")->text();
    QVERIFY(told.contains(u"Connection refused"_s));
    QVERIFY(told.contains(u"could not connect"_s));
    auto* tree = m_fixture.find<QTreeView>("orderProgress");
    const QModelIndex failed = tree->model()->index(1, 0);
    QCOMPARE(failed.data().toString(), u"api.corp.example"_s);
    QVERIFY(tree->isExpanded(failed));
    QVERIFY(!tree->isExpanded(tree->model()->index(2, 0)));
    tree->setCurrentIndex(tree->model()->index(0, 0, failed));
    QVERIFY(m_fixture.find<QPlainTextEdit>("problemDocument")
                ->toPlainText()
                .contains(u"urn:ietf:params:acme:error:connection"_s));
    QVERIFY(!m_fixture.find("orderCheckNow")->isVisible());
}

void MainWindowTest::addsEventsToARunningOrderAsTheyCome()
{
    m_fixture.show(sampleScene());
    m_fixture.window().navigator().showOrder(u"o1"_s);
    WindowFixture::settle();
    auto* tree = m_fixture.find<QTreeView>("orderProgress");
    QCOMPARE(tree->model()->rowCount(), 4);
    lifecycle::OrderEvent finalize;
    finalize.orderId = u"o1"_s;
    finalize.sequence = 100;
    finalize.subject = lifecycle::OrderEvent::Subject::Finalize;
    finalize.state = u"processing"_s;
    lifecycle::OrderEvent foreign = finalize;
    foreign.orderId = u"another"_s;
    foreign.sequence = 101;
    foreign.subject = lifecycle::OrderEvent::Subject::Download;
    Q_EMIT m_fixture.facade().ordersAdvanced({finalize, foreign});
    QCOMPARE(tree->model()->rowCount(), 5);
    m_fixture.click("orderCheckNow");
    QVERIFY(scene().calls.contains(u"checkOrderNow"_s));
}

void MainWindowTest::hidesExpiredAndRevokedOnesWithTheirCount()
{
    m_fixture.show(sampleScene());
    m_fixture.window().showScreen(ui::ScreenId::Certificates);
    WindowFixture::settle();
    auto* list = m_fixture.find<QTreeView>("certificateList");
    QCOMPARE(list->model()->rowCount(), 4);
    QVERIFY(m_fixture.find("certificateSearch")->hasFocus());
    QVERIFY(m_fixture.find<QPushButton>("showRetired")->text().startsWith(u"2 "_s));
    m_fixture.click("showRetired");
    QCOMPARE(list->model()->rowCount(), 6);
    m_fixture.type("certificateSearch", u"nowhere"_s);
    QTest::keyClick(m_fixture.find("certificateSearch"), Qt::Key_Return);
    QTRY_VERIFY(m_fixture.find("clearSearch")->isVisible());
    m_fixture.click("clearSearch");
    QTRY_COMPARE(list->model()->rowCount(), 6);
}

void MainWindowTest::asksInPlaceBeforeOverwriting()
{
    support::Scene existing = sampleScene();
    existing.errors.insert(u"exportCertificate"_s, base::Error(base::ErrorCode::AlreadyExists, u"it is there"_s));
    m_fixture.show(existing);
    m_fixture.window().showScreen(ui::ScreenId::Certificates);
    WindowFixture::settle();
    m_fixture.click("exportButton");
    QVERIFY(dialog("exportDialog"));
    QVERIFY(m_fixture.find<QLineEdit>("exportPath")->text().endsWith(u"www.corp.example-fullchain.pem"_s));
    m_fixture.click("exportConfirm");
    QVERIFY(!scene().exportRequest->overwrite);
    QVERIFY(m_fixture.find<ui::Banner>("exportBanner")->isVisible());
    m_fixture.click("exportBannerAction");
    QVERIFY(scene().exportRequest->overwrite);
    QTRY_VERIFY(!dialog("exportDialog"));
}

void MainWindowTest::namesTheCertificateOnTheButtonThatRevokesIt()
{
    m_fixture.show(sampleScene());
    m_fixture.window().showScreen(ui::ScreenId::Certificates);
    WindowFixture::settle();
    m_fixture.click("revokeButton");
    QVERIFY(dialog("revokeDialog"));
    QVERIFY(m_fixture.find<QPushButton>("revokeConfirm")->text().contains(u"www.corp.example"_s));
    QVERIFY(m_fixture.find<QLabel>("revokeConsequences")->text().contains(u"4F2A9C77D01B3E55"_s));
    auto* reason = m_fixture.find<QComboBox>("revokeReason");
    reason->setCurrentIndex(reason->findData(4));
    m_fixture.type("revokeNote", u"replaced"_s);
    m_fixture.click("revokeConfirm");
    QCOMPARE(scene().revokeRequest->reason, 4);
    QCOMPARE(scene().revokeRequest->note, u"replaced"_s);
    QVERIFY(!scene().revokeRequest->withCertificateKey);
    QTRY_VERIFY(!dialog("revokeDialog"));
}

void MainWindowTest::goesToEveryScreenByKeyboard()
{
    m_fixture.show(sampleScene());
    auto* screens = m_fixture.find<QStackedWidget>("screens");
    for (int index = screens->count() - 1; index >= 0; --index) {
        QTest::keyClick(&m_fixture.window(), static_cast<Qt::Key>(Qt::Key_1 + index), Qt::ControlModifier);
        QCOMPARE(screens->currentIndex(), index);
    }
    QTest::keyClick(&m_fixture.window(), Qt::Key_N, Qt::ControlModifier);
    WindowFixture::settle();
    QVERIFY(m_fixture.find("newCertificateNames")->hasFocus());
}

void MainWindowTest::minimizesWhereThereIsNoTray()
{
    m_fixture.show(sampleScene());
    m_fixture.window().setTrayAvailable(false);
    m_fixture.window().close();
    QVERIFY(m_fixture.window().isVisible());
    QVERIFY(!m_fixture.window().isMinimized());
    QVERIFY(m_fixture.find<ui::Banner>("banner")->text().contains(u"no tray"_s));
    m_fixture.window().close();
    QVERIFY(m_fixture.window().isMinimized());
    QSignalSpy quits(&m_fixture.window(), &ui::MainWindow::quitRequested);
    m_fixture.window().raiseAgain();
    m_fixture.click("bannerAction");
    QCOMPARE(quits.size(), 1);
}

void MainWindowTest::locksTheWindowWithTheVault()
{
    m_fixture.show(sampleScene());
    m_fixture.window().showScreen(ui::ScreenId::Settings);
    WindowFixture::settle();
    m_fixture.click("lockVaultButton");
    QVERIFY(m_fixture.find("vaultPassphrase")->isVisible());
    QVERIFY(!m_fixture.find("sidebarList")->isVisible());
}

void MainWindowTest::staysLockedUntilTheKeyringIsAskedFor()
{
    support::Scene played = sampleScene();
    played.vault.slotKinds = {lifecycle::SlotKind::Keyring};
    m_fixture.show(played);
    m_fixture.window().showScreen(ui::ScreenId::Settings);
    m_fixture.click("lockVaultButton");
    QVERIFY(!m_fixture.find("sidebarList")->isVisible());
    QVERIFY(!scene().calls.contains(u"unlockVaultFromKeyring"_s));
    QVERIFY(!m_fixture.find("vaultPassphrase")->isVisible()); // none opens it
    m_fixture.click("vaultKeyring");
    QVERIFY(m_fixture.find("sidebarList")->isVisible());
    scene().vault.slotKinds += lifecycle::SlotKind::Passphrase;
    m_fixture.click("lockVaultButton");
    QVERIFY(m_fixture.find("vaultPassphrase")->isVisible());
    QVERIFY(m_fixture.find("vaultKeyring")->isVisible());
}

void MainWindowTest::keepsTheButtonUnderTheKeyboardOnOverview()
{
    m_fixture.show(sampleScene());
    const QPointer<QWidget> button = m_fixture.find("needsYou_o2");
    button->setFocus();
    lifecycle::OrderDetails another = scene().orders.at(1);
    another.record.id = u"o9"_s;
    another.record.request.certificateId = u"cert-o9"_s;
    scene().orders.prepend(another);
    Q_EMIT m_fixture.facade().changed(lifecycle::Change::Orders);
    WindowFixture::settle();
    QVERIFY(m_fixture.find("needsYou_o9")->isVisible());
    QVERIFY(button && button->hasFocus());
    QVERIFY(m_fixture.find("needsYou_o9")->mapTo(&m_fixture.window(), QPoint()).y()
            < button->mapTo(&m_fixture.window(), QPoint()).y());
    scene().orders.removeIf([](const lifecycle::OrderDetails& order) { return order.record.id == u"o2"_s; });
    Q_EMIT m_fixture.facade().changed(lifecycle::Change::Orders);
    WindowFixture::settle();
    QVERIFY(!button);
}

void MainWindowTest::startsOnePracticeAuthorityAtATime()
{
    m_fixture.show(sampleScene());
    const auto asked = [] { return scene().calls.count(u"startPracticeAuthority"_s); };
    scene().held = {u"startPracticeAuthority"_s};
    for (int click = 0; click < 2; ++click)
        m_fixture.window().navigator().startPractice();
    QCOMPARE(asked(), 1);
    support::answerHeld();
    m_fixture.window().navigator().startPractice();
    QCOMPARE(asked(), 2);
}

void MainWindowTest::acceptsANewRootOnlyAfterItsFingerprintWasCompared()
{
    const support::Scene stopped = support::stoppedScene(true);
    m_fixture.show(stopped);
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    QVERIFY(m_fixture.find("rootComparison")->isVisible());
    QVERIFY(!m_fixture.find("acceptRootAsWell")->isEnabled());
    QVERIFY(!m_fixture.find("acceptRootInstead")->isEnabled());
    m_fixture.find<QCheckBox>("rootCompared")->setChecked(true);
    m_fixture.find<QPushButton>("acceptRootAsWell")->click();
    WindowFixture::settle();
    QVERIFY(scene().rootChange);
    QCOMPARE(scene().rootChange->kind, lifecycle::RootChange::Kind::Add);
    const auto shown = lifecycle::compareRoots({}, stopped.conditions.first().servedPem);
    QCOMPARE(scene().rootChange->pem, shown.servedRoot->pem);
    QVERIFY(!m_fixture.find("rootComparison")->isVisible());
}

void MainWindowTest::takesTheRootThatAServerKeepsToItself()
{
    m_fixture.show(support::stoppedScene(false));
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.find<QCheckBox>("rootCompared")->setChecked(true);
    QVERIFY(!m_fixture.find("acceptRootInstead")->isEnabled());
    m_fixture.find<QPlainTextEdit>("newRootText")->setPlainText(u"70:AD"_s);
    m_fixture.find<QPushButton>("acceptRootInstead")->click();
    WindowFixture::settle();
    QCOMPARE(scene().rootChange->kind, lifecycle::RootChange::Kind::Replace);
    QCOMPARE(scene().rootChange->fingerprint, u"70:AD"_s);
}

void MainWindowTest::changesAnAuthorityAndKeepsThePasswordOfItsProxyInTheVault()
{
    m_fixture.show(sampleScene());
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.click("authorityChange");
    m_fixture.find<QLineEdit>("authorityProxy")->setText(u"http://proxy:3128"_s);
    m_fixture.find<QLineEdit>("authorityProxyUser")->setText(u"renewals"_s);
    m_fixture.find<QLineEdit>("authorityProxyPassword")->setText(u"secret"_s);
    m_fixture.find<QLineEdit>("authorityResolvers")->setText(u"10.0.0.53 10.0.1.53:5353"_s);
    m_fixture.find<QPushButton>("authorityCheckButton")->click();
    WindowFixture::settle();
    QVERIFY(scene().previewedAuthority);
    QCOMPARE(scene().previewedAuthority->proxy, u"http://proxy:3128"_s);
    QCOMPARE(scene().previewedAuthority->proxyCredentials->view(), "renewals:secret");
    QCOMPARE(scene().previewedAuthority->resolvers, QStringList({u"10.0.0.53"_s, u"10.0.1.53:5353"_s}));
    m_fixture.find<QPushButton>("authorityAddButton")->click();
    WindowFixture::settle();
    QVERIFY(scene().calls.contains(u"updateAuthority"_s));
    QVERIFY(!scene().calls.contains(u"addAuthority"_s));
    QVERIFY(m_fixture.find<QLineEdit>("authorityProxyPassword")->text().isEmpty());
}

void MainWindowTest::stopsSavingAnAuthorityOnRequest()
{
    support::Scene silent = sampleScene();
    silent.neverAnswers = {u"updateAuthority"_s};
    m_fixture.show(silent);
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.click("authorityChange");
    m_fixture.find<QPushButton>("authorityCheckButton")->click();
    WindowFixture::settle();
    m_fixture.find<QPushButton>("authorityAddButton")->click();
    WindowFixture::settle();
    QVERIFY(!m_fixture.find("authorityAddButton")->isEnabled());
    m_fixture.find<QPushButton>("authorityCancelButton")->click();
    QTRY_VERIFY(m_fixture.find<ui::Banner>("authorityBanner")->text().contains(u"stopped"_s));
    QVERIFY(m_fixture.find("authorityAddButton")->isEnabled());
}

void MainWindowTest::looksAtAnAuthorityBeforeItReadsItsDirectoryAgain_data()
{
    QTest::addColumn<bool>("answers");
    QTest::newRow("it answers") << true;
    QTest::newRow("it does not") << false;
}

void MainWindowTest::looksAtAnAuthorityBeforeItReadsItsDirectoryAgain()
{
    QFETCH(bool, answers);
    support::Scene looked = sampleScene();
    if (!answers)
        looked.conditions.first().error = base::Error(base::ErrorCode::Timeout, u"too late"_s);
    m_fixture.show(looked);
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.click("authorityCheckAgain");
    const QString told = m_fixture.find<ui::Banner>("authoritiesBanner")->text();
    QCOMPARE(scene().calls.count(u"checkAuthority"_s), 1);
    QCOMPARE(scene().calls.count(u"refreshAuthority"_s), answers ? 1 : 0);
    QVERIFY(scene().calls.lastIndexOf(u"refreshAuthority"_s) == -1
            || scene().calls.indexOf(u"refreshAuthority"_s) > scene().calls.indexOf(u"checkAuthority"_s));
    QCOMPARE(told.contains(u"answered"_s), answers);
}

void MainWindowTest::tellsBesideTheProxyWhatIsWrongWithItsCredentials()
{
    support::Scene refusing = sampleScene();
    refusing.errors.insert(u"previewAuthority"_s,
                           base::Error(base::ErrorCode::Network, u"refused"_s).about(u"proxyCredentials"_s));
    m_fixture.show(refusing);
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.click("authorityChange");
    m_fixture.find<QLineEdit>("authorityProxy")->setText(u"http://proxy:3128"_s);
    m_fixture.find<QLineEdit>("authorityProxyPassword")->setText(u"secret"_s);
    m_fixture.find<QPushButton>("authorityCheckButton")->click();
    QVERIFY(noteOf(u"proxy"_s).contains(u"user name that belongs to the password"_s));
    QVERIFY(!scene().previewedAuthority);
    m_fixture.find<QLineEdit>("authorityProxyUser")->setText(u"renewals"_s);
    m_fixture.find<QPushButton>("authorityCheckButton")->click();
    WindowFixture::settle();
    QVERIFY(scene().previewedAuthority);
    QVERIFY(noteOf(u"proxy"_s).contains(u"✗"_s));
    QVERIFY(!noteOf(u"proxy"_s).contains(u"belongs to"_s));
}

void MainWindowTest::reissuesWhatIsChosenOrHasATag()
{
    m_fixture.show(support::rotationScene());
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.click("authorityRoots");
    auto* list = m_fixture.find<QTreeView>("rootCertificates");
    QVERIFY(!m_fixture.find("reissueSelected")->isEnabled());
    list->selectionModel()->select(list->model()->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    m_fixture.click("reissueSelected");
    QCOMPARE(scene().reissued, QStringList(scene().certificates.at(1).row.id));
    m_fixture.type("rotationTag", u"web"_s);
    QTest::keyClick(m_fixture.find("rotationTag"), Qt::Key_Return);
    WindowFixture::settle();
    QCOMPARE(list->model()->rowCount(), 1);
    m_fixture.click("reissueAll");
    QCOMPARE(scene().rootQuery->tag, u"web"_s);
    QCOMPARE(scene().rootQuery->root, scene().rootUses.first().root);
    QVERIFY(m_fixture.find<ui::Banner>("rotationBanner")->text().contains(u"3 certificates"_s));
}

void MainWindowTest::followsARenamedAuthorityOnlyAfterShowingWhatThatDoes()
{
    m_fixture.show(support::rotationScene());
    m_fixture.window().showScreen(ui::ScreenId::Authorities);
    WindowFixture::settle();
    m_fixture.click("authorityRebind");
    QVERIFY(!m_fixture.find("rebindFollow")->isEnabled());
    m_fixture.find<QLineEdit>("rebindUrl")->setText(u"https://pki.corp.example/acme/acme/directory"_s);
    m_fixture.click("rebindAsk");
    QCOMPARE(m_fixture.find<QTreeView>("rebindPlan")->model()->rowCount(), 3);
    QVERIFY(!scene().calls.contains(u"rebind"_s));
    m_fixture.click("rebindFollow");
    QVERIFY(scene().calls.contains(u"rebind"_s));
    QCOMPARE(scene().rebindRequest->directoryUrl, u"https://pki.corp.example/acme/acme/directory"_s);
    QVERIFY(m_fixture.find("authorityList")->isVisible());
}

SEALWRIGHT_WINDOW_TEST(MainWindowTest)

} // namespace tst_main_window

#include "tst_main_window.moc"
