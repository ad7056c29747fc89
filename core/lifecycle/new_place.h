// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "lifecycle/rebinding.h"

#include <QHash>

namespace acme {
class AcmeClient;
}

namespace lifecycle {

/// Where a renamed authority is now, and what it knows. Asks only: makes no account and changes nothing.
class NewPlace {
public:
    /// `authority` as it will be; `before` is its directory until now. `client` is one of the new place.
    NewPlace(Repositories& repositories, Vault& vault, Authority authority, QUrl before,
             std::shared_ptr<acme::AcmeClient> client);

    const Authority& authority() const { return m_authority; }
    const QUrl& before() const { return m_before; }

    /// The authority's valid accounts as the new place calls them: each is asked for by its key, or by the one that an
    /// unfinished rollover gave it.
    base::Task<base::Result<QList<ReboundAccount>>> accounts(std::stop_token stop);
    /// The authority's unfinished orders. To be asked after accounts(): those of accounts that it does not know are
    /// not known either.
    base::Task<base::Result<QList<ReboundOrder>>> orders(std::stop_token stop);

private:
    base::Task<base::Result<ReboundAccount>> find(Account account, std::stop_token stop);
    base::Task<base::Result<crypto::PrivateKey>> keyOf(Account account);
    base::Task<base::Result<crypto::PrivateKey>> newKeyOf(Account account);
    /// Without URL where nobody there has that key, or whoever has it is refused.
    base::Task<base::Result<ReboundAccount>> ask(Account account, crypto::PrivateKey key, std::stop_token stop);
    base::Task<base::Result<ReboundOrder>> look(OrderRecord order, std::stop_token stop);

    Repositories& m_repositories;
    Vault& m_vault;
    Authority m_authority;
    QUrl m_before;
    std::shared_ptr<acme::AcmeClient> m_client;
    QHash<QString, acme::AccountContext> m_known; ///< by account id
};

} // namespace lifecycle
