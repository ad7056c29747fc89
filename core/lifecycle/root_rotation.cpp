// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/root_rotation.h"

#include "crypto/certificate.h"
#include "lifecycle/journal.h"
#include "lifecycle/renewal_scheduler.h"
#include "lifecycle/repositories.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

QList<crypto::Certificate> rootsIn(const QByteArray& pem)
{
    return crypto::certificatesFromPem(pem).value_or(QList<crypto::Certificate>());
}

/// A chain may leave the key identifier out; the name has to do then.
bool isNamedBy(const crypto::Certificate& root, const ChainRoot& named)
{
    const QString keyId = QString::fromLatin1(root.subjectKeyId().toHex());
    return root.subject() == named.name && (named.keyId.isEmpty() || keyId.isEmpty() || keyId == named.keyId);
}

/// The use that is about this root, of a new one where no certificate leads to it.
RootUse& useOf(const crypto::Certificate& root, QList<RootUse>& uses)
{
    const auto found =
        std::find_if(uses.begin(), uses.end(), [&root](const RootUse& use) { return isNamedBy(root, use.root); });
    if (found != uses.end())
        return *found;
    RootUse unused;
    unused.root = {QString::fromLatin1(root.subjectKeyId().toHex()), root.subject()};
    uses.append(unused);
    return uses.last();
}

void describe(RootUse& use, const crypto::Certificate& root)
{
    use.sha256 = QString::fromLatin1(root.fingerprint(crypto::DigestAlgorithm::Sha256).toHex());
    use.notBefore = root.notBefore();
    use.notAfter = root.notAfter();
}

} // namespace

RootRotation::RootRotation(Repositories& repositories, RenewalScheduler& renewals, Journal& journal)
    : m_repositories(repositories)
    , m_renewals(renewals)
    , m_journal(journal)
{
}

Task<Result<QList<RootUse>>> RootRotation::roots(QString authorityId)
{
    auto authority = co_await m_repositories.authorities.byId(authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto accounts = co_await m_repositories.accounts.all();
    if (!accounts)
        co_return tl::unexpected(std::move(accounts).error());
    auto uses = co_await m_repositories.certificates.rootUses(authorityId);
    if (!uses)
        co_return uses;
    const auto valid = std::count_if(accounts->cbegin(), accounts->cend(), [&authorityId](const Account& account) {
        return account.authorityId == authorityId && account.status == Account::Status::Valid;
    });
    for (const crypto::Certificate& root : rootsIn(authority->issuingRootsPem)) {
        RootUse& use = useOf(root, *uses);
        describe(use, root);
        use.pinnedForIssuing = true;
    }
    for (const crypto::Certificate& root : rootsIn(authority->rootsPem)) {
        RootUse& use = useOf(root, *uses);
        describe(use, root);
        use.verifiesTls = true;
        use.accounts = static_cast<int>(valid);
    }
    co_return uses;
}

Task<Result<RootPage>> RootRotation::certificates(RootQuery query)
{
    return m_repositories.certificates.underRoot(std::move(query), m_journal.now());
}

Task<Result<QStringList>> RootRotation::versionsOf(QString authorityId, QStringList certificateIds)
{
    QStringList versions;
    for (const QString& id : std::as_const(certificateIds)) {
        auto certificate = co_await m_repositories.certificates.byId(id);
        if (!certificate)
            co_return tl::unexpected(std::move(certificate).error());
        if (certificate->request.authorityId != authorityId || certificate->currentVersionId.isEmpty())
            co_return base::invalid(u"certificates"_s,
                                    u"“%1” is no issued certificate of this authority"_s.arg(
                                        base::identifierValues(certificate->request.names).join(u", "_s)));
        versions.append(certificate->currentVersionId);
    }
    co_return versions;
}

Task<Result<Reissue>> RootRotation::reissue(QString authorityId, QStringList certificateIds, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(authorityId);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto versions = co_await versionsOf(authorityId, std::move(certificateIds));
    if (!versions)
        co_return tl::unexpected(std::move(versions).error());
    Reissue outcome;
    for (const QString& version : std::as_const(*versions)) {
        auto planned = co_await m_repositories.certificates.planRenewal(version, m_journal.now(),
                                                                        u"to be issued under another root"_s);
        if (!planned)
            co_return tl::unexpected(std::move(planned).error());
        ++outcome.planned;
    }
    co_await m_journal.done(u"authority.reissue"_s, authorityId, authority->name, Change::Certificates,
                            u"%1 certificates are to be issued again"_s.arg(outcome.planned));
    auto sweep = co_await m_renewals.renewDue(std::move(stop));
    if (!sweep)
        co_return tl::unexpected(std::move(sweep).error());
    outcome.placed = sweep->placed;
    outcome.failed = sweep->failed;
    co_return outcome;
}

Task<Result<Reissue>> RootRotation::reissueAll(RootQuery query, std::stop_token stop)
{
    const QString authorityId = query.authorityId;
    auto ids = co_await m_repositories.certificates.idsUnderRoot(std::move(query));
    if (!ids)
        co_return tl::unexpected(std::move(ids).error());
    co_return co_await reissue(authorityId, *std::move(ids), std::move(stop));
}

} // namespace lifecycle
