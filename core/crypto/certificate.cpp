// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"

#include "crypto/certificate_handle.h"
#include "crypto/distinguished_name.h"
#include "crypto/issuer_key_cache.h"
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

bool isCertificate(const PemBlock& block)
{
    return block.label == "CERTIFICATE" || block.label == "X509 CERTIFICATE";
}

} // namespace

Certificate::Certificate(std::shared_ptr<const CertificateHandle> handle)
    : m_handle(std::move(handle))
{
}

X509* CertificateHandle::x509() const
{
    std::call_once(decoding, [this] { decoded = readDer<X509Ptr>(d2i_X509, der); });
    return decoded.get();
}

base::Result<Certificate> wrapCertificate(const X509Ptr& x509, const QString& doing)
{
    if (!x509)
        return opensslFailed(doing);
    return Certificate::fromDer(derOf(i2d_X509, static_cast<const X509*>(x509.get())));
}

base::Result<Certificate> Certificate::fromDer(QByteArrayView der)
{
    auto handle = std::make_shared<CertificateHandle>();
    handle->outer = signedCertificate(der);
    if (handle->outer)
        handle->fields = certificateFields(*handle->outer);
    if (!handle->fields)
        return refused(base::ErrorCode::InvalidInput, u"this is no certificate"_s);
    handle->der = der.toByteArray();
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
    const ASN1_INTEGER* const serial = fieldsOf(*this).serialNumber;
    const bool negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;
    return (negative ? u"-"_s : QString()) + QString::fromLatin1(bytesOf(serial).toHex());
}

QByteArray Certificate::serialDer() const
{
    // Tag and length take two bytes: no serial number of 128 bytes or more gets through a CA.
    return derOf(i2d_ASN1_INTEGER, static_cast<const ASN1_INTEGER*>(fieldsOf(*this).serialNumber)).mid(2);
}

QString Certificate::subject() const
{
    return distinguishedName(fieldsOf(*this).subject);
}

QString Certificate::issuer() const
{
    return distinguishedName(fieldsOf(*this).issuer);
}

QString Certificate::commonName() const
{
    return lastPart(fieldsOf(*this).subject, NID_commonName);
}

QString Certificate::issuerCommonName() const
{
    const X509_NAME* const name = fieldsOf(*this).issuer;
    const QString common = lastPart(name, NID_commonName);
    return common.isEmpty() ? lastPart(name, NID_organizationName) : common;
}

QDateTime Certificate::notBefore() const
{
    return momentOf(fieldsOf(*this).validity->notBefore);
}

QDateTime Certificate::notAfter() const
{
    return momentOf(fieldsOf(*this).validity->notAfter);
}

base::Result<PublicKey> Certificate::publicKey() const
{
    return publicKeyOf(spkiDer());
}

QByteArray Certificate::spkiDer() const
{
    return subjectPublicKeyInfo(fieldsOf(*this));
}

QString Certificate::signatureAlgorithm() const
{
    char name[128] = {};
    OBJ_obj2txt(name, sizeof name, m_handle->outer->algorithm->algorithm, 0);
    return QString::fromLatin1(name);
}

bool Certificate::isSelfIssued() const
{
    return X509_NAME_cmp(fieldsOf(*this).subject, fieldsOf(*this).issuer) == 0;
}

bool Certificate::isIssuedBy(const Certificate& issuer) const
{
    if (X509_NAME_cmp(fieldsOf(issuer).subject, fieldsOf(*this).issuer) != 0)
        return false;
    const auto key = issuerKey(issuer.spkiDer());
    const bool issued = key && isSignedBy(*m_handle->outer, key.get());
    ERR_clear_error();
    return issued;
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
