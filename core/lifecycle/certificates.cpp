// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificates.h"

#include "base/work_pool.h"
#include "crypto/chain.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Result<inspect::ReportNode> reportOf(const QByteArray& chainPem)
{
    auto chain = crypto::chainFromPem(chainPem);
    if (!chain)
        return tl::unexpected(std::move(chain).error());
    return inspect::reportOf(*chain);
}

QString title(const CertificateVersion& version)
{
    return version.names.join(u", "_s);
}

Result<void> writeExport(const ExportRequest& request, const CertificateVersion& version,
                         const std::optional<crypto::PrivateKey>& key)
{
    auto chain = crypto::chainFromPem(version.chainPem);
    if (!chain)
        return tl::unexpected(std::move(chain).error());
    exchange::ExportOptions options;
    options.format = request.format;
    options.password = request.password.get();
    options.unencryptedKey = request.unencryptedKey;
    options.friendlyName = version.names.value(0);
    auto file = exchange::exportCertificate(*chain, key ? &*key : nullptr, options);
    if (!file)
        return tl::unexpected(std::move(file).error());
    const auto overwrite = request.overwrite ? base::platform::Overwrite::Yes : base::platform::Overwrite::No;
    return exchange::writeExport(request.path, *file, overwrite);
}

} // namespace

Certificates::Certificates(Repositories& repositories, AcmeClients& clients, AccountKeys& accountKeys, Vault& vault,
                           Journal& journal)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_accountKeys(accountKeys)
    , m_vault(vault)
    , m_journal(journal)
{
}

Task<Result<CertificatePage>> Certificates::page(CertificateQuery query)
{
    return m_repositories.certificates.page(std::move(query), m_journal.now());
}

Task<Result<CertificateDetails>> Certificates::details(QString id)
{
    auto row = co_await m_repositories.certificates.row(id, m_journal.now());
    if (!row)
        co_return tl::unexpected(std::move(row).error());
    auto certificate = co_await m_repositories.certificates.byId(id);
    if (!certificate)
        co_return tl::unexpected(std::move(certificate).error());
    auto versions = co_await m_repositories.certificates.versions(id);
    if (!versions)
        co_return tl::unexpected(std::move(versions).error());
    CertificateDetails details {*std::move(row), *std::move(certificate), *std::move(versions), {}};
    if (details.versions.isEmpty())
        co_return details;
    auto renewal = co_await m_repositories.renewals.of(details.versions.first().id);
    if (!renewal)
        co_return tl::unexpected(std::move(renewal).error());
    details.renewal = *std::move(renewal);
    auto parse = [pem = details.versions.first().chainPem] { return reportOf(pem); };
    auto report = co_await base::inPool(std::move(parse));
    if (!report)
        co_return tl::unexpected(std::move(report).error());
    details.report = *std::move(report);
    co_return details;
}

Task<Result<CertificateVersion>> Certificates::chosenVersion(QString certificateId, QString versionId)
{
    auto versions = co_await m_repositories.certificates.versions(certificateId);
    if (!versions)
        co_return tl::unexpected(std::move(versions).error());
    for (const CertificateVersion& version : *versions)
        if (versionId.isEmpty() || isVersion(version, versionId))
            co_return version;
    const QString missing = versionId.isEmpty() ? u"this certificate has not been issued yet"_s
                                                : u"this certificate has no version “%1”"_s.arg(versionId);
    co_return base::failed(base::ErrorCode::NotFound, missing);
}

Task<Result<std::optional<crypto::PrivateKey>>> Certificates::keyOf(CertificateVersion version)
{
    std::optional<crypto::PrivateKey> none;
    if (!version.hasKey)
        co_return none;
    auto sealed = co_await m_repositories.certificates.sealedKey(version.id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto key = openVersionKey(m_vault, version.id, *sealed);
    if (!key)
        co_return base::failed(std::move(key), u"opening the certificate's key");
    co_return std::optional<crypto::PrivateKey>(*std::move(key));
}

Task<Result<void>> Certificates::exportTo(ExportRequest request)
{
    auto version = co_await chosenVersion(request.certificateId, request.versionId);
    if (!version)
        co_return tl::unexpected(std::move(version).error());
    std::optional<crypto::PrivateKey> key;
    if (exchange::describe(request.format).needsKey) {
        auto opened = co_await keyOf(*version);
        if (!opened)
            co_return tl::unexpected(std::move(opened).error());
        key = *std::move(opened);
    }
    const QString path = request.path;
    const QString format = exchange::describe(request.format).name;
    auto write = [request = std::move(request), chosen = *version, key] { return writeExport(request, chosen, key); };
    auto written = co_await base::inPool(std::move(write));
    const QString name = title(*version);
    const QString id = version->certificateId;
    if (!written) {
        co_await m_journal.failed(u"certificate.export"_s, id, name, written.error());
        co_return written;
    }
    const QString detail = u"%1 to %2"_s.arg(format, path);
    co_await m_journal.done(u"certificate.export"_s, id, name, Change::Events, detail);
    co_return written;
}

Task<Result<void>> Certificates::remove(QString id)
{
    auto row = co_await m_repositories.certificates.row(id, m_journal.now());
    if (!row)
        co_return tl::unexpected(std::move(row).error());
    if (row->state == CertificateState::Renewing || row->state == CertificateState::Pending)
        co_return base::failed(base::ErrorCode::Busy, u"an order for it is unfinished; cancel that first"_s);
    const QString name = row->names.join(u", "_s);
    auto removed = co_await m_repositories.certificates.remove(id);
    if (!removed)
        co_return removed;
    co_await m_journal.done(u"certificate.remove"_s, id, name, Change::Certificates | Change::Orders);
    co_return removed;
}

} // namespace lifecycle
