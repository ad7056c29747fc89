// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/stored_dns_updates.h"

#include "dns/tsig_key.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::DnsUpdateSettings;

SecretPlace tsigSecretPlace(const QString& settingsId)
{
    return {u"solver"_s, settingsId, u"secret"_s};
}

StoredDnsUpdates::StoredDnsUpdates(SolverRepository& repository, Vault& vault)
    : m_repository(repository)
    , m_vault(vault)
{
}

Task<Result<QList<DnsUpdateSettings>>> StoredDnsUpdates::all()
{
    return m_repository.all();
}

Task<Result<std::shared_ptr<const dns::TsigKey>>> StoredDnsUpdates::key(QString id)
{
    auto all = co_await m_repository.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    auto sealed = co_await m_repository.sealedSecret(id);
    if (!sealed)
        co_return tl::unexpected(std::move(sealed).error());
    auto secret = m_vault.open(Ring::Renewal, tsigSecretPlace(id), *sealed);
    if (!secret)
        co_return base::failed(std::move(secret), u"opening the TSIG key");
    for (const DnsUpdateSettings& settings : std::as_const(*all))
        if (settings.id == id)
            co_return std::make_shared<const dns::TsigKey>(
                dns::TsigKey(settings.keyName, settings.algorithm, *std::move(secret)));
    co_return base::failed(base::ErrorCode::NotFound, u"there is no such DNS server"_s);
}

} // namespace lifecycle
