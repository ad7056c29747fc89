// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/accounts.h"
#include "lifecycle/eab_rules.h"

#include <functional>

namespace lifecycle {

/// Which credentials are to get an account each.
struct BulkRegistrationRequest {
    QStringList credentialIds; ///< empty: all that are unused or reserved
    QString authorityId; ///< with no ids: only those of this authority; empty: of all
    QStringList contacts; ///< for credentials that have none of their own
    crypto::KeyType keyType = crypto::KeyType::EcP256;
    bool termsAgreed = false;
};

/// What became of one credential.
struct BulkRegistrationOutcome {
    enum class Result {
        Bound,
        WasBound, ///< an account had it before: nothing was sent
        Failed,
        Unknown, ///< no clear reply: doing it again resumes with the same key
        NotBegun, ///< stopped before its turn, or the authority asked to wait before it came
    };
    EabCredential credential; ///< as it is now
    Result result = Result::NotBegun;
    QString accountId;
    std::optional<base::Error> error;
    EabFate fate; ///< with `error`
};

QString bulkResultName(BulkRegistrationOutcome::Result result);

/// How far a bulk registration is.
struct BulkRegistrationProgress {
    int done = 0;
    int failed = 0; ///< of those
    int total = 0;
};

/// Registers an account for each of many credentials, some at a time. Repeating it is safe: what is bound stays as it
/// is, and what is reserved is resumed with the key it was reserved for.
class BulkRegistration {
public:
    using Watch = std::function<void(BulkRegistrationProgress)>;

    BulkRegistration(Repositories& repositories, Accounts& accounts);

    /// One outcome a credential, in the order of the inventory. A failure of one is no failure of the whole; only bad
    /// input and an unreadable inventory are.
    base::Task<base::Result<QList<BulkRegistrationOutcome>>> run(BulkRegistrationRequest request, Watch watch,
                                                                 std::stop_token stop);

private:
    struct Work;
    base::Task<base::Result<QList<EabCredential>>> chosen(BulkRegistrationRequest request);
    base::Task<void> job(std::shared_ptr<Work> work);
    base::Task<BulkRegistrationOutcome> registerOne(EabCredential credential, AccountDetails details,
                                                    std::stop_token stop);

    Repositories& m_repositories;
    Accounts& m_accounts;
};

} // namespace lifecycle
