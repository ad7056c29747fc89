// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace lifecycle {

/// A certificate as people compare it.
struct CertificateFacts {
    QString subject;
    QString issuer;
    QString serial; ///< upper-case hexadecimal
    QDateTime notBefore;
    QDateTime notAfter;
    QString sha256; ///< of the whole certificate, lower-case hexadecimal
    QString key; ///< "ECDSA P-256"
    QByteArray pem;

    bool isSelfSigned = false; ///< signed by its own key: a root
};

/// The certificates of a PEM text, in order; none where it holds none.
QList<CertificateFacts> certificateFacts(const QByteArray& pem);

/// What is trusted for an authority's TLS beside what its server shows.
struct RootComparison {
    QList<CertificateFacts> pinned; ///< empty: the system's store is trusted
    QList<CertificateFacts> served; ///< leaf first; empty where the server could not be looked at
    /// The root, where the server sends it; most do not.
    std::optional<CertificateFacts> servedRoot;
    QString namedRoot; ///< how the topmost served certificate calls its issuer
    /// A pinned root did sign what is served: the root is the same and the server's certificate is at fault, expired or
    /// for another name.
    bool leadsToPinned = false;
};

RootComparison compareRoots(const QByteArray& pinnedPem, const QByteArray& servedPem);

/// What an operator decides after comparing.
struct RootChange {
    enum class Kind {
        Add, ///< trust the new root as well, for a rotation. Where the system's store was trusted: instead of it
        Replace, ///< trust only the new root
    };
    Kind kind = Kind::Add;
    QByteArray pem; ///< the new root, or several; or
    /// the SHA-256 of the new root in hexadecimal: it is taken from what the server showed, or fetched from a step-ca.
    QString fingerprint;
};

} // namespace lifecycle
