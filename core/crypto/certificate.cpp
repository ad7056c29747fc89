// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"

#include "crypto/certificate_handle.h"
#include "crypto/distinguished_name.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pem.h"

#include <QTimeZone>

#include <openssl/err.h>

#include <ctime>
#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

QDateTime momentOf(const ASN1_TIME* time)
{
    std::tm parts {};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return QDateTime();
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

QByteArray bytesOrNone(const ASN1_OCTET_STRING* string)
{
    return string ? bytesOf(string) : QByteArray();
}

bool isCertificate(const PemBlock& block)
{
    return block.label == "CERTIFICATE" || block.label == "X509 CERTIFICATE";
}

} // namespace

Certificate::Certificate(std::shared_ptr<const CertificateHandle> handle)
    : m_handle(std::move(handle))
{
}

base::Result<Certificate> wrapCertificate(X509Ptr x509, const QString& doing)
{
    if (!x509)
        return opensslFailed(doing);
    auto handle = std::make_shared<CertificateHandle>();
    handle->der = derOf(i2d_X509, x509.get());
    handle->x509 = std::move(x509);
    return Certificate(std::move(handle));
}

base::Result<Certificate> Certificate::fromDer(QByteArrayView der)
{
    auto x509 = readDer<X509Ptr>(d2i_X509, der);
    if (!x509)
        return refused(base::ErrorCode::InvalidInput, u"this is no certificate"_s);
    auto handle = std::make_shared<CertificateHandle>();
    handle->der = der.toByteArray(); // as it was signed, even where it is not quite DER
    handle->x509 = std::move(x509);
    return Certificate(std::move(handle));
}

base::Result<Certificate> Certificate::fromPem(QByteArrayView pem)
{
    auto all = certificatesFromPem(pem);
    if (!all)
        return base::failed(std::move(all).error());
    return all->first();
}

const QByteArray& Certificate::der() const
{
    return m_handle->der;
}

QByteArray Certificate::pem() const
{
    return encodePem("CERTIFICATE", der());
}

QString Certificate::serialHex() const
{
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(x509Of(*this));
    const bool negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;
    return (negative ? u"-"_s : QString()) + QString::fromLatin1(bytesOf(serial).toHex());
}

QByteArray Certificate::serialDer() const
{
    // Tag and length take two bytes: no serial number of 128 bytes or more gets through a CA.
    return derOf(i2d_ASN1_INTEGER, X509_get0_serialNumber(x509Of(*this))).mid(2);
}

QString Certificate::subject() const
{
    return distinguishedName(X509_get_subject_name(x509Of(*this)));
}

QString Certificate::issuer() const
{
    return distinguishedName(X509_get_issuer_name(x509Of(*this)));
}

QString Certificate::commonName() const
{
    return lastPart(X509_get_subject_name(x509Of(*this)), NID_commonName);
}

QString Certificate::issuerCommonName() const
{
    const X509_NAME* const name = X509_get_issuer_name(x509Of(*this));
    const QString common = lastPart(name, NID_commonName);
    return common.isEmpty() ? lastPart(name, NID_organizationName) : common;
}

QDateTime Certificate::notBefore() const
{
    return momentOf(X509_get0_notBefore(x509Of(*this)));
}

QDateTime Certificate::notAfter() const
{
    return momentOf(X509_get0_notAfter(x509Of(*this)));
}

base::Result<PublicKey> Certificate::publicKey() const
{
    return wrapPublic(PkeyPtr(X509_get_pubkey(x509Of(*this))));
}

QByteArray Certificate::spkiDer() const
{
    return derOf(i2d_X509_PUBKEY, static_cast<const X509_PUBKEY*>(X509_get_X509_PUBKEY(x509Of(*this))));
}

QString Certificate::signatureAlgorithm() const
{
    const X509_ALGOR* algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, x509Of(*this));
    char name[128] = {};
    OBJ_obj2txt(name, sizeof name, algorithm->algorithm, 0);
    return QString::fromLatin1(name);
}

bool Certificate::isCa() const
{
    return X509_check_ca(x509Of(*this)) == 1;
}

bool Certificate::isSelfIssued() const
{
    X509* const x509 = x509Of(*this);
    return X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0;
}

bool Certificate::isIssuedBy(const Certificate& issuer) const
{
    const bool issued = X509_NAME_cmp(X509_get_subject_name(x509Of(issuer)), X509_get_issuer_name(x509Of(*this))) == 0
        && X509_verify(x509Of(*this), X509_get0_pubkey(x509Of(issuer))) == 1;
    ERR_clear_error();
    return issued;
}

QByteArray Certificate::authorityKeyId() const
{
    return bytesOrNone(X509_get0_authority_key_id(x509Of(*this)));
}

QByteArray Certificate::subjectKeyId() const
{
    return bytesOrNone(X509_get0_subject_key_id(x509Of(*this)));
}

QByteArray Certificate::fingerprint(DigestAlgorithm algorithm) const
{
    return digest(algorithm, der());
}

base::Result<QList<Certificate>> certificatesFromPem(QByteArrayView pem)
{
    auto blocks = decodePem(pem);
    if (!blocks)
        return base::failed(std::move(blocks).error());
    QList<Certificate> certificates;
    for (PemBlock& block : *blocks) {
        if (!isCertificate(block)) {
            base::wipe(block.der);
            continue;
        }
        auto certificate = Certificate::fromDer(block.der);
        if (!certificate)
            return base::failed(std::move(certificate).error());
        certificates.append(*std::move(certificate));
    }
    if (certificates.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"there is no certificate in this text"_s);
    return certificates;
}

} // namespace crypto
