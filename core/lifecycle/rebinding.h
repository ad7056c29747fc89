// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/account.h"
#include "lifecycle/authorities.h"
#include "lifecycle/order_record.h"

#include <memory>
#include <stop_token>

namespace lifecycle {

class Leases;
class NewPlace;
class Orders;

/// Where an authority is to be found from now on.
struct RebindRequest {
    QString authorityId;
    QString directoryUrl;
    QByteArray rootsPem; ///< pinned instead, where the new place is under other roots; empty: the roots stay
};

/// An account and what the new place calls it.
struct ReboundAccount {
    Account account; ///< as it is stored now
    /// What the new place takes as `kid`, which may be the URL of before; empty where the account must be registered
    /// anew, since its key is not known there or is refused.
    QUrl url;
    bool isRefused = false; ///< the new place knows the key and takes nothing from it: it needs a new key as well
};

/// An unfinished order and where it goes on.
struct ReboundOrder {
    OrderRecord order; ///< as it is stored now
    QUrl url; ///< at the new place; empty where that does not know it: the order ends
    QUrl finalizeUrl;
    QUrl certificateUrl;
};

/// What a re-bind does, or has done.
struct RebindPlan {
    Authority authority; ///< as it is afterwards
    QUrl before; ///< the directory until then
    QList<ReboundAccount> accounts;
    QList<ReboundOrder> orders;
};

/// Follows an authority whose host, port or provisioner was renamed. The key identifier of every request must be the
/// account's URL as the server has it (RFC 8555 section 6.2; step-ca compares the text), so each account is asked for
/// by its key, without making one (section 7.3.1), and it is tried which URL the server takes.
class Rebinding {
public:
    Rebinding(Repositories& repositories, Authorities& authorities, AcmeClients& clients, Orders& orders, Vault& vault,
              Leases& leases, Journal& journal);

    /// Asks the new place and changes nothing. InvalidInput about "directoryUrl" or "root"; Locked; errors of requests.
    base::Task<base::Result<RebindPlan>> plan(RebindRequest request, std::stop_token stop);
    /// Asks again and stores what came of it: the directory with the accounts in one step, then the orders. Busy where
    /// another process runs an order of the authority.
    base::Task<base::Result<RebindPlan>> apply(RebindRequest request, std::stop_token stop);

private:
    base::Task<base::Result<std::shared_ptr<NewPlace>>> reach(RebindRequest request, std::stop_token stop);
    base::Task<base::Result<void>> store(RebindPlan plan);
    base::Task<base::Result<MovedAccount>> moved(ReboundAccount rebound);
    base::Task<base::Result<void>> storeOrder(ReboundOrder rebound);

    Repositories& m_repositories;
    Authorities& m_authorities;
    AcmeClients& m_clients;
    Orders& m_orders;
    Vault& m_vault;
    Leases& m_leases;
    Journal& m_journal;
};

} // namespace lifecycle
