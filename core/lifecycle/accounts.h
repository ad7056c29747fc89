// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/account.h"
#include "lifecycle/account_orders.h"
#include "lifecycle/authority.h"
#include "lifecycle/vault.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace acme {
class AcmeClient;
struct Account;
struct AccountContext;
struct ExternalAccountBinding;
struct NewAccount;
} // namespace acme

namespace lifecycle {

class AccountKeys;
class AcmeClients;
class Journal;
struct Repositories;

/// What an operator enters to register an account.
struct AccountDetails {
    QString authorityId;
    QStringList contacts; ///< URIs; a bare mail address becomes "mailto:…"
    crypto::KeyType keyType = crypto::KeyType::EcP256;
    bool termsAgreed = false;
    QString eabCredentialId; ///< empty: no external account binding
};

/// What an operator enters to store an EAB credential.
struct EabDetails {
    QString authorityId;
    QString kid;
    SharedSecret keyText; ///< as the CA's portal shows it
    QString algorithm = QStringLiteral("HS256");
    QString label;
    QString owner;
    QString host; ///< added to the inventory where it has no machine of that name
    QStringList contacts; ///< for the account that is to use it
    QDateTime expiresAt; ///< null: not known
    /// The operator's answer to "this looks encoded once more": nothing until asked.
    std::optional<bool> decodeOnceMore;
};

/// What storing a credential found out.
struct EabAdded {
    EabCredential credential;
    int keyBytes = 0;
    /// The key looks base64-encoded once more and `decodeOnceMore` was not given: nothing was stored, ask and call
    /// again.
    bool needsAnswer = false;
};

/// What an operator changes about a stored credential; what is not given stays.
struct EabChanges {
    std::optional<QString> label;
    std::optional<QString> owner;
    std::optional<QString> host;
    std::optional<QStringList> contacts;
    std::optional<QDateTime> expiresAt; ///< a null time: not known
    /// Unused or Spent, where the operator knows better than we do. Never while an account has the credential.
    std::optional<EabCredential::State> state;
};

/// Accounts and the credentials they are bound with. Errors name "contacts", "terms", "eab", "eabKey", "kid",
/// "algorithm" or "authority".
class Accounts {
public:
    Accounts(Repositories& repositories, AcmeClients& clients, AccountKeys& keys, Vault& vault, Journal& journal);

    /// Registers an account (RFC 8555 section 7.3). The key is stored before the request; a reply that was lost is
    /// repaired by calling resume(), never by a second key.
    base::Task<base::Result<Account>> registerAccount(AccountDetails details, std::stop_token stop);
    /// Asks again for an account whose registration has no known outcome.
    base::Task<base::Result<Account>> resume(QString id, std::stop_token stop);
    /// Asks the authority which account the key has (RFC 8555 section 7.3.1) and stores its URL, status and contacts as
    /// they are there. Never makes an account.
    base::Task<base::Result<Account>> findByKey(QString id, std::stop_token stop);
    /// Section 7.3.2. Nothing is stored unless the authority took them.
    base::Task<base::Result<Account>> updateContacts(QString id, QStringList contacts, std::stop_token stop);
    /// Section 7.3.3: agrees to the terms that the authority's directory names now, and stores which and when. `read`
    /// are the terms that were shown; where the directory names others by now, InvalidInput about "terms" and nothing
    /// changes. An empty `read` takes them as they are.
    base::Task<base::Result<Account>> agreeToTerms(QString id, QUrl read, std::stop_token stop);
    /// What ends with the account.
    base::Task<base::Result<AccountDependents>> dependents(QString id);
    /// Some of the orders that the authority lists for the account (section 7.1.2.1), beginning at `from`. Unsupported
    /// where it has no list.
    base::Task<base::Result<AccountOrderPage>> orders(QString id, AccountOrderCursor from, std::stop_token stop);
    /// Section 7.3.6: the authority will never accept the account again. Its key and history are kept.
    base::Task<base::Result<Account>> deactivate(QString id, std::stop_token stop);
    /// Binds one credential, whatever came before: registers with it, resumes the account it is reserved for, or
    /// answers the account that has it. `details` are those of a new account; its contacts give way to the credential's
    /// own.
    base::Task<base::Result<Account>> bind(QString credentialId, AccountDetails details, std::stop_token stop);
    base::Task<base::Result<QList<Account>>> all();
    base::Task<base::Result<Account>> byId(QString id);
    /// The account to use where none was named: the authority's only valid one.
    base::Task<base::Result<Account>> onlyOneOf(QString authorityId);

    base::Task<base::Result<EabAdded>> addCredential(EabDetails details);
    /// All of them, in the state that they have now.
    base::Task<base::Result<QList<EabCredential>>> credentials();
    /// The authority's credential with this key identifier.
    base::Task<base::Result<EabCredential>> credential(QString authorityId, QString kid);
    base::Task<base::Result<EabCredential>> credentialById(QString id);
    /// InvalidInput about "state" for one that the credential cannot have. The key stays as it is.
    base::Task<base::Result<EabCredential>> updateCredential(QString id, EabChanges changes);
    base::Task<base::Result<void>> removeCredential(QString id);

private:
    /// Stores and logs what registering came to.
    base::Task<base::Result<Account>> confirm(Account account, base::Task<base::Result<Account>> outcome);
    base::Task<base::Result<Account>> requestAccount(Account account, std::stop_token stop);
    base::Task<base::Result<Account>> findOrRequestAccount(Account account, std::stop_token stop);
    /// Rejected where the authority has no account with the key.
    base::Task<base::Result<Account>> findRequested(Account account, std::stop_token stop);
    Account known(Account account, const acme::Account& answer) const;
    /// Whom to ask about an account, and who signs.
    struct Line;
    base::Task<base::Result<Line>> lineFor(Account account, std::stop_token stop);
    /// One request about an account that exists.
    using Question = std::function<base::Task<base::Result<acme::Account>>(acme::AcmeClient&, acme::AccountContext)>;
    base::Task<base::Result<acme::Account>> ask(Account account, Question question, std::stop_token stop);
    base::Task<base::Result<Account>> settle(Account account, base::Result<acme::Account> answer);
    /// Asks, stores what came back and writes the outcome to the log.
    base::Task<base::Result<Account>> carryOut(QString action, Account account, Question question,
                                               std::stop_token stop);
    base::Task<base::Result<void>> storeTerms(Account account, QUrl terms);
    base::Task<base::Result<AccountOrderPage>> readOrders(std::shared_ptr<Line> line, QUrl list, int offset,
                                                          std::stop_token stop);
    base::Task<base::Result<AccountOrder>> readOrder(std::shared_ptr<Line> line, QUrl url, std::stop_token stop);
    base::Task<base::Result<acme::NewAccount>> newAccountRequest(Account account);
    base::Task<void> forgetRefused(Account account, base::Error error);
    base::Task<void> noteRefusal(QString id, base::Error error);
    base::Task<void> noteRequirement(QString authorityId);
    base::Task<base::Result<EabCredential>> usableCredential(QString id, QString authorityId);
    base::Task<base::Result<acme::ExternalAccountBinding>> openBinding(QString credentialId);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    AccountKeys& m_keys;
    Vault& m_vault;
    Journal& m_journal;
};

} // namespace lifecycle
