// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/external_account_binding.h"
#include "lifecycle/accounts.h"

/// What operators enter about EAB credentials, before anything is stored.
namespace lifecycle {

/// A credential as it was entered, without its key. InvalidInput about "kid", "algorithm" or "contacts".
base::Result<EabCredential> credentialFrom(const EabDetails& details, const QDateTime& now);
/// The key, decoded as the operator answered; as it is written where that is not known yet.
base::Result<acme::DecodedMacKey> keyFrom(const EabDetails& details);

/// The credential with its changes, the state as it is to be. InvalidInput about "contacts", or about "state" for one
/// that is not the operator's to say.
base::Result<EabCredential> changed(EabCredential credential, const EabChanges& changes);

/// Why no account can be registered with a credential in this state; empty for Unused.
QString whyUnusable(EabCredential::State state);

} // namespace lifecycle
