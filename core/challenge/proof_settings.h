// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/solver_settings.h"

#include <QJsonObject>
#include <QString>

namespace challenge {

/// How the names of a certificate are proved: the challenge type and its solver's settings, stored with each order.
struct ProofSettings {
    QString challengeType; ///< "http-01", …
    QString listenAddress; ///< http-01, tls-alpn-01: "ADDR:PORT" of the built-in responder; empty with a webroot
    QString webroot; ///< http-01: the folder that another web server serves; empty with a listen address

    QString solverId; ///< dns-*: the id of the SolverSettings
    QString solverName; ///< dns-*: its name when it was chosen, for people
    QString host = {}; ///< http-01: where ssh finds the host that has the webroot; empty: this machine

    static ProofSettings http01Listening(const QString& address);
    static ProofSettings http01Webroot(const QString& folder);
    static ProofSettings http01Remote(const QString& host, const QString& folder);
    static ProofSettings tlsAlpn01Listening(const QString& address);
    /// `type` is "dns-01", "dns-account-01" or "dns-persist-01".
    static ProofSettings dns(const QString& type, const SolverSettings& settings);
    static ProofSettings dns01(const SolverSettings& settings);

    QJsonObject toJson() const;
    static ProofSettings fromJson(const QJsonObject& json);
    /// One line for people: "http-01 on 0.0.0.0:80".
    QString summary() const;

    friend bool operator==(const ProofSettings&, const ProofSettings&) = default;
};

} // namespace challenge
