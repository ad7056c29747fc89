// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace practice {
class PebbleServer;
}
namespace ui {
class Preferences;
}

namespace app {

/// Where the practice CA looks for answers.
struct PracticeProof {
    QString authorityId;
    QString listenAddress; ///< of http-01, as `--listen` takes it
    QString tlsListenAddress; ///< of tls-alpn-01

    static PracticeProof of(const QString& authorityId, const practice::PebbleServer& server);
};

/// Lets the form for new certificates propose it.
void rememberPracticeProof(ui::Preferences& preferences, const PracticeProof& proof);

} // namespace app
