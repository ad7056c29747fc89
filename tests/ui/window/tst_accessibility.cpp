// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credentials_pane.h"
#include "ui/common/look.h"
#include "ui/common/severity.h"
#include "ui/common/translation.h"
#include "ui/support/visible_controls.h"
#include "ui/window/window_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QScrollArea>
#include <QTreeView>

#include <cmath>

using namespace Qt::StringLiterals;
using support::sampleScene;

namespace {

/// As somebody does who looks for it further down.
void scrollTo(QWidget* widget)
{
    QWidget* above = widget->parentWidget();
    while (above && !qobject_cast<QScrollArea*>(above))
        above = above->parentWidget();
    if (above)
        static_cast<QScrollArea*>(above)->ensureWidgetVisible(widget);
}

double linear(double part)
{
    return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// The contrast ratio of WCAG 2.1.
double contrast(const QColor& left, const QColor& right)
{
    const double a = luminance(left);
    const double b = luminance(right);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_fixture.close(); }
    void everyScreenCanBeUsedByKeyboardAndReadAloud_data();
    void everyScreenCanBeUsedByKeyboardAndReadAloud();
    void statusColoursAreReadable_data();
    void statusColoursAreReadable();

private:
    void open(const QString& page);
    void openAccount(const QString& page);
    void enterAStepCa();
    void importAFile();
    support::WindowFixture m_fixture;
};

void AccessibilityTest::initTestCase()
{
    ui::installTranslation(*qApp);
}

void AccessibilityTest::open(const QString& page)
{
    ui::Navigator& navigator = m_fixture.window().navigator();
    const QStringList screens {u"overview"_s,    u"certificates"_s, u"orders"_s,  u"accounts"_s,
                               u"authorities"_s, u"activity"_s,     u"settings"_s};
    const QString screen = page == u"overview-first" ? u"overview"_s : page;
    if (const auto index = screens.indexOf(screen); index >= 0)
        m_fixture.window().showScreen(static_cast<ui::ScreenId>(index));
    else if (page.startsWith(u"authorities-"_s) || page == u"issuance-policy")
        m_fixture.window().showScreen(ui::ScreenId::Authorities);
    else if (page.startsWith(u"add-authority"_s))
        navigator.addAuthority();
    else if (page.startsWith(u"register-account"_s))
        navigator.registerAccount(u"a1"_s);
    else if (page.startsWith(u"new-certificate"_s))
        navigator.newCertificate(u"a1"_s);
    else if (page == u"running-order")
        navigator.showOrder(u"o1"_s);
    else if (page == u"failed-order")
        navigator.showOrder(u"o2"_s);
    support::WindowFixture::settle();
    if (page.contains(u"credential"_s))
        m_fixture.showCredentials();
    if (page == u"new-certificate-warnings")
        m_fixture.type("newCertificateNames", u"db.corp.example"_s);
    if (page.startsWith(u"account-"_s))
        openAccount(page);
    if (page.endsWith(u"-dialog"_s))
        navigator.show(ui::ScreenId::Certificates);
    support::WindowFixture::settle();
    if (page.startsWith(u"new-certificate-"_s))
        m_fixture.click("newCertificateAdvanced");
    if (page == u"new-certificate-request")
        m_fixture.find<QComboBox>("optionsKeySource")->setCurrentIndex(1);
    if (page == u"fresh-csr-dialog") {
        support::scene().errors.insert(u"renewCertificate"_s,
                                       base::Error(base::ErrorCode::InvalidInput, u"bring one"_s).about(u"csr"_s));
        m_fixture.click("renewButton");
    }
    if (page.endsWith(u"export-dialog"_s))
        m_fixture.click("exportButton");
    if (page.endsWith(u"revoke-dialog"_s))
        m_fixture.click("revokeButton");
    if (page == u"vault-gate")
        m_fixture.facade().lockVault();
    support::WindowFixture::settle();
    if (page == u"authorities-change")
        m_fixture.click("authorityChange");
    if (page == u"authorities-roots")
        m_fixture.click("authorityRoots");
    if (page == u"authorities-renamed") {
        m_fixture.click("authorityRebind");
        m_fixture.click("rebindAsk");
    }
    if (page.startsWith(u"new-certificate-dns"_s))
        m_fixture.find<QComboBox>("proofWay")->setCurrentIndex(2);
    if (page == u"new-certificate-dns-server")
        m_fixture.find<QComboBox>("proofSolver")->setCurrentIndex(1);
    if (page == u"add-credential")
        m_fixture.click("addCredentialButton");
    if (page == u"credential")
        m_fixture.find<QTreeView>("credentialList")->setFocus();
    if (page == u"credential")
        QTest::keyClick(m_fixture.find("credentialList"), Qt::Key_Down);
    if (page == u"issuance-policy")
        scrollTo(m_fixture.find("policyAllowed"));
    support::WindowFixture::settle();
    if (page == u"import-credentials")
        importAFile();
    if (page.startsWith(u"register-credentials"_s))
        m_fixture.click("registerCredentialsButton");
    if (page == u"register-credentials-done")
        m_fixture.click("bulkStart");
    if (page == u"new-certificate-warnings")
        QTRY_VERIFY(m_fixture.find("nameWarnings")->isVisible());
    if (page.startsWith(u"add-authority-"_s))
        enterAStepCa();
    if (page == u"register-account-running") {
        support::scene().neverAnswers += u"registerAccount"_s;
        m_fixture.find<QCheckBox>("registerTerms")->setChecked(true);
        m_fixture.click("registerButton");
    }
    if (page == u"add-authority-running")
        support::scene().neverAnswers += u"previewAuthority"_s;
    if (page.startsWith(u"add-authority-"_s))
        m_fixture.click("authorityCheckButton");
}

void AccessibilityTest::importAFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"credentials.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("kid,key\n") > 0);
    file.close();
    m_fixture.window().findChild<ui::CredentialsPane*>()->importFile(file.fileName());
    support::WindowFixture::settle();
}

void AccessibilityTest::openAccount(const QString& page)
{
    m_fixture.window().showScreen(ui::ScreenId::Accounts);
    support::WindowFixture::settle();
    if (page == u"account-import") {
        m_fixture.click("importAccountsButton");
        m_fixture.type("importPath", u"/etc/letsencrypt"_s);
        return m_fixture.click("importLookButton");
    }
    if (page == u"account-key-running")
        support::scene().neverAnswers += u"rollOverAccountKey"_s;
    if (page.startsWith(u"account-key"_s))
        m_fixture.click("accountKeyButton");
    if (page == u"account-key-running")
        m_fixture.click("keyChangeStart");
    if (page == u"account-contacts")
        m_fixture.click("accountContactsButton");
    if (page == u"account-orders")
        m_fixture.click("accountOrdersButton");
    if (page == u"account-deactivate")
        m_fixture.click("accountDeactivateButton");
}

void AccessibilityTest::enterAStepCa()
{
    auto* preset = m_fixture.find<QComboBox>("authorityPreset");
    preset->setCurrentIndex(preset->findText(u"step-ca"_s));
    Q_EMIT preset->activated(preset->currentIndex());
    m_fixture.type("authorityDirectoryUrl", u"step.corp.example"_s);
    m_fixture.type("authorityRootFingerprint", u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s);
}

void AccessibilityTest::everyScreenCanBeUsedByKeyboardAndReadAloud_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("empty");
    for (const char* page : {"overview",
                             "certificates",
                             "orders",
                             "accounts",
                             "authorities",
                             "authorities-stopped",
                             "authorities-stopped-rootless",
                             "authorities-change",
                             "authorities-roots",
                             "authorities-renamed",
                             "activity",
                             "settings",
                             "add-authority",
                             "add-authority-checked",
                             "add-authority-running",
                             "register-account",
                             "register-account-running",
                             "overview-first",
                             "add-credential",
                             "credential",
                             "import-credentials",
                             "register-credentials",
                             "register-credentials-done",
                             "new-certificate-warnings",
                             "issuance-policy",
                             "account-key",
                             "account-key-running",
                             "account-key-unfinished",
                             "account-contacts",
                             "account-orders",
                             "account-deactivate",
                             "account-import",
                             "new-certificate",
                             "new-certificate-options",
                             "new-certificate-request",
                             "fresh-csr-dialog",
                             "new-certificate-dns",
                             "new-certificate-dns-server",
                             "running-order",
                             "failed-order",
                             "export-dialog",
                             "revoke-dialog",
                             "versions-export-dialog",
                             "versions-revoke-dialog",
                             "vault-gate"}) {
        QTest::addRow("%s-light", page) << QString::fromLatin1(page) << false << false;
        QTest::addRow("%s-dark", page) << QString::fromLatin1(page) << true << false;
    }
    for (const char* page : {"overview", "certificates", "orders", "authorities"})
        QTest::addRow("%s-empty", page) << QString::fromLatin1(page) << false << true;
}

void AccessibilityTest::everyScreenCanBeUsedByKeyboardAndReadAloud()
{
    QFETCH(QString, page);
    QFETCH(bool, dark);
    QFETCH(bool, empty);
    ui::applyLook(*qApp, dark ? ui::Appearance::Dark : ui::Appearance::Light);
    support::Scene scene = empty ? support::Scene() : sampleScene();
    if (page == u"overview-first") {
        scene.certificates.clear();
        scene.orders.clear();
    }
    if (page.startsWith(u"versions-"_s))
        scene = support::versionsScene();
    if (page.startsWith(u"authorities-stopped"_s))
        scene = support::stoppedScene(page == u"authorities-stopped");
    if (page == u"authorities-roots" || page == u"authorities-renamed")
        scene = support::rotationScene();
    if (page == u"account-key-unfinished")
        scene.accounts[0].rollover =
            lifecycle::KeyRollover {crypto::KeyType::EcP384, u"print"_s, QDateTime::currentDateTimeUtc()};
    m_fixture.show(scene);
    open(page);
    QWidget* shown = QApplication::activeModalWidget();
    if (!shown)
        shown = &m_fixture.window();
    m_fixture.picture(QString::fromLatin1(QTest::currentDataTag()), shown);
    QVERIFY(support::tabStops(shown).size() >= 2);
    QCOMPARE(support::nameless(shown), QStringList());
    QCOMPARE(support::clipped(shown), QStringList());
    if (!dark)
        QCOMPARE(support::unreachable(shown), QStringList());
    QCOMPARE(m_fixture.window().size(), QSize(1024, 700));
}

void AccessibilityTest::statusColoursAreReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void AccessibilityTest::statusColoursAreReadable()
{
    QFETCH(bool, dark);
    constexpr double readable = 4.5; // WCAG 2.1, success criterion 1.4.3
    const QPalette palette = dark ? ui::darkPalette() : ui::lightPalette();
    QCOMPARE(ui::isDark(palette), dark);
    for (int severity = 0; severity <= static_cast<int>(ui::Severity::Bad); ++severity) {
        const auto level = static_cast<ui::Severity>(severity);
        QVERIFY(contrast(ui::severityColor(level, palette), palette.color(QPalette::Base)) >= readable);
        QVERIFY(contrast(palette.color(QPalette::Text), ui::severityTint(level, palette)) >= readable);
    }
    QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= readable);
    QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= readable);
}

QTEST_MAIN(AccessibilityTest)
#include "tst_accessibility.moc"
