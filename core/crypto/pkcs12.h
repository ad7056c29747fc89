// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/chain.h"
#include "crypto/private_key.h"

#include <QList>
#include <QString>

#include <optional>

namespace crypto {

enum class Pkcs12Encryption {
    Modern, ///< PBES2 with AES-256 and a SHA-256 MAC: OpenSSL 1.1, Java 11.0.12, Windows 10 1709 and later
    Legacy, ///< 3DES and SHA-1: Windows Server 2012 and 2016, old Java, old appliances
};

/// A PKCS#12 file (RFC 7292) with key and chain. InvalidInput where the key is not that of the leaf.
base::Result<QByteArray> pkcs12(const PrivateKey& key, const CertificateChain& chain, const base::Secret& password,
                                Pkcs12Encryption encryption, const QString& friendlyName);

/// What a PKCS#12 file holds.
struct Pkcs12Contents {
    std::optional<PrivateKey> key;
    std::optional<Certificate> certificate; ///< the one that belongs to the key
    QList<Certificate> others;
    QString friendlyName;
};

/// Reads a PKCS#12 file. InvalidInput where it is none, WrongPassphrase where `password` is another one.
base::Result<Pkcs12Contents> readPkcs12(QByteArrayView file, const base::Secret& password);

} // namespace crypto
