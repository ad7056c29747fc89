// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_issuance.h"
#include "lifecycle/chain_choice.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Subject = OrderEvent::Subject;

constexpr qsizetype mostAlternates = 8;

QString rootsOf(const QList<OfferedChain>& offered)
{
    QStringList roots;
    for (const OfferedChain& chain : offered)
        roots.append(chain.root);
    return roots.join(u", "_s);
}

QString topIssuer(const crypto::CertificateChain& chain)
{
    return (chain.intermediates.isEmpty() ? chain.leaf : chain.intermediates.last()).issuer();
}

} // namespace

Task<Result<Enrolled>> AcmeIssuance::download(QUrl url)
{
    OrderRecord& record = progress().record();
    record.state = OrderState::Downloading;
    record.certificateUrl = url;
    progress().note(Subject::Download, u"sending"_s);
    auto saved = co_await progress().save();
    if (!saved)
        co_return tl::unexpected(std::move(saved).error());
    for (int attempt = 0;; ++attempt) {
        auto chains = co_await fetchChains(url);
        if (chains) {
            const auto acceptable = trusted(*chains);
            if (!acceptable)
                co_return tl::unexpected(acceptable.error());
            co_return chosenOf(*acceptable);
        }
        auto again = co_await tryAgainAfter(std::move(chains).error(), attempt);
        if (!again)
            co_return tl::unexpected(std::move(again).error());
    }
}

Task<Result<AcmeIssuance::Chains>> AcmeIssuance::fetchChains(QUrl url)
{
    auto downloaded = co_await m_client.downloadChain(m_account, url, m_enrolment.stop);
    if (!downloaded)
        co_return tl::unexpected(std::move(downloaded).error());
    auto chain = checkedChain(downloaded->pem);
    if (!chain)
        co_return tl::unexpected(std::move(chain).error());
    const Chains chains(1, *chain);
    co_return co_await withAlternates(chains, downloaded->alternates.mid(0, mostAlternates));
}

Task<Result<AcmeIssuance::Chains>> AcmeIssuance::withAlternates(Chains chains, QList<QUrl> urls)
{
    for (const QUrl& url : urls) {
        auto alternate = co_await fetchAlternate(url);
        if (alternate)
            chains.append(*std::move(alternate));
        else if (m_enrolment.stop.stop_requested())
            co_return tl::unexpected(std::move(alternate).error());
        else // the certificate itself is there; another way up to a root is not worth losing it
            progress().note(Subject::Download, u"retrying"_s,
                            u"an alternate chain is passed over: "_s + alternate.error().message());
    }
    co_return chains;
}

Task<Result<crypto::CertificateChain>> AcmeIssuance::fetchAlternate(QUrl url)
{
    for (int attempt = 0;; ++attempt) {
        auto downloaded = co_await m_client.downloadChain(m_account, url, m_enrolment.stop);
        if (downloaded)
            co_return checkedChain(downloaded->pem);
        if (request().preferredChain.isEmpty())
            co_return tl::unexpected(std::move(downloaded).error());
        auto again = co_await tryAgainAfter(std::move(downloaded).error(), attempt);
        if (!again)
            co_return tl::unexpected(std::move(again).error());
    }
}

Result<AcmeIssuance::Chains> AcmeIssuance::trusted(const Chains& chains) const
{
    if (m_enrolment.issuingRoots.isEmpty())
        return chains;
    Chains leading;
    for (const crypto::CertificateChain& chain : chains)
        // At the moment it begins, so that a clock of ours that is slow refuses no good certificate.
        if (crypto::verifyAgainstRoots(chain, m_enrolment.issuingRoots, chain.leaf.notBefore()))
            leading.append(chain);
    if (leading.isEmpty())
        return base::failed(ErrorCode::Rejected,
                            u"the chain leads to “%1” and to none of the roots that are pinned for what this authority "
                            "issues, so it was not stored"_s.arg(topIssuer(chains.first())));
    return leading;
}

Enrolled AcmeIssuance::chosenOf(const Chains& chains)
{
    const QString& preferred = request().preferredChain;
    const auto found =
        preferred.isEmpty() ? std::optional<qsizetype>(0) : findPreferredChain(chains, preferred, m_enrolment.roots);
    Enrolled enrolled {chains[found.value_or(0)], describeChains(chains, found.value_or(0)), {}};
    enrolled.remarks = remarksOn(enrolled.chain.leaf, request());
    if (!found)
        enrolled.remarks.append(u"no chain leads to “%1”; the default one is used (offered: %2)"_s.arg(
            preferred, rootsOf(enrolled.offered)));
    const QString serial = u"serial %1"_s.arg(enrolled.chain.leaf.serialHex());
    progress().note(Subject::Download, u"valid"_s, (QStringList(serial) + enrolled.remarks).join(u"; "_s));
    return enrolled;
}

Result<crypto::CertificateChain> AcmeIssuance::checkedChain(const QByteArray& pem)
{
    auto chain = crypto::chainFromPem(pem);
    if (!chain)
        return base::failed(ErrorCode::Protocol, u"what was downloaded is no chain: "_s + chain.error().message());
    const auto belongs = crypto::checkAgainst(*chain, m_enrolment.key.publicKey(), request().names);
    if (!belongs)
        return tl::unexpected(base::Error(ErrorCode::Protocol, belongs.error().message()).about(issuedCertificate));
    return chain;
}

} // namespace lifecycle
