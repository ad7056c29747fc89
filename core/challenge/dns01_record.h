// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

/// The TXT record of a dns-01 challenge (RFC 8555 section 8.4).
namespace challenge {

/// Where the TXT record that proves a name really is, after aliases.
struct Dns01Place {
    QString name; ///< of the record
    QString zone;
    QString settingsId; ///< of the SolverSettings that change it

    bool isNull() const { return name.isEmpty(); }
    QJsonObject toJson() const;
    static Dns01Place fromJson(const QJsonObject& json);
};

/// "_acme-challenge.example.org", for example.org and for its wildcard.
QString dns01RecordName(const base::Identifier& identifier);
/// The digest of the key authorization, as base64url without padding.
QByteArray dns01Value(const QString& keyAuthorization);

} // namespace challenge
