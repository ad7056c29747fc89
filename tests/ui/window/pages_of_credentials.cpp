// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credentials_pane.h"
#include "ui/window/pages.h"

#include <QFile>
#include <QTreeView>

namespace support {
namespace {

using namespace Qt::StringLiterals;

/// What a button above the list of credentials opens.
std::function<void(WindowFixture&)> opened(const char* button)
{
    return [button](WindowFixture& fixture) {
        fixture.showCredentials();
        fixture.click(button);
    };
}

void choose(WindowFixture& fixture)
{
    fixture.showCredentials();
    fixture.find<QTreeView>("credentialList")->setFocus();
    QTest::keyClick(fixture.find("credentialList"), Qt::Key_Down);
}

void importFile(WindowFixture& fixture)
{
    fixture.showCredentials();
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"credentials.csv"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write("kid,key\n") < 0)
        qFatal("no file to import");
    file.close();
    fixture.window().findChild<ui::CredentialsPane*>()->importFile(file.fileName());
}

void registerAll(WindowFixture& fixture)
{
    opened("registerCredentialsButton")(fixture);
    fixture.click("bulkStart");
}

} // namespace

QList<Page> credentialPages()
{
    return {
        {u"credential"_s, choose},
        {u"add-credential"_s, opened("addCredentialButton")},
        {u"import-credentials"_s, importFile},
        {u"register-credentials"_s, opened("registerCredentialsButton")},
        {u"register-credentials-done"_s, registerAll},
    };
}

} // namespace support
