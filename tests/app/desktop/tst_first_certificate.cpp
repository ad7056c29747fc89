// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"
#include "app/desktop/single_instance.h"
#include "practice/pebble_server.h"
#include "support/test_program.h"
#include "ui/common/banner.h"
#include "ui/common/translation.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>

namespace tst_first_certificate {

using namespace Qt::StringLiterals;

namespace {

constexpr int startMillis = 30000;
constexpr int issueMillis = 60000;

} // namespace

/// The real windows over the real core and a real ACME server, from an empty data folder on.
class FirstCertificateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensTheVaultWithThePassphraseOfTheFile();
    void startsThePracticeAuthority();
    void registersAnAccountAndGoesOnToTheNames();
    void issuesACertificateWhileTheStepsAreShown();
    void showsTheCertificate();
    void exportsTheChain();
    void revokesAndKeepsTheCertificate();
    void logsWhatWasDone();
    void asksASecondProgramToStepBack();
    void endsInOrder();

private:
    template <class T = QWidget>
    T* find(const char* name)
    {
        T* found = m_window->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no widget is called %s", name);
        return found;
    }
    void click(const char* name) { QTest::mouseClick(find(name), Qt::LeftButton); }
    QString banner() { return find<ui::Banner>("banner")->text(); }
    void picture(const QString& name);

    QTemporaryDir m_folder;
    std::unique_ptr<app::Application> m_program;
    ui::MainWindow* m_window = nullptr;
};

void FirstCertificateTest::picture(const QString& name)
{
    QDir(QStringLiteral(BINARY_ROOT)).mkpath(u"screens"_s);
    m_window->grab().save(QStringLiteral(BINARY_ROOT "/screens/desktop-%1.png").arg(name));
}

void FirstCertificateTest::initTestCase()
{
    QVERIFY2(practice::PebbleServer::installedProgram(), "pebble is not installed");
    ui::installTranslation(*qApp);
    QApplication::setQuitOnLastWindowClosed(false);
    QFile passphrase(m_folder.filePath(u"passphrase"_s));
    QVERIFY(passphrase.open(QIODevice::WriteOnly));
    passphrase.write("correct horse battery\n");
    passphrase.close();
    m_program = std::make_unique<app::Application>(
        app::DesktopOptions {m_folder.filePath(u"data"_s), m_folder.filePath(u"passphrase"_s)});
    QVERIFY(m_program->begin());
}

void FirstCertificateTest::opensTheVaultWithThePassphraseOfTheFile()
{
    const auto window = [this] {
        for (QWidget* widget : QApplication::topLevelWidgets())
            if (auto* main = qobject_cast<ui::MainWindow*>(widget))
                m_window = main;
        return m_window;
    };
    QTRY_VERIFY_WITH_TIMEOUT(window() && find("overviewPractice")->isVisible(), startMillis);
}

void FirstCertificateTest::startsThePracticeAuthority()
{
    click("overviewPractice");
    QTRY_VERIFY_WITH_TIMEOUT(find("registerButton")->isVisible(), startMillis);
    picture(u"practice"_s);
}

void FirstCertificateTest::registersAnAccountAndGoesOnToTheNames()
{
    find<QCheckBox>("registerTerms")->setChecked(true);
    click("registerButton");
    QTRY_VERIFY_WITH_TIMEOUT(find("newCertificateNames")->isVisible(), startMillis);
    QTRY_VERIFY(find<QComboBox>("newCertificateAccount")->count() == 1);
    QVERIFY(!find<QPlainTextEdit>("newCertificateNames")->toPlainText().isEmpty());
    picture(u"new-certificate"_s);
}

void FirstCertificateTest::issuesACertificateWhileTheStepsAreShown()
{
    click("issueButton");
    QTRY_VERIFY_WITH_TIMEOUT(find("orderProgress")->isVisible(), startMillis);
    picture(u"order-running"_s);
    QTRY_VERIFY_WITH_TIMEOUT(find("orderShowCertificate")->isVisible(), issueMillis);
    picture(u"order-issued"_s);
    const auto* steps = find<QTreeView>("orderProgress")->model();
    QStringList names;
    for (int row = 0; row < steps->rowCount(); ++row)
        names += steps->index(row, 0).data().toString();
    QCOMPARE(names, QStringList({u"Order"_s, u"practice.localhost"_s, u"Finalize"_s, u"Download"_s}));
    QCOMPARE(steps->rowCount(steps->index(1, 0)), 1);
}

void FirstCertificateTest::showsTheCertificate()
{
    click("orderShowCertificate");
    QTRY_COMPARE(find<QTreeView>("certificateList")->model()->rowCount(), 1);
    QTRY_COMPARE(find<QLabel>("certificateTitle")->text(), u"practice.localhost"_s);
    QVERIFY(find<QPlainTextEdit>("certificatePem")->toPlainText().startsWith(u"-----BEGIN CERTIFICATE-----"_s));
    QVERIFY(find<QTreeView>("certificateReport")->model()->rowCount() > 6);
    picture(u"certificate"_s);
}

void FirstCertificateTest::exportsTheChain()
{
    const QString path = m_folder.filePath(u"chain.pem"_s);
    click("exportButton");
    QTRY_VERIFY(find("exportConfirm")->isVisible());
    find<QLineEdit>("exportPath")->setText(path);
    click("exportConfirm");
    QTRY_VERIFY(banner().contains(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("-----BEGIN CERTIFICATE-----"), 2);
}

void FirstCertificateTest::revokesAndKeepsTheCertificate()
{
    click("revokeButton");
    QTRY_VERIFY(find("revokeConfirm")->isVisible());
    find<QLineEdit>("revokeNote")->setText(u"only practice"_s);
    click("revokeConfirm");
    QTRY_VERIFY_WITH_TIMEOUT(banner().contains(u"is revoked"_s), startMillis);
    const auto* list = find<QTreeView>("certificateList")->model();
    QTRY_VERIFY(list->rowCount() == 1 && list->index(0, 0).data().toString() == u"Revoked"_s);
    picture(u"revoked"_s);
}

void FirstCertificateTest::logsWhatWasDone()
{
    m_window->showScreen(ui::ScreenId::Activity);
    const auto* log = find<QTreeView>("activityList")->model();
    QStringList actions;
    const auto read = [&] {
        actions.clear();
        for (int row = 0; row < log->rowCount(); ++row)
            actions += log->index(row, 3).data().toString();
        return actions;
    };
    QTRY_VERIFY(read().contains(u"Revoke certificate"_s));
    for (const QString& action :
         {u"Add authority"_s, u"Register account"_s, u"Issue certificate"_s, u"Export certificate"_s})
        QVERIFY2(actions.contains(action), qPrintable(actions.join(u", "_s)));
    picture(u"activity"_s);
}

void FirstCertificateTest::asksASecondProgramToStepBack()
{
    app::SingleInstance second(m_folder.filePath(u"data"_s));
    m_window->showMinimized();
    QVERIFY(second.raiseOther());
    QTRY_VERIFY(!m_window->isMinimized());
    app::SingleInstance elsewhere(m_folder.filePath(u"other"_s));
    QVERIFY(!elsewhere.raiseOther());
}

void FirstCertificateTest::endsInOrder()
{
    QSignalSpy quitting(qApp, &QCoreApplication::aboutToQuit);
    Q_EMIT m_window->quitRequested();
    QTimer::singleShot(startMillis, qApp, [] { qFatal("the program did not end"); });
    QApplication::exec();
    QCOMPARE(quitting.size(), 1);
    m_program.reset();
}

SEALWRIGHT_WINDOW_TEST(FirstCertificateTest)

} // namespace tst_first_certificate

#include "tst_first_certificate.moc"
