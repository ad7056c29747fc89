// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_structure.h"

#include "crypto/openssl_bytes.h"

#include <openssl/asn1t.h>

namespace crypto {
namespace {

// clang-format off
ASN1_SEQUENCE(SignedCertificate) = {
    ASN1_SIMPLE(SignedCertificate, content, ASN1_SEQUENCE),
    ASN1_SIMPLE(SignedCertificate, algorithm, X509_ALGOR),
    ASN1_SIMPLE(SignedCertificate, signature, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(SignedCertificate)

ASN1_SEQUENCE(SubjectPublicKey) = {
    ASN1_SIMPLE(SubjectPublicKey, algorithm, X509_ALGOR),
    ASN1_SIMPLE(SubjectPublicKey, key, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(SubjectPublicKey)

ASN1_SEQUENCE(CertificateFields) = {
    ASN1_EXP_OPT(CertificateFields, version, ASN1_INTEGER, 0),
    ASN1_SIMPLE(CertificateFields, serialNumber, ASN1_INTEGER),
    ASN1_SIMPLE(CertificateFields, algorithm, X509_ALGOR),
    ASN1_SIMPLE(CertificateFields, issuer, X509_NAME),
    ASN1_SIMPLE(CertificateFields, validity, X509_VAL),
    ASN1_SIMPLE(CertificateFields, subject, X509_NAME),
    ASN1_SIMPLE(CertificateFields, publicKey, SubjectPublicKey),
    ASN1_IMP_OPT(CertificateFields, issuerId, ASN1_BIT_STRING, 1),
    ASN1_IMP_OPT(CertificateFields, subjectId, ASN1_BIT_STRING, 2),
    ASN1_EXP_SEQUENCE_OF_OPT(CertificateFields, extensions, X509_EXTENSION, 3),
} static_ASN1_SEQUENCE_END(CertificateFields)
    // clang-format on

    template <class T>
    T * decoded(QByteArrayView der, const ASN1_ITEM* item)
{
    const unsigned char* end = bytesOf(der);
    ASN1_VALUE* const value = ASN1_item_d2i(nullptr, &end, static_cast<long>(der.size()), item);
    if (end == bytesOf(der) + der.size())
        return reinterpret_cast<T*>(value);
    ASN1_item_free(value, item);
    return nullptr;
}

} // namespace

void freeSignedCertificate(SignedCertificate* certificate)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(certificate), ASN1_ITEM_rptr(SignedCertificate));
}

void freeCertificateFields(CertificateFields* fields)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(fields), ASN1_ITEM_rptr(CertificateFields));
}

SignedCertificatePtr signedCertificate(QByteArrayView der)
{
    return SignedCertificatePtr(decoded<SignedCertificate>(der, ASN1_ITEM_rptr(SignedCertificate)));
}

CertificateFieldsPtr certificateFields(const SignedCertificate& certificate)
{
    const QByteArrayView content(ASN1_STRING_get0_data(certificate.content), ASN1_STRING_length(certificate.content));
    return CertificateFieldsPtr(decoded<CertificateFields>(content, ASN1_ITEM_rptr(CertificateFields)));
}

QByteArray subjectPublicKeyInfo(const CertificateFields& fields)
{
    unsigned char* der = nullptr;
    const int length =
        ASN1_item_i2d(reinterpret_cast<const ASN1_VALUE*>(fields.publicKey), &der, ASN1_ITEM_rptr(SubjectPublicKey));
    const QByteArray result(reinterpret_cast<const char*>(der), std::max(length, 0));
    OPENSSL_free(der);
    return result;
}

bool isSignedBy(const SignedCertificate& certificate, EVP_PKEY* key)
{
    return ASN1_item_verify(ASN1_ITEM_rptr(ASN1_SEQUENCE), certificate.algorithm, certificate.signature,
                            certificate.content, key)
        == 1;
}

} // namespace crypto
