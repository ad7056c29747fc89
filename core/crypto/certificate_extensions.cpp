// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"
#include "crypto/certificate_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/subject_alternative_names.h"

#include <openssl/err.h>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

template <class Pointer>
Pointer extensionValue(const Certificate& certificate, int nid)
{
    Pointer value(static_cast<typename Pointer::pointer>(
        X509V3_get_d2i(fieldsOf(certificate).extensions, nid, nullptr, nullptr)));
    ERR_clear_error();
    return value;
}

GeneralNamesPtr alternativeNames(const Certificate& certificate)
{
    return extensionValue<GeneralNamesPtr>(certificate, NID_subject_alt_name);
}

QString oidOf(const ASN1_OBJECT* object)
{
    char text[128] = {};
    OBJ_obj2txt(text, sizeof text, object, 1);
    return QString::fromLatin1(text);
}

QString nameOf(const ASN1_OBJECT* object)
{
    const int nid = OBJ_obj2nid(object);
    return nid == NID_undef ? oidOf(object) : QString::fromLatin1(OBJ_nid2ln(nid));
}

QString textOf(X509_EXTENSION* extension)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    const bool printed = X509V3_EXT_print(bio.get(), extension, X509V3_EXT_DEFAULT, 0) == 1;
    ERR_clear_error();
    if (printed)
        return QString::fromUtf8(writtenTo(bio.get())).trimmed();
    return QString::fromLatin1(bytesOf(X509_EXTENSION_get_data(extension)).toHex(':'));
}

CertificateExtension described(X509_EXTENSION* extension)
{
    const ASN1_OBJECT* const object = X509_EXTENSION_get_object(extension);
    return CertificateExtension {oidOf(object), nameOf(object), X509_EXTENSION_get_critical(extension) == 1,
                                 textOf(extension)};
}

/// The addresses of one access method in authorityInfoAccess (RFC 5280 section 4.2.2.1).
QStringList accessUrls(const Certificate& certificate, int method)
{
    const auto access = extensionValue<InformationAccessPtr>(certificate, NID_info_access);
    QStringList urls;
    for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
        const ACCESS_DESCRIPTION* const entry = sk_ACCESS_DESCRIPTION_value(access.get(), i);
        if (OBJ_obj2nid(entry->method) == method && entry->location->type == GEN_URI)
            urls.append(QString::fromLatin1(bytesOf(entry->location->d.uniformResourceIdentifier)));
    }
    return urls;
}

} // namespace

bool Certificate::isCa() const
{
    const auto constraints = extensionValue<BasicConstraintsPtr>(*this, NID_basic_constraints);
    return constraints && constraints->ca;
}

QByteArray Certificate::authorityKeyId() const
{
    const auto id = extensionValue<AuthorityKeyIdPtr>(*this, NID_authority_key_identifier);
    return id && id->keyid ? bytesOf(id->keyid) : QByteArray();
}

QByteArray Certificate::subjectKeyId() const
{
    const auto id = extensionValue<OctetStringPtr>(*this, NID_subject_key_identifier);
    return id ? bytesOf(id.get()) : QByteArray();
}

QStringList Certificate::dnsNames() const
{
    return dnsNamesOf(alternativeNames(*this).get());
}

QStringList Certificate::ipAddresses() const
{
    return ipAddressesOf(alternativeNames(*this).get());
}

QList<base::Identifier> Certificate::sanIdentifiers() const
{
    QList<base::Identifier> identifiers;
    for (const QString& name : dnsNames() + ipAddresses())
        if (auto identifier = base::Identifier::parse(name))
            identifiers.append(*std::move(identifier));
    return identifiers;
}

QList<CertificateExtension> Certificate::extensions() const
{
    QList<CertificateExtension> list;
    const auto* const stack = fieldsOf(*this).extensions;
    for (int i = 0; i < sk_X509_EXTENSION_num(stack); ++i) // -1 for null
        list.append(described(sk_X509_EXTENSION_value(stack, i)));
    return list;
}

QStringList Certificate::ocspUrls() const
{
    return accessUrls(*this, NID_ad_OCSP);
}

QStringList Certificate::caIssuerUrls() const
{
    return accessUrls(*this, NID_ad_ca_issuers);
}

QStringList Certificate::crlUrls() const
{
    const auto points = extensionValue<CrlPointsPtr>(*this, NID_crl_distribution_points);
    QStringList urls;
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT_NAME* const name = sk_DIST_POINT_value(points.get(), i)->distpoint;
        if (name && name->type == 0)
            urls += urisOf(name->name.fullname);
    }
    return urls;
}

} // namespace crypto
