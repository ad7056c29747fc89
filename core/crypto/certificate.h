// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QStringList>

#include <memory>

namespace crypto {

struct CertificateHandle;

/// One extension of a certificate, for reading.
struct CertificateExtension {
    QString oid; ///< dotted: "2.5.29.17"
    QString name; ///< "X509v3 Subject Alternative Name", or the oid where the library knows none
    bool critical = false;
    QString text; ///< the value in words; the bytes in hexadecimal for extensions the library cannot read
};

/// An X.509 certificate (RFC 5280). Copies are cheap and share what was parsed once. Safe from any thread.
class Certificate {
public:
    /// InvalidInput where `der` is no certificate, or has bytes behind it.
    static base::Result<Certificate> fromDer(QByteArrayView der);
    /// The first certificate of a PEM text. InvalidInput where there is none.
    static base::Result<Certificate> fromPem(QByteArrayView pem);

    const QByteArray& der() const;
    QByteArray pem() const;

    /// The serial number in lower-case hexadecimal, an even number of digits, "-" in front of a negative one.
    QString serialHex() const;
    /// The content octets of the serial number's DER, as the identifier of RFC 9773 section 4.1 wants them.
    QByteArray serialDer() const;
    /// For reading, most specific part first, as RFC 4514 writes names; empty where the subject is.
    QString subject() const;
    QString issuer() const;
    /// The subject's (last) common name, or empty.
    QString commonName() const;
    /// The issuer's (last) common name, else its organization, else empty.
    QString issuerCommonName() const;
    /// UTC.
    QDateTime notBefore() const;
    QDateTime notAfter() const;

    /// DNS names of the subjectAltName extension, as written, in order.
    QStringList dnsNames() const;
    /// IP addresses of the subjectAltName extension in their canonical text form, in order.
    QStringList ipAddresses() const;
    /// Both as identifiers, without those that are none (underscores, bad lengths).
    QList<base::Identifier> sanIdentifiers() const;

    /// InvalidInput for keys of algorithms that the library does not know.
    base::Result<PublicKey> publicKey() const;
    /// The SubjectPublicKeyInfo, also of unknown algorithms.
    QByteArray spkiDer() const;
    /// For reading: "ecdsa-with-SHA256", "sha256WithRSAEncryption"; the dotted oid where the library knows no name.
    QString signatureAlgorithm() const;

    bool isCa() const;
    /// Whether subject and issuer are the same name. Says nothing about the signature.
    bool isSelfIssued() const;
    /// Whether this certificate's name and signature come from `issuer`. Looks neither at validity nor at constraints.
    bool isIssuedBy(const Certificate& issuer) const;
    /// The key identifiers' raw bytes; empty where the extension is missing.
    QByteArray authorityKeyId() const;
    QByteArray subjectKeyId() const;
    /// The digest of the whole certificate, as raw bytes.
    QByteArray fingerprint(DigestAlgorithm algorithm) const;

    /// Every extension, in order.
    QList<CertificateExtension> extensions() const;
    /// Addresses of the authorityInfoAccess and cRLDistributionPoints extensions.
    QStringList ocspUrls() const;
    QStringList caIssuerUrls() const;
    QStringList crlUrls() const;

    friend bool operator==(const Certificate& left, const Certificate& right) { return left.der() == right.der(); }

    /// Wraps a certificate of the library; for this folder.
    explicit Certificate(std::shared_ptr<const CertificateHandle> handle);
    const CertificateHandle& handle() const { return *m_handle; }

private:
    std::shared_ptr<const CertificateHandle> m_handle;
};

/// Every certificate of a PEM text, in order; other blocks are passed over. InvalidInput where there is none.
base::Result<QList<Certificate>> certificatesFromPem(QByteArrayView pem);

} // namespace crypto
