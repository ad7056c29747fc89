// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/private_key.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/lease.h"

namespace lifecycle {

/// What a process holds while it changes the key of an account.
QString rolloverLease(const QString& accountId);

/// The turn of this process to change the key of an account: the lease, and who waits here meanwhile.
struct AccountKeys::Turn {
    Turn(AccountKeys& keysOfAccounts, QString id, std::shared_ptr<HeldLease> held);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    AccountKeys& keys;
    QString accountId;
    std::shared_ptr<HeldLease> lease;
};

/// One change of an account's key while it runs.
struct AccountKeys::Rollover {
    std::shared_ptr<Turn> turn;
    Account account;
    acme::AcmeClient& client;
    crypto::PrivateKey oldKey;
    RolloverNotice notice;
    std::stop_token stop;
    std::optional<crypto::PrivateKey> newKey = {}; ///< stored once it is set
    int badNonces = 0; ///< how often the request was refused for its nonce alone

    void tell(RolloverStep step) const;
};

} // namespace lifecycle
