// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_enroller.h"

#include "acme/acme_client.h"
#include "acme/exchange.h"
#include "acme/renewal_info.h"
#include "acme/server_traits.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/acme_issuance.h"
#include "lifecycle/repositories.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

AcmeEnroller::AcmeEnroller(Repositories& repositories, AcmeClients& clients, AccountKeys& keys)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_keys(keys)
{
}

Task<Result<Enrolled>> AcmeEnroller::enroll(Enrolment enrolment)
{
    const QString accountId = enrolment.progress->record().request.accountId;
    auto signer = co_await m_keys.signer(accountId, enrolment.stop);
    if (!signer)
        co_return tl::unexpected(std::move(signer).error());
    co_await m_repositories.accounts.noteUse(accountId, enrolment.progress->now());
    co_return co_await enrollAs(std::move(enrolment), *std::move(signer));
}

Task<Result<Enrolled>> AcmeEnroller::enrollAs(Enrolment enrolment, AccountSigner signer)
{
    auto enrolled = co_await run(enrolment, signer);
    if (enrolled || enrolment.stop.stop_requested())
        co_return enrolled;
    const bool outdated = co_await m_keys.isOutdated(signer);
    if (!outdated)
        co_return enrolled;
    auto current = co_await m_keys.signer(signer.account.id, enrolment.stop);
    if (!current)
        co_return tl::unexpected(std::move(current).error());
    if (current->account.keyThumbprint == signer.account.keyThumbprint)
        co_return enrolled;
    enrolment.progress->note(OrderEvent::Subject::Order, u"retrying"_s,
                             u"the account's key was changed meanwhile: going on with the new one"_s);
    enrolment.fresh = false;
    co_return co_await enrollAs(std::move(enrolment), *std::move(current));
}

Task<Result<Enrolled>> AcmeEnroller::run(Enrolment enrolment, AccountSigner signer)
{
    auto authority = co_await m_repositories.authorities.byId(enrolment.progress->record().request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto client = m_clients.of(*authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    acme::AccountContext context {std::move(signer.key), signer.account.url};
    context.onExchange = [progress = enrolment.progress](const acme::Exchange& exchange) {
        progress->exchanged(exchange);
    };
    enrolment.replaces = co_await replacedBy(enrolment.progress->record(), **client, enrolment.stop);
    if (const auto roots = crypto::certificatesFromPem(authority->issuingRootsPem))
        enrolment.issuingRoots = *roots;
    const acme::ServerTraits& traits = acme::traitsOf(authority->meta.kind);
    enrolment.mayAwaitApproval = traits.ordersMayWaitForApproval;
    enrolment.mayListOrders = !traits.listingOrdersBreaksAccounts;
    if (auto roots = crypto::certificatesFromPem(authority->rootsPem))
        enrolment.roots = *std::move(roots);
    AcmeIssuance issuance(std::move(enrolment), **client, std::move(context), m_repositories.orders);
    auto enrolled = co_await issuance.run();
    co_return enrolled;
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

bool isAboutDirectory(const base::Error& error)
{
    return error.code() == base::ErrorCode::InvalidInput && error.field() == u"directoryUrl"_s;
}

bool endsOrder(const base::Error& error)
{
    switch (error.code()) {
    case base::ErrorCode::Rejected:
        if (acme::isBadNonce(error))
            return false;
        return !error.problem() || error.problem()->status < 500;
    case base::ErrorCode::InvalidInput:
        return !isAboutDirectory(error);
    case base::ErrorCode::Protocol: // it was asked for several times, and another one will not come
        return error.field() == issuedCertificate;
    case base::ErrorCode::NotFound:
    case base::ErrorCode::Crypto:
    case base::ErrorCode::Unsupported:
        return true;
    default:
        return false;
    }
}

} // namespace lifecycle
