// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "crypto/certificate.h"
#include "crypto/private_key.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

namespace crypto {

/// A private key with a certificate for it.
struct Identity {
    PrivateKey key;
    Certificate certificate;
};

/// An extension that nothing else here knows how to write.
struct FurtherExtension {
    QByteArray oid; ///< dotted
    bool critical = false;
    QByteArray der; ///< its value
};

/// What a certificate of the practice CA or of a test, or one that answers a challenge, says; empty members are left
/// out.
struct CertificateContent {
    PublicKey key; ///< whom it is for
    QDateTime notBefore;
    QDateTime notAfter;
    QList<base::Identifier> names; ///< subjectAltName
    QString commonName;
    bool isCa = false; ///< a certificate authority, else a TLS server
    QByteArray serial; ///< big-endian, at most 20 bytes; 16 random bytes when empty
    QStringList ocspUrls;
    QStringList caIssuerUrls;
    QStringList crlUrls;
    QList<FurtherExtension> further;
};

/// A self-signed root with a new key.
base::Result<Identity> makeRoot(const QString& commonName, KeyType type, const QDateTime& notBefore,
                                const QDateTime& notAfter);
/// A certificate authority below `issuer` with a new key.
base::Result<Identity> makeIntermediate(const Identity& issuer, const QString& commonName, KeyType type,
                                        const QDateTime& notBefore, const QDateTime& notAfter);
/// A TLS server's certificate with a new key.
base::Result<Identity> issueServerCertificate(const Identity& issuer, const QList<base::Identifier>& names,
                                              KeyType type, const QDateTime& notBefore, const QDateTime& notAfter);
/// Any certificate, signed by the key that it is for.
base::Result<Identity> selfSigned(PrivateKey key, const CertificateContent& content);
/// Any certificate, signed by `issuer`, with key identifiers of both.
base::Result<Certificate> issueCertificate(const Identity& issuer, const CertificateContent& content);
/// A TLS server's certificate for the key and names of a PKCS#10 request.
base::Result<Certificate> issueForRequest(const Identity& issuer, QByteArrayView requestDer, const QDateTime& notBefore,
                                          const QDateTime& notAfter);

} // namespace crypto
