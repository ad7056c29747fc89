// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "lifecycle/accounts.h"

namespace lifecycle {

struct Accounts::Line {
    acme::AcmeClient* client; ///< never null
    acme::AccountContext signer; ///< with the account's URL, empty while it is pending
};

} // namespace lifecycle
