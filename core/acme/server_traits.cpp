// SPDX-License-Identifier: Apache-2.0
#include "acme/server_traits.h"

#include "acme/directory.h"

#include <algorithm>
#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr ServerTraits row(ServerKind kind, const char16_t* name, const char16_t* displayName, ServerTraits traits = {})
{
    traits.kind = kind;
    traits.name = name;
    traits.displayName = displayName;
    return traits;
}

/// step-ca, and Caddy with the same library.
constexpr ServerTraits smallstep {
    .leavesFailedChallengesPending = true,
    .listingOrdersBreaksAccounts = true,
    .offersTlsAlpn01 = true,
    .externalAccountIsSingleUse = true,
    .advertisesKeyChangeButLacksIt = true,
};
/// Public authorities that bind accounts to their customers, and of which no other difference is known.
constexpr ServerTraits forCustomers {.isPublic = true, .requiresExternalAccount = true};

constexpr std::array table {
    row(ServerKind::Generic, u"generic", u"ACME server"),
    row(ServerKind::StepCa, u"step-ca", u"step-ca", smallstep),
    row(ServerKind::Caddy, u"caddy", u"Caddy", smallstep),
    row(ServerKind::Pebble, u"pebble", u"Pebble", {.offersTlsAlpn01 = true}),
    row(ServerKind::LetsEncrypt, u"lets-encrypt", u"Let's Encrypt",
        {
            .isPublic = true,
            .acceptsValidityDates = false,
            .offersTlsAlpn01 = true,
            .runsOcsp = false,
            .keepsContacts = false,
            .certificateKeyRevocationMeansKeyCompromise = true,
        }),
    // Let's Encrypt's server, run by somebody else.
    row(ServerKind::Boulder, u"boulder", u"Boulder",
        {
            .acceptsValidityDates = false,
            .offersTlsAlpn01 = true,
            .keepsContacts = false,
            .certificateKeyRevocationMeansKeyCompromise = true,
        }),
    row(ServerKind::Ejbca, u"ejbca", u"EJBCA", {.ordersMayWaitForApproval = true}),
    row(ServerKind::Sectigo, u"sectigo", u"Sectigo", forCustomers),
    row(ServerKind::ZeroSsl, u"zerossl", u"ZeroSSL", forCustomers),
    row(ServerKind::DigiCert, u"digicert", u"DigiCert",
        {
            .isPublic = true,
            .ordersMayWaitForApproval = true,
            .requiresExternalAccount = true,
        }),
    row(ServerKind::GoogleTrustServices, u"google-trust-services", u"Google Trust Services",
        {
            .isPublic = true,
            .offersTlsAlpn01 = true,
            .requiresContact = true,
            .requiresExternalAccount = true,
            .externalAccountIsSingleUse = true,
            .externalAccountDays = 7,
        }),
    row(ServerKind::SslCom, u"ssl-com", u"SSL.com", forCustomers),
    row(ServerKind::Entrust, u"entrust", u"Entrust", forCustomers),
    row(ServerKind::Harica, u"harica", u"HARICA", forCustomers),
    row(ServerKind::Actalis, u"actalis", u"Actalis",
        {
            .isPublic = true,
            .requiresExternalAccount = true,
            .advertisesKeyChangeButLacksIt = true,
            .certificateKeyRevocationBroken = true,
        }),
    row(ServerKind::Dogtag, u"dogtag", u"Dogtag / FreeIPA"),
    row(ServerKind::OpenBao, u"openbao", u"OpenBao / Vault",
        {.offersTlsAlpn01 = true, .externalAccountIsSingleUse = true}),
    // Its directory names keyChange, which leads to a page "todo".
    row(ServerKind::DjangoCa, u"django-ca", u"django-ca", {.advertisesKeyChangeButLacksIt = true}),
};

struct HostRule {
    const char16_t* domain;
    ServerKind kind;
};

constexpr std::array hostRules {
    HostRule {u"letsencrypt.org", ServerKind::LetsEncrypt},
    HostRule {u"sectigo.com", ServerKind::Sectigo},
    HostRule {u"trust-provider.com", ServerKind::Sectigo},
    HostRule {u"zerossl.com", ServerKind::ZeroSsl},
    HostRule {u"digicert.com", ServerKind::DigiCert},
    HostRule {u"pki.goog", ServerKind::GoogleTrustServices},
    HostRule {u"ssl.com", ServerKind::SslCom},
    HostRule {u"entrust.net", ServerKind::Entrust},
    HostRule {u"harica.gr", ServerKind::Harica},
    HostRule {u"actalis.com", ServerKind::Actalis},
    HostRule {u"actalis.it", ServerKind::Actalis},
};

bool isBelow(const QString& host, QStringView domain)
{
    return host == domain || (host.endsWith(domain) && host.chopped(domain.size()).endsWith(u'.'));
}

/// The paths that a server's own routes give away.
struct Paths {
    QString directory;
    QString newNonce;
    QString newAccount;
    QString newOrder;
    bool hasKeyChange = false;
};

struct PathRule {
    bool (*matches)(const Paths& paths);
    ServerKind kind;
};

bool isPebble(const Paths& paths)
{
    return paths.newAccount.endsWith(u"/sign-me-up"_s) && paths.newNonce.endsWith(u"/nonce-plz"_s);
}

bool isEjbca(const Paths& paths)
{
    return paths.directory.contains(u"/ejbca/acme"_s, Qt::CaseInsensitive);
}

bool isOpenBao(const Paths& paths)
{
    return paths.directory.startsWith(u"/v1/"_s) && paths.directory.endsWith(u"/acme/directory"_s);
}

bool isDjangoCa(const Paths& paths)
{
    return paths.directory.contains(u"/acme/directory/"_s) && paths.newNonce.endsWith(u"/new-nonce/"_s);
}

bool isBoulder(const Paths& paths)
{
    return paths.newAccount == u"/acme/new-acct"_s && paths.newOrder == u"/acme/new-order"_s;
}

bool isDogtag(const Paths& paths)
{
    return paths.directory == u"/acme/directory"_s && paths.newAccount == u"/acme/new-account"_s && !paths.hasKeyChange;
}

// Caddy has the library and the paths of step-ca; its issuer is called "local" unless configured otherwise.
bool isCaddy(const Paths& paths)
{
    return paths.directory == u"/acme/local/directory"_s;
}

bool isStepCa(const Paths& paths)
{
    return paths.directory.startsWith(u"/acme/"_s) && paths.directory.endsWith(u"/directory"_s)
        && paths.directory.size() > 16 && paths.newOrder == paths.directory.chopped(9) + u"new-order"_s;
}

constexpr std::array pathRules {
    PathRule {isPebble, ServerKind::Pebble},   PathRule {isEjbca, ServerKind::Ejbca},
    PathRule {isOpenBao, ServerKind::OpenBao}, PathRule {isDjangoCa, ServerKind::DjangoCa},
    PathRule {isBoulder, ServerKind::Boulder}, PathRule {isDogtag, ServerKind::Dogtag},
    PathRule {isCaddy, ServerKind::Caddy},     PathRule {isStepCa, ServerKind::StepCa},
};

ServerKind kindByHost(const QString& host)
{
    const auto rule = std::find_if(hostRules.begin(), hostRules.end(),
                                   [&host](const HostRule& candidate) { return isBelow(host, candidate.domain); });
    return rule == hostRules.end() ? ServerKind::Generic : rule->kind;
}

ServerKind kindByPaths(const Paths& paths)
{
    const auto rule = std::find_if(pathRules.begin(), pathRules.end(),
                                   [&paths](const PathRule& candidate) { return candidate.matches(paths); });
    return rule == pathRules.end() ? ServerKind::Generic : rule->kind;
}

} // namespace

const ServerTraits& traitsOf(ServerKind kind)
{
    return *std::find_if(table.begin(), table.end(), [kind](const ServerTraits& row) { return row.kind == kind; });
}

const ServerTraits& traitsOf(QStringView name)
{
    const auto row = std::find_if(table.begin(), table.end(), [name](const ServerTraits& candidate) {
        return name == QStringView(candidate.name);
    });
    return row == table.end() ? table.front() : *row;
}

const ServerTraits& recogniseServer(const QUrl& directoryUrl, const Directory& directory)
{
    const ServerKind byHost = kindByHost(directoryUrl.host());
    if (byHost != ServerKind::Generic)
        return traitsOf(byHost);
    return traitsOf(kindByPaths({directoryUrl.path(), directory.newNonce.path(), directory.newAccount.path(),
                                 directory.newOrder.path(), !directory.keyChange.isEmpty()}));
}

} // namespace acme
