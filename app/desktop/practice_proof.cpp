// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/practice_proof.h"

#include "practice/pebble_server.h"
#include "ui/common/preferences.h"

namespace app {
namespace {

using namespace Qt::StringLiterals;

QString onLoopback(int port)
{
    return u"127.0.0.1:%1"_s.arg(port);
}

} // namespace

PracticeProof PracticeProof::of(const QString& authorityId, const practice::PebbleServer& server)
{
    return {authorityId, onLoopback(server.httpPort()), onLoopback(server.tlsPort())};
}

void rememberPracticeProof(ui::Preferences& preferences, const PracticeProof& proof)
{
    preferences.setValue(u"proof/%1/listenAddress"_s.arg(proof.authorityId), proof.listenAddress);
    preferences.setValue(u"proof/%1/tlsListenAddress"_s.arg(proof.authorityId), proof.tlsListenAddress);
}

} // namespace app
