// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "storage/connection.h"

/// Rows of the table eab_credential, whose host is a row of its own.
namespace storage {

extern const QString missingCredential;
/// Of eab_credential as c, for credentialFrom().
extern const QString credentialSelection;
lifecycle::EabCredential credentialFrom(Row& row);

/// AlreadyExists about "kid" when the authority has a credential with that key identifier. Adds the host where there is
/// none of its name.
base::Result<void> insertCredentialRow(Connection& connection, const lifecycle::EabCredential& credential,
                                       const QByteArray& sealedKey);
base::Result<void> updateCredentialRow(Connection& connection, const lifecycle::EabCredential& credential);

} // namespace storage
