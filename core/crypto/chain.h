// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "crypto/certificate.h"

#include <QDateTime>
#include <QList>

namespace crypto {

/// A certificate with those that lead from it towards a root, each issued by the next.
struct CertificateChain {
    Certificate leaf;
    QList<Certificate> intermediates;
};

/// More certificates than this are refused.
inline constexpr int MaximumChainLength = 32;

/// Reads a PEM chain, leaf first (RFC 8555 section 9.1). InvalidInput where it has no certificate or too many.
base::Result<CertificateChain> chainFromPem(QByteArrayView pem);
/// The inverse: every certificate, leaf first.
QByteArray chainPem(const CertificateChain& chain);

/// Whether this is the chain that was asked for: the leaf has `key` and exactly `names`, and each certificate is issued
/// by the next. Protocol with a sentence about what differs otherwise.
base::Result<void> checkAgainst(const CertificateChain& chain, const PublicKey& key,
                                const QList<base::Identifier>& names);

/// Whether the chain leads to one of `roots` and is valid for a TLS server at the moment `at` (RFC 5280 section 6).
///
/// UntrustedServer with OpenSSL's reason otherwise.
base::Result<void> verifyAgainstRoots(const CertificateChain& chain, const QList<Certificate>& roots,
                                      const QDateTime& at);

} // namespace crypto
