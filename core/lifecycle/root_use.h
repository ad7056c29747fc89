// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"

namespace lifecycle {

/// The root that a chain names: chains are served without it, so it is known by its key identifier and its name.
struct ChainRoot {
    QString keyId; ///< lower-case hexadecimal: the authority key identifier of the topmost certificate, else empty
    QString name; ///< the topmost certificate's issuer (RFC 4514)

    friend bool operator==(const ChainRoot&, const ChainRoot&) = default;
};

/// The root that a PEM chain, leaf first, leads to by its own words; both empty where it cannot be read.
ChainRoot chainRootOf(const QByteArray& chainPem);

/// What hangs on one root of an authority.
struct RootUse {
    ChainRoot root;
    int certificates = 0; ///< managed certificates whose current version leads to it and is not revoked
    QDateTime firstExpiry; ///< of these; null without any
    /// The root itself where it is known: pinned, or part of a chain.
    QString sha256; ///< lower-case hexadecimal; empty: unknown
    QDateTime notBefore;
    QDateTime notAfter;
    bool verifiesTls = false; ///< pinned: connections to the authority may lead to it
    bool pinnedForIssuing = false; ///< issued chains may lead to it
    int accounts = 0; ///< accounts whose requests depend on it, because it verifies the authority's TLS
};

/// Which certificates of an authority hang on one root.
struct RootQuery {
    QString authorityId;
    ChainRoot root;
    QString tag; ///< only those with this tag; empty: all
    int offset = 0;
    int limit = 200;
};

/// Those that expire first come first.
struct RootPage {
    QList<CertificateRow> rows;
    int total = 0; ///< over all pages
};

} // namespace lifecycle
