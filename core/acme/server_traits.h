// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

namespace acme {

struct Directory;

enum class ServerKind {
    Generic,
    StepCa,
    Caddy,
    Pebble,
    LetsEncrypt,
    Ejbca,
    Sectigo,
    ZeroSsl,
    DigiCert,
    GoogleTrustServices,
};

/// How a server differs from RFC 8555. One table; every quirk that code asks about is a column here.
struct ServerTraits {
    ServerKind kind = ServerKind::Generic;
    const char16_t* name = u""; ///< the stable kebab-case name: "step-ca"
    const char16_t* displayName = u""; ///< for people: "step-ca"
    bool advertisesKeyChangeButLacksIt = false;
    bool requestToChallengeValidatesAgain = false;
    bool staysPendingOnFailure = false; ///< a challenge's error must be read while its status is still pending
    bool requiresExternalAccount = false; ///< whatever its directory says
    bool externalAccountIsSingleUse = false;
    bool requiresContact = false;
    bool hasOrderList = false;
};

/// The row of a kind.
const ServerTraits& traitsOf(ServerKind kind);
/// Recognises the server by its directory; Generic where nothing gives it away.
const ServerTraits& recogniseServer(const QUrl& directoryUrl, const Directory& directory);

} // namespace acme
