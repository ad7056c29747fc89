// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_request.h"

#include "crypto/der_writer.h"
#include "crypto/distinguished_name.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pem.h"
#include "crypto/subject_alternative_names.h"

#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

tl::unexpected<base::Error> noRequest(const QString& detail)
{
    return refused(base::ErrorCode::InvalidInput, detail);
}

QStringList requestedNames(X509_REQ* request)
{
    const ExtensionStackPtr extensions(X509_REQ_get_extensions(request));
    const GeneralNamesPtr names(
        static_cast<GENERAL_NAMES*>(X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)));
    QStringList texts = dnsNamesOf(names.get()) + ipAddressesOf(names.get());
    const QString common = lastPart(X509_REQ_get_subject_name(request), NID_commonName);
    if (!common.isEmpty() && !texts.contains(common, Qt::CaseInsensitive))
        texts.prepend(common);
    return texts;
}

QByteArray sequence(QByteArrayView content)
{
    return der::element(der::Tag::Sequence, content);
}

QByteArray extension(const QByteArray& oid, const QByteArray& value)
{
    return sequence(oid + der::element(der::Tag::OctetString, value));
}

QByteArray alternativeNames(const QList<base::Identifier>& names)
{
    const QByteArray oid = "\x06\x03\x55\x1d\x11"_ba;
    return extension(oid, derOf(i2d_GENERAL_NAMES, static_cast<const GENERAL_NAMES*>(generalNames(names).get())));
}

/// RFC 7633 section 4: the TLS extension status_request, which is number 5.
QByteArray mustStaple()
{
    const QByteArray oid = "\x06\x08\x2b\x06\x01\x05\x05\x07\x01\x18"_ba;
    return extension(oid, sequence("\x02\x01\x05"_ba));
}

/// The extensionRequest attribute (RFC 2985 section 5.4.2).
QByteArray attributes(const QList<base::Identifier>& names, const RequestOptions& options)
{
    const QByteArray extensionRequest = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0e"_ba;
    const QByteArray extensions = alternativeNames(names) + (options.mustStaple ? mustStaple() : QByteArray());
    const QByteArray set = der::element(der::Tag::Set, sequence(extensions));
    return der::element(der::Tag::Context0, sequence(extensionRequest + set));
}

/// The AlgorithmIdentifier of the signatures that PrivateKey::sign() makes.
QByteArray signatureAlgorithm(const EVP_PKEY* key)
{
    const EVP_MD* const digest = signatureDigest(key);
    const int keyKind = EVP_PKEY_get_base_id(key);
    int nid = keyKind;
    if (digest)
        OBJ_find_sigid_by_algs(&nid, EVP_MD_get_type(digest), keyKind);
    X509_ALGOR* const algorithm = X509_ALGOR_new();
    // RFC 4055 section 5: RSA's parameters are NULL; those of the others are absent.
    X509_ALGOR_set0(algorithm, OBJ_nid2obj(nid), keyKind == EVP_PKEY_RSA ? V_ASN1_NULL : V_ASN1_UNDEF, nullptr);
    QByteArray encoded = derOf(i2d_X509_ALGOR, static_cast<const X509_ALGOR*>(algorithm));
    X509_ALGOR_free(algorithm);
    return encoded;
}

} // namespace

base::Result<QByteArray> certificateRequestDer(const PrivateKey& key, const QList<base::Identifier>& names,
                                               const RequestOptions& options)
{
    if (names.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"a certificate request needs a name"_s);
    const QByteArray version = "\x02\x01\x00"_ba;
    const QByteArray information =
        sequence(version + sequence({}) + key.publicKey().spkiDer() + attributes(names, options));
    const auto signature = key.sign(information);
    if (!signature)
        return base::failed(base::Error(signature.error()).during(u"making a certificate request"));
    return sequence(information + signatureAlgorithm(key.handle().key.get()) + der::bitString(*signature));
}

CertificateRequest::CertificateRequest(QByteArray der, PublicKey key, QList<base::Identifier> names)
    : m_der(std::move(der))
    , m_publicKey(std::move(key))
    , m_names(std::move(names))
{
}

base::Result<CertificateRequest> CertificateRequest::fromDer(QByteArrayView der)
{
    const auto request = readDer<RequestPtr>(d2i_X509_REQ, der);
    if (!request)
        return noRequest(u"this is no certificate request"_s);
    PkeyPtr handle(X509_REQ_get_pubkey(request.get()));
    if (!handle || X509_REQ_verify(request.get(), handle.get()) != 1)
        return noRequest(u"the certificate request is not signed by its own key"_s);
    auto names = base::parseIdentifiers(requestedNames(request.get()));
    if (!names)
        return base::failed(std::move(names), u"reading the names of the certificate request");
    auto key = wrapPublic(std::move(handle));
    if (!key)
        return base::failed(std::move(key).error());
    return CertificateRequest(der.toByteArray(), *std::move(key), *std::move(names));
}

base::Result<CertificateRequest> CertificateRequest::fromPem(QByteArrayView pem)
{
    const auto blocks = decodePem(pem);
    if (!blocks)
        return base::failed(blocks.error());
    for (const PemBlock& block : *blocks)
        if (block.label == "CERTIFICATE REQUEST" || block.label == "NEW CERTIFICATE REQUEST")
            return fromDer(block.der);
    return noRequest(u"there is no certificate request in this text"_s);
}

} // namespace crypto
