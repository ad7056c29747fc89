// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"
#include "base/platform.h"
#include "ui/common/icons.h"
#include "ui/common/translation.h"

#include <QApplication>

int main(int argc, char* argv[])
{
    base::platform::forbidCoreDumps();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sealwright"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sealwright"));
    QApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.sealwright.Sealwright"));
    QApplication::setWindowIcon(ui::applicationIcon());
    QApplication::setQuitOnLastWindowClosed(false);
    ui::installTranslation(application);
    app::Application program(app::desktopOptions(QApplication::arguments()));
    return program.begin() ? QApplication::exec() : 0;
}
