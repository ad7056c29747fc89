// SPDX-License-Identifier: Apache-2.0
#include "app/cli/program.h"
#include "base/platform.h"

#include <QCoreApplication>

int main(int argc, char* argv[])
{
    base::platform::forbidCoreDumps();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sealwright-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));
    return cli::runProgram(QCoreApplication::arguments().mid(1));
}
