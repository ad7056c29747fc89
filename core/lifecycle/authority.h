// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace lifecycle {

/// What the authority's directory said about itself when last read (RFC 8555 section 7.1.1).
struct AuthorityMeta {
    QUrl termsOfService;
    QUrl website;
    QStringList caaIdentities;
    bool externalAccountRequired = false;
    bool renewalInfo = false; ///< offers RFC 9773
    bool preauthorization = false; ///< offers newAuthz (RFC 8555 section 7.4.1)
    QString accountHashPrefix; ///< dns-persist-01 of draft 02; empty where it speaks an older one or none
    QStringList issuerDomainNames; ///< dns-persist-01 of draft 02
    QMap<QString, QString> profiles; ///< name → description (draft-ietf-acme-profiles)
    QString kind; ///< as server_traits recognised it: "step-ca", "pebble", …
};

/// A certification authority: its ACME directory and how its TLS is trusted.
struct Authority {
    QString id; ///< stable and random
    QString name; ///< unique without regard to case
    QUrl directoryUrl; ///< https only
    QByteArray rootsPem; ///< pinned roots of its TLS; empty: the system's store
    QByteArray issuingRootsPem; ///< what it issues must lead to one of these; empty: nothing is demanded
    QString proxy; ///< "system", "none" or a URL without credentials
    QByteArray proxyCredentials; ///< "USER:PASSWORD" for that proxy, sealed in the renewal ring; empty: none
    QStringList resolvers; ///< "HOST:PORT"
    AuthorityMeta meta;
    QDateTime checkedAt; ///< when `meta` was read, UTC
    QDateTime createdAt;
};

} // namespace lifecycle
