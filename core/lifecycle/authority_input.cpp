// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authority_input.h"

#include "crypto/certificate.h"
#include "dns/server_address.h"

#include <QRegularExpression>
#include <QSet>

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;

namespace {

Result<QByteArray> parseRoots(const QByteArray& pem, const QString& field)
{
    if (pem.trimmed().isEmpty())
        return QByteArray();
    auto certificates = crypto::certificatesFromPem(pem);
    if (!certificates)
        return base::invalid(field, u"this holds no certificate: "_s + certificates.error().detail());
    QByteArray normalized;
    QSet<QByteArray> seen;
    for (const crypto::Certificate& certificate : *certificates) {
        if (!certificate.isCa() && !certificate.isSelfIssued())
            return base::invalid(
                field, u"“%1” is no certificate authority; pin the root above it"_s.arg(certificate.subject()));
        if (!seen.contains(certificate.der()))
            normalized += certificate.pem();
        seen.insert(certificate.der());
    }
    return normalized;
}

} // namespace

Result<QUrl> parseDirectoryUrl(const QString& text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return base::invalid(u"directoryUrl"_s,
                             u"this is no URL; a directory looks like https://ca.example/acme/directory"_s);
    if (url.scheme() != "https"_L1)
        return base::invalid(u"directoryUrl"_s, u"the directory must be https, this is “%1”"_s.arg(url.scheme()));
    return url;
}

Result<QByteArray> parseFingerprint(const QString& text)
{
    static const QRegularExpression separators(u"[\\s:]"_s);
    static const QRegularExpression sha256(u"^[0-9a-fA-F]{64}$"_s);
    const QString digits = QString(text).remove(separators);
    if (!sha256.match(digits).hasMatch())
        return base::invalid(
            u"root"_s, u"a SHA-256 fingerprint has 64 hexadecimal digits, this has %1 characters"_s.arg(digits.size()));
    return QByteArray::fromHex(digits.toLatin1());
}

Result<Authority> parseAuthority(const AuthorityDetails& details)
{
    Authority authority;
    authority.name = details.name.trimmed();
    if (authority.name.isEmpty())
        return base::invalid(u"name"_s, u"the authority needs a name"_s);
    auto url = parseDirectoryUrl(details.directoryUrl);
    if (!url)
        return tl::unexpected(std::move(url).error());
    auto roots = parseRoots(details.rootsPem, u"root"_s);
    if (!roots)
        return tl::unexpected(std::move(roots).error());
    auto issuingRoots = parseRoots(details.issuingRootsPem, u"issuingRoot"_s);
    if (!issuingRoots)
        return tl::unexpected(std::move(issuingRoots).error());
    for (const QString& resolver : details.resolvers)
        if (auto address = dns::ServerAddress::parse(resolver); !address)
            return base::invalid(u"resolvers"_s, address.error().detail());
    for (const crypto::Certificate& root :
         crypto::certificatesFromPem(*issuingRoots).value_or(QList<crypto::Certificate>()))
        if (!root.isSelfIssued())
            return base::invalid(
                u"issuingRoot"_s,
                u"“%1” is no root but issued by “%2”; pin that one"_s.arg(root.subject(), root.issuer()));
    authority.directoryUrl = *url;
    authority.rootsPem = *roots;
    authority.issuingRootsPem = *issuingRoots;
    authority.proxy = details.proxy;
    authority.resolvers = details.resolvers;
    return authority;
}

AuthorityDetails detailsOf(const Authority& authority)
{
    AuthorityDetails details;
    details.name = authority.name;
    details.directoryUrl = authority.directoryUrl.toString();
    details.rootsPem = authority.rootsPem;
    details.issuingRootsPem = authority.issuingRootsPem;
    details.proxy = authority.proxy;
    details.resolvers = authority.resolvers;
    return details;
}

base::Error besideItsField(base::Error error)
{
    if (error.code() == base::ErrorCode::UntrustedServer)
        return std::move(error).about(u"root"_s);
    return error.field().isEmpty() ? std::move(error).about(u"directoryUrl"_s) : error;
}

} // namespace lifecycle
