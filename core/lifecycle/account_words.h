// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "base/result.h"
#include "lifecycle/account.h"
#include "lifecycle/authority.h"

namespace lifecycle {

/// Contacts as URIs (RFC 8555 section 7.1.2): a bare mail address becomes "mailto:…", empty ones are left out.
/// InvalidInput about "contacts".
base::Result<QStringList> parseContacts(const QStringList& contacts);
/// Whether the authority stores contacts; where it does not, none is sent.
bool keepsContacts(const Authority& authority);
/// A word that ACME does not know counts as valid: the next request will tell.
Account::Status accountStatusOf(acme::AccountStatus status);
/// The terms that the account would have to agree to now, where those that it agreed to are others; empty where nothing
/// has changed, and where it is not known which ones it agreed to.
QUrl changedTerms(const Account& account, const Authority& authority);
/// What the log calls an account: its contacts, else the start of its key's thumbprint.
QString accountTitle(const Account& account);

} // namespace lifecycle
