// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QUrl>

namespace acme {

/// What a CA says about itself (RFC 8555 section 7.1.1, and profiles). Every member may be missing.
struct DirectoryMeta {
    QUrl termsOfService = {};
    QUrl website = {};
    QStringList caaIdentities = {};
    bool externalAccountRequired = false; ///< some CAs require it without saying so here
    QMap<QString, QString> profiles = {}; ///< name → description or its URL
    QString accountHashPrefix = {}; ///< dns-persist-01 of draft 02; empty where the authority is older or has none
    QStringList issuerDomainNames = {}; ///< dns-persist-01 of draft 02
};

/// The resources that a CA offers (RFC 8555 section 7.1.1, RFC 9773 section 3). URLs that are missing are empty.
struct Directory {
    QUrl newNonce;
    QUrl newAccount;
    QUrl newOrder;
    QUrl newAuthz;
    QUrl revokeCert;
    QUrl keyChange;
    QUrl renewalInfo;
    DirectoryMeta meta;
    QJsonObject verbatim; ///< as received

    /// Relative URLs are resolved against `requestUrl`. InvalidInput about the field `directoryUrl` where newNonce,
    /// newAccount or newOrder is missing: no ACME directory. Protocol where one of these is not https; any other
    /// resource that is not counts as missing.
    static base::Result<Directory> fromJson(const QJsonObject& json, const QUrl& requestUrl);
};

} // namespace acme
