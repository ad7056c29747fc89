// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "acme/server_traits.h"
#include "crypto/certificate.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/certificates.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

QString noteFor(const RevokeRequest& request)
{
    const QString reason = revocationReasonName(request.reason);
    const QString key = request.withCertificateKey ? u" (signed by the certificate's key)"_s : QString();
    return request.note.isEmpty() ? reason + key : reason + key + u": "_s + request.note;
}

/// Whether the authority takes a revocation that the certificate's key signed as it is meant.
Result<void> checkOwnKeyAt(const Authority& authority, int reason)
{
    constexpr int keyCompromise = 1;
    const acme::ServerTraits& traits = acme::traitsOf(authority.meta.kind);
    const QString name = QString::fromUtf16(traits.displayName);
    if (traits.certificateKeyRevocationBroken)
        return base::failed(ErrorCode::Unsupported,
                            u"%1 cannot revoke by the certificate's key; revoke by the account's key"_s.arg(name));
    if (traits.certificateKeyRevocationMeansKeyCompromise && reason != keyCompromise)
        return base::invalid(u"reason"_s,
                             u"%1 takes a revocation by the certificate's key for keyCompromise, whatever reason is "
                             "given: give that one, or revoke by the account's key"_s.arg(name));
    return {};
}

} // namespace

Task<Result<void>> Certificates::revoke(RevokeRequest request, std::stop_token stop)
{
    auto version = co_await chosenVersion(request.certificateId, request.versionId);
    if (!version)
        co_return tl::unexpected(std::move(version).error());
    if (version->revokedAt.isValid())
        co_return base::failed(ErrorCode::AlreadyExists, u"it was revoked already"_s);
    const QString name = version->names.join(u", "_s);
    auto revoked = co_await sendRevocation(*version, request, std::move(stop));
    if (revoked) {
        version->revokedAt = m_journal.now();
        version->revocationReason = request.reason;
        version->revocationNote = request.note;
        revoked = co_await m_repositories.certificates.markRevoked(*std::move(version));
    }
    if (!revoked) {
        co_await m_journal.failed(u"certificate.revoke"_s, request.certificateId, name, revoked.error());
        co_return base::failed(std::move(revoked), u"revoking the certificate");
    }
    co_await m_journal.done(u"certificate.revoke"_s, request.certificateId, name, Change::Certificates,
                            noteFor(request));
    co_return revoked;
}

Task<Result<void>> Certificates::sendRevocation(CertificateVersion version, RevokeRequest request, std::stop_token stop)
{
    auto leaf = crypto::Certificate::fromPem(version.chainPem);
    if (!leaf)
        co_return tl::unexpected(std::move(leaf).error());
    auto certificate = co_await m_repositories.certificates.byId(version.certificateId);
    if (!certificate)
        co_return tl::unexpected(std::move(certificate).error());
    auto authority = co_await m_repositories.authorities.byId(certificate->request.authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto client = m_clients.of(*authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    if (request.withCertificateKey) {
        if (auto taken = checkOwnKeyAt(*authority, request.reason); !taken)
            co_return taken;
        auto key = co_await keyOf(version);
        if (!key)
            co_return tl::unexpected(std::move(key).error());
        if (!*key)
            co_return base::failed(ErrorCode::NotFound, u"the certificate's key is not in the vault"_s);
        co_return co_await (*client)->revokeWithCertificateKey(**key, leaf->der(), request.reason, nullptr, stop);
    }
    auto signer = co_await m_accountKeys.signer(certificate->request.accountId, stop);
    if (!signer)
        co_return tl::unexpected(std::move(signer).error());
    acme::AccountContext context {std::move(signer->key), signer->account.url};
    co_return co_await (*client)->revoke(std::move(context), leaf->der(), request.reason, stop);
}

} // namespace lifecycle
