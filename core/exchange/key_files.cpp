// SPDX-License-Identifier: Apache-2.0
#include "exchange/key_files.h"

#include "crypto/pkcs12.h"

namespace exchange {
namespace {

using base::Result;
using base::Secret;

Secret asSecret(const QByteArray& encrypted)
{
    return Secret(encrypted);
}

/// What key stores show for the entry: what the operator said, else the certificate's own name.
QString friendlyName(const crypto::Certificate& leaf, const ExportOptions& options)
{
    if (!options.friendlyName.isEmpty())
        return options.friendlyName;
    if (const QString name = leaf.commonName(); !name.isEmpty())
        return name;
    return (leaf.dnsNames() + leaf.ipAddresses()).value(0);
}

Result<Secret> encryptedBy(crypto::Pkcs12Encryption encryption, const crypto::CertificateChain& chain,
                           const crypto::PrivateKey& key, const ExportOptions& options)
{
    return crypto::pkcs12(key, chain, *options.password, encryption, friendlyName(chain.leaf, options)).map(asSecret);
}

} // namespace

Result<Secret> writePkcs12(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                           const ExportOptions& options)
{
    return encryptedBy(crypto::Pkcs12Encryption::Modern, chain, *key, options);
}

Result<Secret> writePkcs12Legacy(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                 const ExportOptions& options)
{
    return encryptedBy(crypto::Pkcs12Encryption::Legacy, chain, *key, options);
}

Result<Secret> writeKey(const crypto::CertificateChain&, const crypto::PrivateKey* key, const ExportOptions& options)
{
    if (options.unencryptedKey)
        return key->toPem();
    return key->toEncryptedPem(*options.password).map(asSecret);
}

} // namespace exchange
