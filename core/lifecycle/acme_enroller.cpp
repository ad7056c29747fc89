// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_enroller.h"

#include "acme/acme_client.h"
#include "acme/exchange.h"
#include "acme/renewal_info.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/acme_issuance.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using base::Result;
using base::Task;

AcmeEnroller::AcmeEnroller(Repositories& repositories, AcmeClients& clients, Vault& vault)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_vault(vault)
{
}

Task<Result<crypto::CertificateChain>> AcmeEnroller::enroll(Enrolment enrolment)
{
    const IssueRequest& request = enrolment.progress->record().request;
    auto authority = co_await m_repositories.authorities.byId(request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto client = m_clients.of(*authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    auto account = co_await m_repositories.accounts.byId(request.accountId);
    if (!account)
        co_return tl::unexpected(std::move(account).error());
    auto key = co_await accountKey(request.accountId);
    if (!key)
        co_return base::failed(std::move(key), u"opening the account key");
    acme::AccountContext context {*std::move(key), account->url};
    context.onExchange = [progress = enrolment.progress](const acme::Exchange& exchange) {
        progress->exchanged(exchange);
    };
    enrolment.replaces = co_await replacedBy(enrolment.progress->record(), **client, enrolment.stop);
    if (const auto roots = crypto::certificatesFromPem(authority->issuingRootsPem))
        enrolment.issuingRoots = *roots;
    AcmeIssuance issuance(std::move(enrolment), **client, std::move(context), m_repositories.orders);
    auto chain = co_await issuance.run();
    co_return chain;
}

Task<QString> AcmeEnroller::replacedBy(OrderRecord order, acme::AcmeClient& client, std::stop_token stop)
{
    if (!order.url.isEmpty())
        co_return QString();
    auto directory = co_await client.directory(std::move(stop));
    if (!directory || directory->renewalInfo.isEmpty())
        co_return QString();
    auto versions = co_await m_repositories.certificates.versions(order.request.certificateId);
    if (!versions || versions->isEmpty())
        co_return QString();
    const CertificateVersion current = versions->first();
    auto former = co_await m_repositories.orders.byId(current.orderId);
    if (!former || former->request.authorityId != order.request.authorityId)
        co_return QString();
    auto chain = crypto::chainFromPem(current.chainPem);
    if (!chain)
        co_return QString();
    auto identifier = acme::renewalIdentifier(chain->leaf.authorityKeyId(), chain->leaf.serialDer());
    co_return identifier.value_or(QString());
}

Task<Result<crypto::PrivateKey>> AcmeEnroller::accountKey(QString accountId)
{
    if (!m_vault.isOpen(Ring::Renewal))
        m_keys.clear();
    if (const auto known = m_keys.constFind(accountId); known != m_keys.constEnd())
        co_return std::as_const(*known);
    auto sealed = co_await m_repositories.accounts.sealedKey(accountId);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    // Orders that start together all read it; opening it is what costs.
    if (const auto opened = m_keys.constFind(accountId); opened != m_keys.constEnd())
        co_return std::as_const(*opened);
    auto key = openAccountKey(m_vault, accountId, *sealed);
    if (key)
        m_keys.insert(accountId, *key);
    co_return key;
}

bool endsOrder(const base::Error& error)
{
    switch (error.code()) {
    case base::ErrorCode::Rejected:
        if (acme::isBadNonce(error))
            return false;
        return !error.problem() || error.problem()->status < 500;
    case base::ErrorCode::InvalidInput:
    case base::ErrorCode::NotFound:
    case base::ErrorCode::Crypto:
    case base::ErrorCode::Unsupported:
        return true;
    default:
        return false;
    }
}

} // namespace lifecycle
