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
/// What people write about it, and nothing else.
base::Result<void> updateCredentialRow(Connection& connection, const lifecycle::EabCredential& credential);
/// Reserves the account's credential for it; does nothing for an account without one. NotFound where there is no such
/// credential, InvalidInput about "eab" where it is no longer unused.
base::Result<void> reserveCredential(Connection& connection, const lifecycle::Account& account);

} // namespace storage
