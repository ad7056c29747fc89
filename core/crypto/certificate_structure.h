// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/openssl_ptr.h"

#include <QByteArrayView>

namespace crypto {

/// A certificate's outer structure (RFC 5280 section 4.1.1), with the part that is signed left as it is.
struct SignedCertificate {
    ASN1_STRING* content;
    X509_ALGOR* algorithm;
    ASN1_BIT_STRING* signature;
};

struct SubjectPublicKey {
    X509_ALGOR* algorithm;
    ASN1_BIT_STRING* key;
};

/// TBSCertificate (RFC 5280 section 4.1.2).
///
/// OpenSSL's own X509 decodes the public key at once, which takes 3.0 ten times as long as all the rest: with 100,000
/// certificates, and in every issuance, that is too much for what is mostly never asked for.
struct CertificateFields {
    ASN1_INTEGER* version;
    ASN1_INTEGER* serialNumber;
    X509_ALGOR* algorithm;
    X509_NAME* issuer;
    X509_VAL* validity;
    X509_NAME* subject;
    SubjectPublicKey* publicKey;
    ASN1_BIT_STRING* issuerId;
    ASN1_BIT_STRING* subjectId;
    STACK_OF(X509_EXTENSION) * extensions;
};

void freeSignedCertificate(SignedCertificate* certificate);
void freeCertificateFields(CertificateFields* fields);

using SignedCertificatePtr = std::unique_ptr<SignedCertificate, Freeing<freeSignedCertificate>>;
using CertificateFieldsPtr = std::unique_ptr<CertificateFields, Freeing<freeCertificateFields>>;

/// Null where `der` is none, or has bytes behind it.
SignedCertificatePtr signedCertificate(QByteArrayView der);
/// The fields of the signed part; null where they are none.
CertificateFieldsPtr certificateFields(const SignedCertificate& certificate);
/// The SubjectPublicKeyInfo as DER.
QByteArray subjectPublicKeyInfo(const CertificateFields& fields);
/// Whether the signature is one by `key`.
bool isSignedBy(const SignedCertificate& certificate, EVP_PKEY* key);

} // namespace crypto
