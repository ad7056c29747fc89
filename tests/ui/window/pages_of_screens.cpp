// SPDX-License-Identifier: Apache-2.0
#include "ui/window/pages.h"

#include <QPushButton>
#include <QTreeView>

namespace support {
namespace {

using namespace Qt::StringLiterals;
using ui::ScreenId;

std::function<void(WindowFixture&)> screen(ScreenId id)
{
    return [id](WindowFixture& fixture) { show(fixture, id); };
}

/// A dialog over the list of certificates.
std::function<void(WindowFixture&)> dialog(const char* button)
{
    return [button](WindowFixture& fixture) {
        show(fixture, ScreenId::Certificates);
        fixture.click(button);
    };
}

/// The same with what came of its request.
std::function<void(WindowFixture&)> answered(const char* button, const char* confirm)
{
    return [button, confirm](WindowFixture& fixture) {
        dialog(button)(fixture);
        fixture.click(confirm);
    };
}

Scene refuses(const QString& method, base::ErrorCode code)
{
    Scene scene = sampleScene();
    scene.errors.insert(method, base::Error(code, u"the authority does not know this certificate any more"_s));
    return scene;
}

Scene refusesToRevoke()
{
    return refuses(u"revokeCertificate"_s, base::ErrorCode::Rejected);
}

Scene fileExists()
{
    return refuses(u"exportCertificate"_s, base::ErrorCode::AlreadyExists);
}

void changeTags(WindowFixture& fixture)
{
    show(fixture, ScreenId::Certificates);
    fixture.find<QTreeView>("certificateList")->selectAll();
    fixture.click("tagsButton");
}

Scene nothingIssued()
{
    Scene scene = sampleScene();
    scene.certificates.clear();
    scene.orders.clear();
    return scene;
}

Scene needsFreshCsr()
{
    Scene scene = sampleScene();
    scene.errors.insert(u"renewCertificate"_s,
                        base::Error(base::ErrorCode::InvalidInput, u"bring one"_s).about(u"csr"_s));
    return scene;
}

void addSolver(WindowFixture& fixture)
{
    fixture.window().showScreen(ScreenId::Settings);
    WindowFixture::settle();
    fixture.find<QPushButton>("solverAddButton")->click();
    WindowFixture::settle();
}

void lockVault(WindowFixture& fixture)
{
    fixture.facade().lockVault();
}

Scene openedByKeyringToo()
{
    Scene scene = sampleScene();
    scene.vault.slotKinds = {lifecycle::SlotKind::Passphrase, lifecycle::SlotKind::Keyring};
    return scene;
}

Scene empty()
{
    return {};
}

Scene severalVersions()
{
    return versionsScene();
}

} // namespace

QList<Page> screenPages()
{
    return {
        {u"overview"_s, screen(ScreenId::Overview)},
        {u"overview-first"_s, screen(ScreenId::Overview), nothingIssued},
        {u"overview-empty"_s, screen(ScreenId::Overview), empty},
        {u"certificates"_s, screen(ScreenId::Certificates)},
        {u"certificates-empty"_s, screen(ScreenId::Certificates), empty},
        {u"certificates-tags"_s, changeTags},
        {u"export-dialog"_s, dialog("exportButton")},
        {u"export-dialog-exists"_s, answered("exportButton", "exportConfirm"), fileExists},
        {u"revoke-dialog"_s, dialog("revokeButton")},
        {u"revoke-dialog-refused"_s, answered("revokeButton", "revokeConfirm"), refusesToRevoke},
        {u"versions-export-dialog"_s, dialog("exportButton"), severalVersions},
        {u"versions-revoke-dialog"_s, dialog("revokeButton"), severalVersions},
        {u"fresh-csr-dialog"_s, dialog("renewButton"), needsFreshCsr},
        {u"activity"_s, screen(ScreenId::Activity)},
        {u"settings"_s, screen(ScreenId::Settings)},
        {u"settings-resolvers"_s, screen(ScreenId::Settings), byHandScene},
        {u"settings-solver"_s, addSolver},
        {u"vault-gate"_s, lockVault},
        {u"vault-gate-keyring"_s, lockVault, openedByKeyringToo},
    };
}

} // namespace support
