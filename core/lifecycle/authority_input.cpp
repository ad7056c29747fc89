// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authority_input.h"

#include "crypto/certificate.h"

#include <QRegularExpression>

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;

namespace {

Result<QByteArray> parseRoots(const QByteArray& pem)
{
    if (pem.trimmed().isEmpty())
        return QByteArray();
    auto certificates = crypto::certificatesFromPem(pem);
    if (!certificates)
        return base::invalid(u"root"_s, u"this holds no certificate: "_s + certificates.error().detail());
    QByteArray normalized;
    for (const crypto::Certificate& certificate : *certificates)
        normalized += certificate.pem();
    return normalized;
}

QString resolverFault(const QString& resolver)
{
    const QUrl url(u"dns://"_s + resolver, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() ? QString() : u"“%1” is not HOST:PORT"_s.arg(resolver);
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
    auto roots = parseRoots(details.rootsPem);
    if (!roots)
        return tl::unexpected(std::move(roots).error());
    for (const QString& resolver : details.resolvers)
        if (const QString fault = resolverFault(resolver); !fault.isEmpty())
            return base::invalid(u"resolvers"_s, fault);
    authority.directoryUrl = *url;
    authority.rootsPem = *roots;
    authority.proxy = details.proxy;
    authority.resolvers = details.resolvers;
    return authority;
}

base::Error besideItsField(base::Error error)
{
    if (error.code() == base::ErrorCode::UntrustedServer)
        return std::move(error).about(u"root"_s);
    return error.field().isEmpty() ? std::move(error).about(u"directoryUrl"_s) : error;
}

} // namespace lifecycle
