// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/private_key.h"
#include "lifecycle/certificate_key.h"
#include "lifecycle/vault.h"

/// Private keys in the vault, each sealed for the row it belongs to.
namespace lifecycle {

/// Account keys are in the renewal ring: every unattended request is signed with one.
base::Result<QByteArray> sealAccountKey(Vault& vault, const QString& accountId, const crypto::PrivateKey& key);
base::Result<crypto::PrivateKey> openAccountKey(Vault& vault, const QString& accountId, const QByteArray& sealed);

/// The HMAC key of an EAB credential is in the operator ring: only who registers accounts reads it.
base::Result<QByteArray> sealCredentialKey(Vault& vault, const QString& credentialId, const base::Secret& key);
base::Result<base::Secret> openCredentialKey(Vault& vault, const QString& credentialId, const QByteArray& sealed);
/// The key that an account is to have once a rollover succeeded.
base::Result<QByteArray> sealRolloverKey(Vault& vault, const QString& accountId, const crypto::PrivateKey& key);
base::Result<crypto::PrivateKey> openRolloverKey(Vault& vault, const QString& accountId, const QByteArray& sealed);

/// The key of an unfinished order is in the renewal ring, so that whoever resumes the order can go on with it. Empty
/// where the key is elsewhere.
base::Result<QByteArray> sealOrderKey(Vault& vault, const QString& orderId, const CertificateKey& key);
base::Result<crypto::PrivateKey> openOrderKey(Vault& vault, const QString& orderId, const QByteArray& sealed);

/// The key of an issued version is in the operator ring; sealing works while the vault is locked. Empty where the key
/// is elsewhere.
base::Result<QByteArray> sealVersionKey(Vault& vault, const QString& versionId, const CertificateKey& key);
base::Result<crypto::PrivateKey> openVersionKey(Vault& vault, const QString& versionId, const QByteArray& sealed);

/// "USER:PASSWORD" of an authority's proxy is in the renewal ring: renewals go through that proxy unattended.
base::Result<QByteArray> sealProxyCredentials(Vault& vault, const QString& authorityId,
                                              const base::Secret& credentials);
base::Result<base::Secret> openProxyCredentials(Vault& vault, const QString& authorityId, const QByteArray& sealed);

} // namespace lifecycle
