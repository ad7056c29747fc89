// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/dns_update_settings.h"

#include <QJsonObject>
#include <QString>

namespace challenge {

/// How the names of a certificate are proved: the challenge type and its solver's settings, stored with each order.
struct ProofSettings {
    QString challengeType; ///< "http-01", …
    QString listenAddress; ///< http-01: "ADDR:PORT" of the built-in responder; empty with a webroot
    QString webroot; ///< http-01: the folder that another web server serves; empty with a listen address

    QString solverId; ///< dns-01: the id of the DnsUpdateSettings
    QString solverName; ///< dns-01: its name when it was chosen, for people

    static ProofSettings http01Listening(const QString& address);
    static ProofSettings http01Webroot(const QString& folder);
    static ProofSettings dns01(const DnsUpdateSettings& settings);

    QJsonObject toJson() const;
    static ProofSettings fromJson(const QJsonObject& json);
    /// One line for people: "http-01 on 0.0.0.0:80".
    QString summary() const;

    friend bool operator==(const ProofSettings&, const ProofSettings&) = default;
};

} // namespace challenge
