// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"

#include "crypto/certificate_handle.h"
#include "crypto/certificate_stack.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

#include <QSet>

#include <algorithm>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

tl::unexpected<base::Error> notWhatWasAsked(const QString& detail)
{
    return base::failed(base::ErrorCode::Protocol, detail);
}

QSet<QString> folded(const QStringList& names)
{
    QSet<QString> set;
    for (const QString& name : names)
        set.insert(name.toLower());
    return set;
}

QString listed(const QSet<QString>& names)
{
    QStringList list(names.begin(), names.end());
    list.sort();
    return list.join(u", "_s);
}

base::Result<void> checkNames(const Certificate& leaf, const QList<base::Identifier>& names)
{
    const QSet<QString> asked = folded(base::identifierValues(names));
    const QSet<QString> covered = folded(leaf.dnsNames() + leaf.ipAddresses());
    if (const auto missing = asked - covered; !missing.isEmpty())
        return notWhatWasAsked(u"the certificate lacks the names %1"_s.arg(listed(missing)));
    if (const auto foreign = covered - asked; !foreign.isEmpty())
        return notWhatWasAsked(u"the certificate has names that nobody asked for: %1"_s.arg(listed(foreign)));
    return {};
}

base::Result<void> checkSignatures(const CertificateChain& chain)
{
    const Certificate* current = &chain.leaf;
    for (const Certificate& issuer : chain.intermediates) {
        if (!current->isIssuedBy(issuer))
            return notWhatWasAsked(
                u"in the chain, “%1” is not issued by “%2”"_s.arg(current->subject(), issuer.subject()));
        current = &issuer;
    }
    return {};
}

void expectServerAt(X509_STORE_CTX* context, const QDateTime& at)
{
    X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(parameters, at.toSecsSinceEpoch());
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
}

} // namespace

base::Result<CertificateChain> chainFromPem(QByteArrayView pem)
{
    auto all = certificatesFromPem(pem);
    if (!all)
        return base::failed(std::move(all).error());
    if (all->size() > MaximumChainLength)
        return base::failed(base::ErrorCode::InvalidInput, u"a chain of more than 32 certificates is refused"_s);
    const Certificate leaf = all->takeFirst();
    return CertificateChain {leaf, *std::move(all)};
}

QByteArray chainPem(const CertificateChain& chain)
{
    QByteArray pem = chain.leaf.pem();
    for (const Certificate& certificate : chain.intermediates)
        pem += certificate.pem();
    return pem;
}

base::Result<void> checkAgainst(const CertificateChain& chain, const PublicKey& key,
                                const QList<base::Identifier>& names)
{
    if (chain.leaf.spkiDer() != key.spkiDer())
        return notWhatWasAsked(u"the certificate is for another key"_s);
    if (auto checked = checkNames(chain.leaf, names); !checked)
        return checked;
    return checkSignatures(chain);
}

base::Result<void> verifyAgainstRoots(const CertificateChain& chain, const QList<Certificate>& roots,
                                      const QDateTime& at)
{
    const StorePtr store(X509_STORE_new());
    for (const Certificate& root : roots)
        X509_STORE_add_cert(store.get(), x509Of(root));
    const X509StackPtr intermediates = stackOf(chain.intermediates);
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(context.get(), store.get(), x509Of(chain.leaf), intermediates.get()) != 1)
        return opensslFailed(u"verifying a chain"_s);
    expectServerAt(context.get(), at);
    if (X509_verify_cert(context.get()) == 1)
        return {};
    const int reason = X509_STORE_CTX_get_error(context.get());
    return refused(base::ErrorCode::UntrustedServer, QString::fromLatin1(X509_verify_cert_error_string(reason)));
}

} // namespace crypto
