// SPDX-License-Identifier: Apache-2.0
#include "base/work_pool.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/order_services.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"
#include "lifecycle/revocation_reason.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int keyCompromise = 1; // RFC 5280 section 5.3.1

Result<CertificateKey> fromRequest(const QByteArray& csrDer)
{
    auto request = crypto::CertificateRequest::fromDer(csrDer);
    if (!request)
        return tl::unexpected(std::move(request).error());
    return CertificateKey(*std::move(request));
}

} // namespace

Task<Result<CertificateKey>> Orders::keyFor(IssueRequest request)
{
    if (!request.csrDer.isEmpty())
        co_return fromRequest(request.csrDer);
    if (request.keepKey && !request.certificateId.isEmpty()) {
        auto kept = co_await keptKey(request.certificateId);
        if (!kept)
            co_return base::failed(std::move(kept), u"opening the key that is to be kept");
        if (*kept)
            co_return CertificateKey(**std::move(kept));
    }
    auto generate = [type = request.keyType] { return crypto::PrivateKey::generate(type); };
    auto key = co_await base::inPool(std::move(generate));
    if (!key)
        co_return base::failed(std::move(key), u"making the certificate's key");
    co_return CertificateKey(*std::move(key));
}

Task<Result<std::optional<crypto::PrivateKey>>> Orders::keptKey(QString certificateId)
{
    std::optional<crypto::PrivateKey> key;
    auto versions = co_await m_services->repositories.certificates.versions(certificateId);
    if (!versions)
        co_return tl::unexpected(std::move(versions).error());
    // A key that others may have is not to be certified again.
    const bool usable = !versions->isEmpty() && versions->first().hasKey
        && !(versions->first().revokedAt.isValid() && versions->first().revocationReason == keyCompromise);
    if (!usable)
        co_return key;
    const CertificateVersion current = versions->first();
    // Since its first order said that the key is kept, the order has it still, where an unattended renewal can open it.
    auto ofOrder = co_await m_services->repositories.orders.sealedKey(current.orderId);
    auto opened = ofOrder ? openOrderKey(m_services->vault, current.orderId, *ofOrder)
                          : Result<crypto::PrivateKey>(tl::unexpected(ofOrder.error()));
    if (!opened) {
        auto ofVersion = co_await m_services->repositories.certificates.sealedKey(current.id);
        if (!ofVersion)
            co_return tl::unexpected(std::move(ofVersion).error());
        opened = openVersionKey(m_services->vault, current.id, *ofVersion);
    }
    if (!opened)
        co_return tl::unexpected(std::move(opened).error());
    key = *std::move(opened);
    co_return key;
}

Task<Result<CertificateKey>> Orders::keyOfOrder(OrderRecord record)
{
    if (!record.request.csrDer.isEmpty())
        co_return fromRequest(record.request.csrDer);
    auto sealed = co_await m_services->repositories.orders.sealedKey(record.id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openOrderKey(m_services->vault, record.id, *sealed);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    co_return CertificateKey(*std::move(key));
}

} // namespace lifecycle
