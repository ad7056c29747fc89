// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_persist01_terms.h"

#include "base/identifier.h"
#include "crypto/digest.h"

#include <algorithm>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

constexpr qsizetype mostIssuers = 10;
constexpr qsizetype longestName = 253;

/// Whether it is a lower-case A-label name without a trailing dot, as it would be written anyway.
bool isIssuerName(const QString& name)
{
    if (name.size() > longestName)
        return false;
    const auto parsed = base::Identifier::parse(name);
    return parsed && parsed->type() == base::Identifier::Type::Dns && !parsed->isWildcard() && parsed->value() == name;
}

Result<void> checkIssuers(const QStringList& names)
{
    if (names.size() > mostIssuers)
        return base::failed(
            ErrorCode::Protocol,
            u"the authority names %1 issuers for dns-persist-01; more than %2 are refused"_s.arg(names.size())
                .arg(mostIssuers));
    for (const QString& name : names)
        if (!isIssuerName(name))
            return base::failed(
                ErrorCode::Protocol,
                u"the authority names an issuer for dns-persist-01 that is no domain name: \"%1\""_s.arg(
                    name.left(100)));
    return {};
}

/// Draft 02: the challenge names all of the directory's issuers, and nobody whom CAA records would not let issue.
Result<void> checkAgreement(const DnsPersist01Directory& directory, const QStringList& offered)
{
    for (const QString& name : directory.issuerDomainNames)
        if (!offered.contains(name))
            return base::failed(
                ErrorCode::Protocol,
                u"the challenge lacks the issuer \"%1\" that the directory names"_s.arg(name.left(100)));
    for (const QString& name : offered)
        if (!directory.caaIdentities.contains(name))
            return base::failed(
                ErrorCode::Protocol,
                u"the challenge names the issuer \"%1\", which is none of the directory's caaIdentities"_s.arg(
                    name.left(100)));
    return {};
}

} // namespace

Result<DnsPersist01Terms> DnsPersist01Terms::before(const DnsPersist01Directory& directory)
{
    const bool isHashed = !directory.accountHashPrefix.isEmpty();
    const QStringList& names = isHashed ? directory.issuerDomainNames : directory.caaIdentities;
    if (auto checked = checkIssuers(names); !checked)
        return base::failed(std::move(checked).error());
    if (isHashed && names.isEmpty())
        return base::failed(ErrorCode::Protocol, u"the directory names no issuer for dns-persist-01"_s);
    return DnsPersist01Terms {names, directory.accountHashPrefix};
}

Result<DnsPersist01Terms> DnsPersist01Terms::of(const DnsPersist01Directory& directory, const DnsPersist01Offer& offer,
                                                const QString& accountUrl)
{
    if (offer.issuerDomainNames.isEmpty())
        return base::failed(ErrorCode::Protocol, u"the dns-persist-01 challenge names no issuer"_s);
    Result<void> checked = checkIssuers(offer.issuerDomainNames);
    if (checked && !directory.accountHashPrefix.isEmpty())
        checked = checkAgreement(directory, offer.issuerDomainNames);
    if (!checked)
        return base::failed(std::move(checked).error());
    if (!offer.accountUri.isEmpty() && offer.accountUri != accountUrl)
        return base::failed(
            ErrorCode::Protocol,
            u"the dns-persist-01 challenge is for the account %1, which is not the one that ordered"_s.arg(
                offer.accountUri.left(200)));
    return DnsPersist01Terms {offer.issuerDomainNames, directory.accountHashPrefix};
}

QString persistentAccountUri(const DnsPersist01Terms& terms, const ProvingAccount& account, const QString& domain)
{
    if (!terms.isHashed())
        return account.url;
    const QByteArray name = domain.toLatin1();
    const QByteArray input =
        static_cast<char>(name.size()) + name + account.keyThumbprint.toLatin1() + account.url.toUtf8();
    const QByteArray hash = crypto::digest(crypto::DigestAlgorithm::Sha256, input)
                                .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return terms.accountHashPrefix + u"sha-256/"_s + QString::fromLatin1(hash);
}

} // namespace challenge
