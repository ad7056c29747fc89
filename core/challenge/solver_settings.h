// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace challenge {

/// How TXT records are changed.
enum class DnsMethod {
    Rfc2136, ///< signed updates of the zone's primary server (RFC 2136)
    CertbotHooks, ///< programs that take what certbot gives its manual hooks
    DehydratedHook, ///< a program that takes what dehydrated gives its hook
    Lexicon, ///< a provider that Lexicon knows
    ByHand, ///< the operator puts the record in place
};

/// "rfc2136", "certbot-hooks", "dehydrated-hook", "lexicon" or "manual".
QString dnsMethodName(DnsMethod method);
std::optional<DnsMethod> dnsMethodFromName(QStringView name);

/// A named way of changing TXT records, as operators set it up once and orders refer to it. Its secret is in the vault.
struct SolverSettings {
    QString id;
    QString name; ///< unique without regard to case
    QString server; ///< Rfc2136: "HOST:PORT" of the zones' primary server, which is asked and told
    QString keyName; ///< Rfc2136: of the TSIG key
    QString algorithm; ///< Rfc2136: "hmac-sha256", …
    /// Names in these zones are changed with it, also where an order names another solver: so an alias may lead into a
    /// zone with a key of its own. Lower case, without trailing dots.
    QStringList zones = {};
    DnsMethod method = DnsMethod::Rfc2136;
    QString program = {}; ///< hooks: the command that puts a record in place, as of hookCommand()
    QString cleanUpProgram = {}; ///< CertbotHooks: the one that takes it away; empty: none
    QString provider = {}; ///< Lexicon: its name of the provider

    friend bool operator==(const SolverSettings&, const SolverSettings&) = default;
};

/// The settings to change `name` with: those with the longest zone that it lies in, else those of the id `usual`; null
/// where there are none.
const SolverSettings* settingsFor(const QList<SolverSettings>& all, const QString& name, const QString& usual);

} // namespace challenge
