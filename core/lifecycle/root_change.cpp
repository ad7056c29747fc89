// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/root_change.h"

#include "crypto/certificate.h"

#include <algorithm>

namespace lifecycle {
namespace {

QList<crypto::Certificate> certificatesIn(const QByteArray& pem)
{
    return crypto::certificatesFromPem(pem).value_or(QList<crypto::Certificate>());
}

CertificateFacts factsOf(const crypto::Certificate& certificate)
{
    CertificateFacts facts;
    facts.subject = certificate.subject();
    facts.issuer = certificate.issuer();
    facts.serial = certificate.serialHex().toUpper();
    facts.notBefore = certificate.notBefore();
    facts.notAfter = certificate.notAfter();
    facts.sha256 = QString::fromLatin1(certificate.fingerprint(crypto::DigestAlgorithm::Sha256).toHex());
    const auto key = certificate.publicKey();
    facts.key = key ? key->description() : QString();
    facts.pem = certificate.pem();
    facts.isSelfSigned = certificate.isIssuedBy(certificate);
    return facts;
}

} // namespace

QList<CertificateFacts> certificateFacts(const QByteArray& pem)
{
    QList<CertificateFacts> all;
    for (const crypto::Certificate& certificate : certificatesIn(pem))
        all.append(factsOf(certificate));
    return all;
}

RootComparison compareRoots(const QByteArray& pinnedPem, const QByteArray& servedPem)
{
    RootComparison comparison;
    comparison.pinned = certificateFacts(pinnedPem);
    comparison.served = certificateFacts(servedPem);
    if (comparison.served.isEmpty())
        return comparison;
    const CertificateFacts& top = comparison.served.last();
    comparison.namedRoot = top.issuer;
    if (top.isSelfSigned)
        comparison.servedRoot = top;
    const QList<crypto::Certificate> roots = certificatesIn(pinnedPem);
    for (const crypto::Certificate& served : certificatesIn(servedPem))
        comparison.leadsToPinned |= std::any_of(roots.begin(), roots.end(), [&served](const crypto::Certificate& root) {
            return served == root || served.isIssuedBy(root);
        });
    return comparison;
}

} // namespace lifecycle
