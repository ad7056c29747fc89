// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "exchange/account_files.h"
#include "lifecycle/account.h"

#include <optional>
#include <stop_token>

namespace acme {
class AcmeClient;
}

namespace lifecycle {

class AcmeClients;
class Journal;
class Vault;
struct Authority;
struct Repositories;

/// Which accounts of another client an operator wants to take over.
struct AccountImport {
    QString authorityId;
    QString path; ///< a client's folder, one account's folder, or a file with a key
    std::optional<exchange::AccountFormat> format; ///< recognised where not given
    QStringList thumbprints; ///< of the keys to take over; empty: all that may belong to the authority
};

/// One account that was found, and what became of it.
struct ImportedAccount {
    enum class Outcome {
        Found, ///< may be imported; the authority was not asked yet
        Imported,
        Known, ///< an account with this key is here already
        Absent, ///< the authority knows no account with this key
        Elsewhere, ///< the other client used it with another server
        Unusable, ///< it could not be read, or has a key of a kind that is not offered
        Failed, ///< the authority could not be asked
    };

    Outcome outcome = Outcome::Found;
    QString format; ///< "certbot", "lego", "acme.sh", "pem" or "jwk"
    QString path;
    QStringList contacts;
    QString keyDescription; ///< "EC P-256"
    QString keyThumbprint; ///< RFC 7638; empty where it could not be read
    QUrl url; ///< as the other client noted it, after an import as the authority says
    QString accountId; ///< Imported and Known
    QString detail; ///< why, in a sentence
};

/// "found", "imported", …
QString importOutcomeName(ImportedAccount::Outcome outcome);

/// Takes over accounts of certbot, lego and acme.sh, and keys as PEM or JWK. What it reads from is never written; keys
/// go to the vault alone, and only once the authority said that they have an account (RFC 8555 section 7.3.1).
class AccountImports {
public:
    AccountImports(Repositories& repositories, AcmeClients& clients, Vault& vault, Journal& journal);

    /// What is there, without asking the authority. Errors are about "path", "format" or "authority".
    base::Task<base::Result<QList<ImportedAccount>>> look(AccountImport wanted);
    /// Imports what is there and is wanted: what became of each, in the order of look(). Locked where the vault is;
    /// nothing was done then.
    base::Task<base::Result<QList<ImportedAccount>>> import(AccountImport wanted, std::stop_token stop);

private:
    struct Candidate;
    base::Task<base::Result<QList<Candidate>>> candidates(AccountImport wanted);
    base::Task<ImportedAccount> take(Candidate candidate, Authority authority, std::stop_token stop);
    base::Task<base::Result<QString>> store(Candidate candidate, Account account);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Vault& m_vault;
    Journal& m_journal;
};

} // namespace lifecycle
