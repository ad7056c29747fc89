// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/delivery.h"
#include "base/result.h"
#include "base/task.h"
#include "crypto/private_key.h"
#include "lifecycle/account.h"

#include <QHash>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace acme {
class AcmeClient;
}

namespace lifecycle {

class AcmeClients;
class HeldLease;
class Journal;
class Leases;
class Vault;
struct Repositories;

/// An account and the key that its authority knows it by.
struct AccountSigner {
    Account account;
    crypto::PrivateKey key;
};

/// How far a rollover is, for whoever watches it.
enum class RolloverStep {
    WaitingForOrders, ///< names are being validated: their answers are made with the old key
    MakingKey,
    KeyStored, ///< both keys are stored; the authority is asked now
    Asking, ///< no usable answer came: asking which of the keys the authority has
    Confirmed, ///< the authority has the new key
};

/// "waiting-for-orders", "making-key", …
QString rolloverStepName(RolloverStep step);
/// Called on the engine's thread; may be empty.
using RolloverNotice = std::function<void(RolloverStep)>;

/// The keys of accounts: opened for whoever signs, and changed (RFC 8555 section 7.3.5).
///
/// A rollover stores the new key beside the old one before the authority is asked, and forgets neither before it is
/// known which one the authority has. While that is unknown, whoever needs the account's key asks the authority first.
/// One process at a time changes the key of an account (the lease "rollover:<id>"); others that need it wait.
class AccountKeys {
public:
    AccountKeys(Repositories& repositories, AcmeClients& clients, Vault& vault, Journal& journal, Leases& leases,
                base::Clock& clock);

    /// The account with its key. Waits while its key is being changed, and settles a rollover of unknown outcome.
    base::Task<base::Result<AccountSigner>> signer(QString accountId, std::stop_token stop);
    /// Whether `signer` may no longer be the one that the authority knows: its key was changed, or is being changed.
    base::Task<bool> isOutdated(AccountSigner signer);

    /// Gives the account a new key of `type`; without one, of the kind it has. Where a rollover is unfinished, that one
    /// is finished with the key it began with, and another `type` is InvalidInput about "keyType".
    ///
    /// Unsupported where the authority cannot change keys: nothing was changed. AlreadyExists where it says that
    /// another account has the new key: nothing was changed. Busy while another process changes it. After Network,
    /// Timeout, Protocol or Cancelled the outcome may be unknown (`Account::rollover`); calling again settles it.
    base::Task<base::Result<Account>> rollOver(QString accountId, std::optional<crypto::KeyType> type,
                                               RolloverNotice notice, std::stop_token stop);
    /// Gives an unfinished rollover up: the account as the authority knows it, with the old key or the new one.
    base::Task<base::Result<Account>> abandonRollover(QString accountId, std::stop_token stop);
    /// Finishes every rollover of unknown outcome; for the start of a program. What cannot be finished now stays.
    base::Task<void> finishRollovers(std::stop_token stop);

private:
    enum class Known { Old, New };
    struct Turn;
    struct Rollover;

    base::Task<base::Result<Account>> undisturbed(QString accountId, std::stop_token stop);
    base::Task<void> waitForTurn(QString accountId, std::stop_token stop);
    void endTurn(const QString& accountId);
    base::Task<base::Result<crypto::PrivateKey>> open(Account account);
    base::Task<base::Result<acme::AcmeClient*>> clientOf(QString authorityId);

    // account_rollover.cpp
    base::Task<base::Result<std::shared_ptr<Rollover>>> begin(QString accountId, RolloverNotice notice,
                                                              std::stop_token stop);
    base::Task<base::Result<void>> checkOffered(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<Account>> carryOut(std::shared_ptr<Rollover> rollover, std::optional<crypto::KeyType> type);
    base::Task<base::Result<Account>> resume(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<void>> waitForOrders(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<bool>> isBeingValidated(QString accountId);
    base::Task<base::Result<void>> makeKey(std::shared_ptr<Rollover> rollover, crypto::KeyType type);
    base::Task<base::Result<void>> loadKey(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<Account>> change(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<Account>> settle(std::shared_ptr<Rollover> rollover, base::Error error);
    base::Task<base::Result<Known>> askWhichKey(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<bool>> isKnown(std::shared_ptr<Rollover> rollover, crypto::PrivateKey key);
    base::Task<base::Result<Account>> commit(std::shared_ptr<Rollover> rollover);
    base::Task<base::Result<Account>> forgetNewKey(std::shared_ptr<Rollover> rollover);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Vault& m_vault;
    Journal& m_journal;
    Leases& m_leases;
    base::Clock& m_clock;
    QHash<QString, crypto::PrivateKey> m_opened; ///< by thumbprint, as long as the vault is open
    /// Who waits for an account whose key this process changes; delivers true once that has ended.
    QHash<QString, QList<base::Delivery<bool>>> m_waiting;
};

} // namespace lifecycle
