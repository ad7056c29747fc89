// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"
#include "app/desktop/options.h"
#include "support/pebble_server.h"
#include "support/walkthrough/operator.h"
#include "ui/common/translation.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTimer>

using namespace Qt::StringLiterals;
using walkthrough::Operator;

namespace {

const QString kid = u"inventory-web-01"_s;
const QString macKey = u"zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"_s;

support::RunningPebble startAuthority()
{
    practice::PebbleOptions options;
    options.eabRequired = true;
    options.eabKeys = {{kid, macKey}};
    return support::startPebble(std::move(options));
}

void openVault(Operator& desk)
{
    desk.type(u"vaultPassphrase"_s, u"a walk through the window"_s);
    desk.type(u"vaultPassphraseRepeat"_s, u"a walk through the window"_s);
    desk.picture(u"vault"_s);
    desk.click(u"vaultSubmit"_s);
    desk.see(u"overviewAddAuthority"_s);
    desk.picture(u"overview-empty"_s);
}

void addAuthority(Operator& desk, const practice::PebbleServer& pebble)
{
    desk.click(u"overviewAddAuthority"_s);
    desk.type(u"authorityName"_s, u"Corp CA"_s);
    desk.type(u"authorityDirectoryUrl"_s, pebble.directoryUrl());
    desk.choose(u"authorityRootKind"_s, u"Pasted"_s);
    desk.paste(u"authorityRootPem"_s, QString::fromLatin1(pebble.rootPem()));
    desk.click(u"authorityCheckButton"_s);
    desk.see(u"authorityAddButton"_s);
    desk.picture(u"authority-checked"_s);
    desk.click(u"authorityAddButton"_s);
}

void bindAccount(Operator& desk)
{
    desk.click(u"registerAddCredential"_s);
    desk.type(u"credentialKid"_s, kid);
    desk.type(u"credentialKey"_s, macKey);
    desk.type(u"credentialLabel"_s, u"web servers"_s);
    desk.picture(u"credential"_s);
    desk.click(u"credentialAddButton"_s);
    desk.type(u"registerContacts"_s, u"pki@corp.example"_s);
    desk.see<QCheckBox>(u"registerTerms"_s)->setFocus();
    QTest::keyClick(desk.see(u"registerTerms"_s), Qt::Key_Space);
    desk.choose(u"registerCredential"_s, u"web servers"_s);
    desk.picture(u"register-account"_s);
    desk.click(u"registerButton"_s);
}

void order(Operator& desk, quint16 httpPort)
{
    desk.type(u"newCertificateNames"_s, u"web-01.corp.example www.corp.example"_s);
    desk.type(u"proofListenAddress"_s, u"127.0.0.1:%1"_s.arg(httpPort));
    desk.picture(u"new-certificate"_s);
    desk.click(u"issueButton"_s);
    auto* steps = desk.see<QAbstractItemView>(u"orderProgress"_s);
    desk.waitUntil(u"the order shows its steps"_s, [steps] { return steps->model()->rowCount() > 0; });
    desk.picture(u"order-running"_s);
    desk.see(u"orderShowCertificate"_s);
    desk.picture(u"order-issued"_s);
    desk.click(u"orderShowCertificate"_s);
}

void exportAs(Operator& desk, const QString& format, const QString& path, bool withPassword)
{
    desk.click(u"exportButton"_s);
    desk.choose(u"exportFormat"_s, format);
    desk.type(u"exportPath"_s, path);
    if (withPassword) {
        desk.type(u"exportPassword"_s, u"only for the try"_s);
        desk.type(u"exportPasswordRepeat"_s, u"only for the try"_s);
    }
    desk.picture(u"export"_s);
    desk.click(u"exportConfirm"_s);
    desk.waitUntil(u"the export dialog has closed"_s, [] { return !QApplication::activeModalWidget(); });
    desk.waitUntil(path + u" has been written"_s, [path] { return QFileInfo::exists(path); });
}

void inspectAndExport(Operator& desk, const QDir& out)
{
    desk.see(u"certificateTitle"_s);
    desk.picture(u"certificate"_s);
    exportAs(desk, u"Full"_s, out.filePath(u"web-01.fullchain.pem"_s), false);
    exportAs(desk, u"PKCS#12 with"_s, out.filePath(u"web-01.p12"_s), true);
}

void revoke(Operator& desk)
{
    desk.click(u"revokeButton"_s);
    desk.type(u"revokeNote"_s, u"the walk-through is over"_s);
    desk.picture(u"revoke"_s);
    desk.click(u"revokeConfirm"_s);
    desk.waitUntil(u"the revocation dialog has closed"_s, [] { return !QApplication::activeModalWidget(); });
    desk.picture(u"revoked"_s);
}

void lookAround(Operator& desk)
{
    const QStringList screens {u"overview"_s,    u"certificates"_s, u"orders"_s,  u"accounts"_s,
                               u"authorities"_s, u"activity"_s,     u"settings"_s};
    for (int index = 0; index < screens.size(); ++index) {
        desk.press(Qt::Key(Qt::Key_1 + index), Qt::ControlModifier);
        desk.picture(screens[index]);
    }
}

QDir outputFolder(const QApplication& application)
{
    QCommandLineParser parser;
    const QCommandLineOption out(u"out"_s, u"where pictures and exported files go"_s, u"folder"_s, u"walkthrough"_s);
    parser.addOption(out);
    parser.process(application);
    QDir folder(parser.value(out));
    if (!folder.mkpath(u"."_s))
        qFatal("%s cannot be made", qPrintable(folder.path()));
    // What an earlier walk left would be asked about before it is overwritten.
    const QStringList earlier = folder.entryList({u"*.png"_s, u"*.pem"_s, u"*.p12"_s}, QDir::Files);
    for (const QString& file : earlier)
        folder.remove(file);
    return folder;
}

} // namespace

/// The whole story in the real windows, from an empty data folder to a revoked certificate, against a real pebble.
int main(int argc, char* argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"sealwright"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    ui::installTranslation(application);
    const QDir out = outputFolder(application);
    const support::RunningPebble pebble = startAuthority();
    const QTemporaryDir data;
    app::Application program(app::DesktopOptions {data.filePath(u"data"_s), QString()});
    if (!program.begin())
        return 1;
    Operator desk(out);
    openVault(desk);
    addAuthority(desk, *pebble.server);
    bindAccount(desk);
    order(desk, pebble->httpPort());
    inspectAndExport(desk, out);
    revoke(desk);
    lookAround(desk);
    QTimer::singleShot(0, &application, [&desk] { desk.press(Qt::Key_Q, Qt::ControlModifier); });
    const int ended = QApplication::exec();
    QTextStream(stdout) << "The walk is over.\n";
    return ended;
}
