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
    Boulder,
    Ejbca,
    Sectigo,
    ZeroSsl,
    DigiCert,
    GoogleTrustServices,
    SslCom,
    Entrust,
    Harica,
    Actalis,
    Dogtag,
    OpenBao,
    DjangoCa,
};

/// How a server differs from RFC 8555. One table; every quirk that code asks about is a member here.
///
/// What every client has to tolerate from any server (missing members, relative URLs, other status codes, errors of
/// challenges that stay pending, requests to a challenge that validate again) is no trait: it is taken from all of
/// them.
struct ServerTraits {
    ServerKind kind = ServerKind::Generic;
    const char16_t* name = u""; ///< the stable kebab-case name: "step-ca"
    const char16_t* displayName = u""; ///< for people: "step-ca"

    bool isPublic = false; ///< issues for names of the public DNS only
    bool acceptsValidityDates = true; ///< notBefore and notAfter of newOrder
    bool ordersMayWaitForApproval = false; ///< a person may have to approve an order, which can take a day
    /// A challenge that failed is left pending, with its error beside it, until the authorization expires a day later.
    bool leavesFailedChallengesPending = false;
    /// Reading an account's list of orders while none of them is pending leaves an empty list behind that the server
    /// cannot read again: from then on it answers 500 to every new order of that account.
    bool listingOrdersBreaksAccounts = false;
    bool offersTlsAlpn01 = false; ///< as its documentation says; others may do so too
    bool runsOcsp = true; ///< where it does not, certificates that demand a stapled response cannot be served

    bool requiresContact = false;
    /// Whether it stores contacts at all. One that does not still looks at what is sent and may refuse it.
    bool keepsContacts = true;
    bool requiresExternalAccount = false; ///< whatever its directory says
    bool externalAccountIsSingleUse = false; ///< one EAB credential binds one account
    int externalAccountDays = 0; ///< after so many days an EAB credential nobody used expires; 0 where it does not

    bool advertisesKeyChangeButLacksIt = false;
    bool certificateKeyRevocationMeansKeyCompromise = false; ///< whatever reason is asked for
    bool certificateKeyRevocationBroken = false;
};

/// The row of a kind.
const ServerTraits& traitsOf(ServerKind kind);
/// The row of a stable name, as it is stored with an authority; Generic where there is none.
const ServerTraits& traitsOf(QStringView name);
/// Recognises the server by its directory; Generic where nothing gives it away.
const ServerTraits& recogniseServer(const QUrl& directoryUrl, const Directory& directory);

} // namespace acme
