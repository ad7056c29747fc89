// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "base/result.h"
#include "base/task.h"

#include <stop_token>

namespace acme {
class AcmeClient;
}

namespace lifecycle {

/// The account of a key, and how the authority takes requests from it.
struct FoundAccount {
    acme::Account account; ///< `url` is the one that it takes as `kid`
    QUrl location; ///< where the account is read and changed, where that is another URL; else empty
    bool isTaken = true; ///< false: it knows the key and refuses the account by every URL
};

/// Asks which account the key has (RFC 8555 section 7.3.1), which was `context.url` until now; never makes one.
/// Rejected with accountDoesNotExist where it has none.
///
/// Where the authority names another URL than the one of before, both are tried: after its host was renamed, step-ca
/// names the account by the new host and takes it by the URL alone that it was made with, and after its provisioner was
/// renamed, by neither.
base::Task<base::Result<FoundAccount>> findAccountByKey(acme::AcmeClient& client, acme::AccountContext context,
                                                        std::stop_token stop);
/// The same, where an account that is refused by every URL is of no use: Rejected.
base::Task<base::Result<acme::Account>> findUsableAccount(acme::AcmeClient& client, acme::AccountContext context,
                                                          std::stop_token stop);
/// `context` with the place at which the account is read and changed, where its URL is at another host than the
/// authority's resources.
base::Task<base::Result<acme::AccountContext>> located(acme::AcmeClient& client, acme::AccountContext context,
                                                       std::stop_token stop);

} // namespace lifecycle
