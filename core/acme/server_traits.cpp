// SPDX-License-Identifier: Apache-2.0
#include "acme/server_traits.h"

#include "acme/directory.h"

#include <algorithm>
#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

// clang-format off
constexpr std::array table {
    //            kind                               name                      display name                 keyChange challenge pending EAB    single contact orders
    ServerTraits {ServerKind::Generic,             u"generic",               u"ACME server",              false,    false,    false,  false, false, false,  false},
    ServerTraits {ServerKind::StepCa,              u"step-ca",               u"step-ca",                  true,     true,     true,   false, true,  false,  true},
    ServerTraits {ServerKind::Caddy,               u"caddy",                 u"Caddy",                    true,     true,     true,   false, true,  false,  true},
    ServerTraits {ServerKind::Pebble,              u"pebble",                u"Pebble",                   false,    false,    false,  false, false, false,  true},
    ServerTraits {ServerKind::LetsEncrypt,         u"lets-encrypt",          u"Let's Encrypt",            false,    false,    false,  false, false, false,  false},
    ServerTraits {ServerKind::Ejbca,               u"ejbca",                 u"EJBCA",                    false,    false,    false,  false, false, false,  false},
    ServerTraits {ServerKind::Sectigo,             u"sectigo",               u"Sectigo",                  false,    false,    false,  true,  false, false,  false},
    ServerTraits {ServerKind::ZeroSsl,             u"zerossl",               u"ZeroSSL",                  false,    false,    false,  true,  false, false,  false},
    ServerTraits {ServerKind::DigiCert,            u"digicert",              u"DigiCert",                 false,    false,    false,  true,  false, false,  false},
    ServerTraits {ServerKind::GoogleTrustServices, u"google-trust-services", u"Google Trust Services",    false,    false,    false,  true,  true,  true,   false},
};
// clang-format on

struct HostRule {
    const char16_t* domain;
    ServerKind kind;
};

constexpr std::array hostRules {
    HostRule {u"letsencrypt.org", ServerKind::LetsEncrypt}, HostRule {u"sectigo.com", ServerKind::Sectigo},
    HostRule {u"trust-provider.com", ServerKind::Sectigo},  HostRule {u"zerossl.com", ServerKind::ZeroSsl},
    HostRule {u"digicert.com", ServerKind::DigiCert},       HostRule {u"pki.goog", ServerKind::GoogleTrustServices},
};

bool isBelow(const QString& host, QStringView domain)
{
    return host == domain || (host.endsWith(domain) && host.chopped(domain.size()).endsWith(u'.'));
}

// step-ca and Caddy share a library and its paths; Caddy's issuer is called "local" unless configured otherwise.
ServerKind kindByPaths(const QUrl& directoryUrl, const Directory& directory)
{
    const QString path = directoryUrl.path();
    if (directory.newAccount.path().endsWith(u"/sign-me-up"_s) && directory.newNonce.path().endsWith(u"/nonce-plz"_s))
        return ServerKind::Pebble;
    if (path.contains(u"/ejbca/acme"_s, Qt::CaseInsensitive))
        return ServerKind::Ejbca;
    if (path == u"/acme/local/directory"_s)
        return ServerKind::Caddy;
    const bool likeStepCa = path.startsWith(u"/acme/"_s) && path.endsWith(u"/directory"_s)
        && directory.newOrder.path() == path.chopped(9) + u"new-order"_s;
    return likeStepCa ? ServerKind::StepCa : ServerKind::Generic;
}

} // namespace

const ServerTraits& traitsOf(ServerKind kind)
{
    return *std::find_if(table.begin(), table.end(), [kind](const ServerTraits& row) { return row.kind == kind; });
}

const ServerTraits& recogniseServer(const QUrl& directoryUrl, const Directory& directory)
{
    const QString host = directoryUrl.host();
    for (const HostRule& rule : hostRules)
        if (isBelow(host, rule.domain))
            return traitsOf(rule.kind);
    return traitsOf(kindByPaths(directoryUrl, directory));
}

} // namespace acme
