// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/chain_choice.h"

#include <QRegularExpression>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using crypto::Certificate;
using crypto::CertificateChain;

const Certificate& topmost(const CertificateChain& chain)
{
    return chain.intermediates.isEmpty() ? chain.leaf : chain.intermediates.last();
}

QString sha256Of(const Certificate& certificate)
{
    return QString::fromLatin1(certificate.fingerprint(crypto::DigestAlgorithm::Sha256).toHex());
}

/// The fingerprint that a text means, or nothing where it is a name.
QString fingerprintIn(QString text)
{
    static const QRegularExpression separators(u"[\\s:]"_s);
    static const QRegularExpression form(u"^[0-9a-f]{64}$"_s);
    text = text.remove(separators).toLower();
    return form.match(text).hasMatch() ? text : QString();
}

bool leadsToFingerprint(const CertificateChain& chain, const QString& sha256, const QList<Certificate>& roots)
{
    const auto matches = [&sha256](const Certificate& certificate) { return sha256Of(certificate) == sha256; };
    if (std::any_of(chain.intermediates.begin(), chain.intermediates.end(), matches))
        return true;
    return std::any_of(roots.begin(), roots.end(),
                       [&](const Certificate& root) { return matches(root) && topmost(chain).isIssuedBy(root); });
}

bool leadsToName(const CertificateChain& chain, const QString& name)
{
    const auto is = [&name](const QString& other) { return other.compare(name, Qt::CaseInsensitive) == 0; };
    return is(topmost(chain).issuerCommonName())
        || std::any_of(chain.intermediates.begin(), chain.intermediates.end(),
                       [&is](const Certificate& issuer) { return is(issuer.commonName()); });
}

} // namespace

std::optional<qsizetype> findPreferredChain(const QList<CertificateChain>& chains, const QString& preferred,
                                            const QList<Certificate>& roots)
{
    const QString name = preferred.trimmed();
    const QString sha256 = fingerprintIn(name);
    const auto found = std::find_if(chains.begin(), chains.end(), [&](const CertificateChain& chain) {
        return sha256.isEmpty() ? leadsToName(chain, name) : leadsToFingerprint(chain, sha256, roots);
    });
    return found == chains.end() ? std::nullopt : std::optional(found - chains.begin());
}

QList<OfferedChain> describeChains(const QList<CertificateChain>& chains, qsizetype chosen)
{
    QList<OfferedChain> offered;
    for (const CertificateChain& chain : chains) {
        QStringList issuers;
        for (const Certificate& issuer : chain.intermediates)
            issuers.append(issuer.commonName());
        offered.append(
            {topmost(chain).issuerCommonName(), issuers, sha256Of(topmost(chain)), offered.size() == chosen});
    }
    return offered;
}

} // namespace lifecycle
