// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace practice {

/// A certificate profile of pebble 2.7 and later.
struct PebbleProfile {
    QString description;
    int validitySeconds = 90 * 24 * 3600;
};

/// How a pebble behaves. Members that its version does not know have no effect.
struct PebbleOptions {
    bool strict = false;
    int nonceReject = 5; ///< percent of good nonces refused
    int authzReuse = 50; ///< percent of valid authorizations reused
    bool eabRequired = false;
    QMap<QString, QString> eabKeys; ///< kid → base64url of the HMAC key
    QStringList blocklist; ///< domains refused with rejectedIdentifier
    std::optional<int> retryAfterAuthorization; ///< seconds; newer than pebble 2.4
    std::optional<int> retryAfterOrder; ///< seconds; newer than pebble 2.4
    bool noSleep = true; ///< without it challenges take up to 15 s
    QMap<QString, PebbleProfile> profiles;
    std::optional<int> certificateValiditySeconds; ///< where no profiles are given
    int alternateRoots = 0; ///< chains beside the default one
    int chainLength = 1; ///< intermediates in each chain
    quint16 port = 0; ///< of the directory; 0 takes a free one
    quint16 httpPort = 0; ///< where http-01 is validated; 0 takes a free one
    quint16 tlsPort = 0; ///< where tls-alpn-01 is validated; 0 takes a free one
    QString dnsServer; ///< "ADDRESS:PORT" where it resolves names; empty: a server that answers 127.0.0.1 for all
    QStringList extraEnvironment; ///< "NAME=value"
};

} // namespace practice
