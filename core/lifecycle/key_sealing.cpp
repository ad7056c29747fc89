// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/key_sealing.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

SecretPlace accountPlace(const QString& id)
{
    return {u"account"_s, id, u"private_key"_s};
}

SecretPlace credentialPlace(const QString& id)
{
    return {u"eab_credential"_s, id, u"hmac_key"_s};
}

SecretPlace rolloverPlace(const QString& accountId)
{
    return {u"account_rollover"_s, accountId, u"new_private_key"_s};
}

SecretPlace orderPlace(const QString& id)
{
    return {u"certificate_order"_s, id, u"private_key"_s};
}

SecretPlace versionPlace(const QString& id)
{
    return {u"certificate_version"_s, id, u"private_key"_s};
}

SecretPlace proxyPlace(const QString& authorityId)
{
    return {u"authority"_s, authorityId, u"proxy_credentials"_s};
}

Result<crypto::PrivateKey> openKey(Vault& vault, Ring ring, const SecretPlace& place, const QByteArray& sealed)
{
    auto der = vault.open(ring, place, sealed);
    if (!der)
        return tl::unexpected(std::move(der).error());
    return crypto::PrivateKey::fromPkcs8Der(*der);
}

Result<QByteArray> sealKey(Vault& vault, Ring ring, const SecretPlace& place, const CertificateKey& key)
{
    if (!key.privateKey())
        return QByteArray();
    return vault.seal(ring, place, key.privateKey()->toPkcs8Der());
}

} // namespace

Result<QByteArray> sealAccountKey(Vault& vault, const QString& accountId, const crypto::PrivateKey& key)
{
    return vault.seal(Ring::Renewal, accountPlace(accountId), key.toPkcs8Der());
}

Result<crypto::PrivateKey> openAccountKey(Vault& vault, const QString& accountId, const QByteArray& sealed)
{
    return openKey(vault, Ring::Renewal, accountPlace(accountId), sealed);
}

Result<QByteArray> sealCredentialKey(Vault& vault, const QString& credentialId, const base::Secret& key)
{
    return vault.seal(Ring::Operator, credentialPlace(credentialId), key);
}

Result<base::Secret> openCredentialKey(Vault& vault, const QString& credentialId, const QByteArray& sealed)
{
    return vault.open(Ring::Operator, credentialPlace(credentialId), sealed);
}

Result<QByteArray> sealRolloverKey(Vault& vault, const QString& accountId, const crypto::PrivateKey& key)
{
    return vault.seal(Ring::Renewal, rolloverPlace(accountId), key.toPkcs8Der());
}

Result<crypto::PrivateKey> openRolloverKey(Vault& vault, const QString& accountId, const QByteArray& sealed)
{
    return openKey(vault, Ring::Renewal, rolloverPlace(accountId), sealed);
}

Result<QByteArray> sealOrderKey(Vault& vault, const QString& orderId, const CertificateKey& key)
{
    return sealKey(vault, Ring::Renewal, orderPlace(orderId), key);
}

Result<crypto::PrivateKey> openOrderKey(Vault& vault, const QString& orderId, const QByteArray& sealed)
{
    return openKey(vault, Ring::Renewal, orderPlace(orderId), sealed);
}

Result<QByteArray> sealVersionKey(Vault& vault, const QString& versionId, const CertificateKey& key)
{
    return sealKey(vault, Ring::Operator, versionPlace(versionId), key);
}

Result<crypto::PrivateKey> openVersionKey(Vault& vault, const QString& versionId, const QByteArray& sealed)
{
    return openKey(vault, Ring::Operator, versionPlace(versionId), sealed);
}

Result<QByteArray> sealProxyCredentials(Vault& vault, const QString& authorityId, const base::Secret& credentials)
{
    return vault.seal(Ring::Renewal, proxyPlace(authorityId), credentials);
}

Result<base::Secret> openProxyCredentials(Vault& vault, const QString& authorityId, const QByteArray& sealed)
{
    return vault.open(Ring::Renewal, proxyPlace(authorityId), sealed);
}

} // namespace lifecycle
