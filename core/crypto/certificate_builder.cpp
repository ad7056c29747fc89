// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_builder.h"

#include "crypto/certificate_handle.h"
#include "crypto/certificate_request.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/random.h"
#include "crypto/subject_alternative_names.h"

#include <algorithm>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr int serialLength = 16;

bool setSerial(X509* x509, QByteArray serial)
{
    if (serial.isEmpty()) {
        serial = randomBytes(serialLength);
        serial[0] = static_cast<char>((serial.at(0) & 0x3f) | 0x40); // positive and of full length
    }
    const BignumPtr number(BN_bin2bn(bytesOf(serial), static_cast<int>(serial.size()), nullptr));
    return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509));
}

bool setSubject(X509* x509, const QString& commonName)
{
    if (commonName.isEmpty())
        return true;
    const QByteArray text = commonName.toUtf8();
    return X509_NAME_add_entry_by_NID(X509_get_subject_name(x509), NID_commonName, MBSTRING_UTF8, bytesOf(text),
                                      int(text.size()), -1, 0)
        == 1;
}

bool setValidity(X509* x509, const QDateTime& notBefore, const QDateTime& notAfter)
{
    return ASN1_TIME_set(X509_getm_notBefore(x509), notBefore.toSecsSinceEpoch())
        && ASN1_TIME_set(X509_getm_notAfter(x509), notAfter.toSecsSinceEpoch());
}

bool add(X509* x509, X509* issuer, int nid, const QByteArray& value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(x509, extension.get(), -1) == 1;
}

QByteArray urls(const QByteArray& prefix, const QStringList& addresses)
{
    QByteArrayList parts;
    for (const QString& address : addresses)
        parts.append(prefix + address.toLatin1());
    return parts.join(',');
}

bool addUsage(X509* x509, X509* issuer, const CertificateContent& content)
{
    if (content.isCa)
        return add(x509, issuer, NID_basic_constraints, "critical,CA:TRUE"_ba)
            && add(x509, issuer, NID_key_usage, "critical,keyCertSign,cRLSign,digitalSignature"_ba);
    return add(x509, issuer, NID_basic_constraints, "critical,CA:FALSE"_ba)
        && add(x509, issuer, NID_key_usage, "critical,digitalSignature"_ba)
        && add(x509, issuer, NID_ext_key_usage, "serverAuth"_ba);
}

/// RFC 5280 section 4.2.1.6: "If the subject field contains an empty sequence, then […] the subjectAltName extension
/// MUST be marked as critical."
bool addNames(X509* x509, const CertificateContent& content)
{
    if (content.names.isEmpty())
        return true;
    const GeneralNamesPtr names = generalNames(content.names);
    const int critical = content.commonName.isEmpty() ? 1 : 0;
    return X509_add1_ext_i2d(x509, NID_subject_alt_name, names.get(), critical, 0) == 1;
}

bool addUrls(X509* x509, X509* issuer, const CertificateContent& content)
{
    QByteArrayList access {urls("OCSP;URI:"_ba, content.ocspUrls), urls("caIssuers;URI:"_ba, content.caIssuerUrls)};
    access.removeAll(QByteArray());
    return (access.isEmpty() || add(x509, issuer, NID_info_access, access.join(',')))
        && (content.crlUrls.isEmpty()
            || add(x509, issuer, NID_crl_distribution_points, urls("URI:"_ba, content.crlUrls)));
}

bool addFurther(X509* x509, const FurtherExtension& further)
{
    const ObjectPtr oid(OBJ_txt2obj(further.oid.constData(), 1));
    const OctetStringPtr value(ASN1_OCTET_STRING_new());
    ASN1_OCTET_STRING_set(value.get(), bytesOf(further.der), static_cast<int>(further.der.size()));
    const ExtensionPtr extension(
        X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), further.critical ? 1 : 0, value.get()));
    return extension && X509_add_ext(x509, extension.get(), -1) == 1;
}

bool addAllFurther(X509* x509, const CertificateContent& content)
{
    return std::all_of(content.further.begin(), content.further.end(),
                       [x509](const FurtherExtension& further) { return addFurther(x509, further); });
}

/// Makes and signs; a null `issuer` stands for the new certificate itself.
base::Result<Certificate> signedBy(const PrivateKey& signer, X509* issuer, const CertificateContent& content)
{
    X509Ptr x509(X509_new());
    X509* const made = x509.get();
    X509* const parent = issuer ? issuer : made;
    EVP_PKEY* const key = signer.handle().key.get();
    const bool done = X509_set_version(made, X509_VERSION_3) == 1 && setSerial(made, content.serial)
        && setSubject(made, content.commonName) && setValidity(made, content.notBefore, content.notAfter)
        && X509_set_issuer_name(made, X509_get_subject_name(parent)) == 1
        && X509_set_pubkey(made, content.key.handle().key()) == 1 && addUsage(made, parent, content)
        && addNames(made, content) && add(made, parent, NID_subject_key_identifier, "hash"_ba)
        && add(made, parent, NID_authority_key_identifier, "keyid:always"_ba) && addUrls(made, parent, content)
        && addAllFurther(made, content) && X509_sign(made, key, signatureDigest(key)) > 0;
    return wrapCertificate(done ? std::move(x509) : nullptr, u"making a certificate"_s);
}

base::Result<Identity> withCertificate(const Identity* issuer, PrivateKey key, const CertificateContent& content)
{
    auto certificate = issuer ? issueCertificate(*issuer, content) : signedBy(key, nullptr, content);
    if (!certificate)
        return base::failed(std::move(certificate).error());
    return Identity {std::move(key), *std::move(certificate)};
}

base::Result<Identity> authority(const Identity* issuer, const QString& commonName, KeyType type,
                                 const QDateTime& notBefore, const QDateTime& notAfter)
{
    auto key = PrivateKey::generate(type);
    if (!key)
        return base::failed(std::move(key).error());
    CertificateContent content {.key = key->publicKey(), .notBefore = notBefore, .notAfter = notAfter};
    content.commonName = commonName;
    content.isCa = true;
    return withCertificate(issuer, *std::move(key), content);
}

} // namespace

base::Result<Identity> makeRoot(const QString& commonName, KeyType type, const QDateTime& notBefore,
                                const QDateTime& notAfter)
{
    return authority(nullptr, commonName, type, notBefore, notAfter);
}

base::Result<Identity> makeIntermediate(const Identity& issuer, const QString& commonName, KeyType type,
                                        const QDateTime& notBefore, const QDateTime& notAfter)
{
    return authority(&issuer, commonName, type, notBefore, notAfter);
}

base::Result<Identity> issueServerCertificate(const Identity& issuer, const QList<base::Identifier>& names,
                                              KeyType type, const QDateTime& notBefore, const QDateTime& notAfter)
{
    auto key = PrivateKey::generate(type);
    if (!key)
        return base::failed(std::move(key).error());
    CertificateContent content {.key = key->publicKey(), .notBefore = notBefore, .notAfter = notAfter};
    content.names = names;
    return withCertificate(&issuer, *std::move(key), content);
}

base::Result<Identity> selfSigned(PrivateKey key, const CertificateContent& content)
{
    return withCertificate(nullptr, std::move(key), content);
}

base::Result<Certificate> issueCertificate(const Identity& issuer, const CertificateContent& content)
{
    return signedBy(issuer.key, x509Of(issuer.certificate), content);
}

base::Result<Certificate> issueForRequest(const Identity& issuer, QByteArrayView requestDer, const QDateTime& notBefore,
                                          const QDateTime& notAfter)
{
    const auto request = CertificateRequest::fromDer(requestDer);
    if (!request)
        return base::failed(request.error());
    CertificateContent content {.key = request->publicKey(), .notBefore = notBefore, .notAfter = notAfter};
    content.names = request->names();
    return issueCertificate(issuer, content);
}

} // namespace crypto
