// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/practice_proof.h"

#include "practice/pebble_server.h"

#include <QSettings>

namespace app {
namespace {

using namespace Qt::StringLiterals;

} // namespace

QString windowSettingsPath(const QString& dataFolder)
{
    return dataFolder + u"/window.ini"_s;
}

void rememberPracticeProof(const QString& dataFolder, const lifecycle::Authority& authority,
                           const practice::PebbleServer& server)
{
    QSettings settings(windowSettingsPath(dataFolder), QSettings::IniFormat);
    settings.setValue(u"proof/%1/listenAddress"_s.arg(authority.id), u"127.0.0.1:%1"_s.arg(server.httpPort()));
    settings.setValue(u"proof/%1/tlsListenAddress"_s.arg(authority.id), u"127.0.0.1:%1"_s.arg(server.tlsPort()));
}

} // namespace app
