// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_providers.h"

#include "challenge/hook_provider.h"
#include "challenge/lexicon_provider.h"
#include "challenge/manual_provider.h"
#include "challenge/queued_provider.h"
#include "challenge/rfc2136_provider.h"
#include "dns/tsig_key.h"

namespace challenge {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using Provider = std::shared_ptr<DnsProvider>;

namespace {

/// Settings that are not stored yet have no id.
QString queueOf(const SolverSettings& settings)
{
    const QStringList what {dnsMethodName(settings.method), settings.program, settings.cleanUpProgram,
                            settings.provider};
    return settings.id.isEmpty() ? what.join(u'\n') : settings.id;
}

Provider inTurn(Provider provider, const SolverSettings& settings)
{
    return std::make_shared<QueuedProvider>(std::move(provider), TurnQueue::called(queueOf(settings)));
}

} // namespace

DnsProviders::DnsProviders(SolverStore& store, const base::Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
}

Task<Result<Provider>> DnsProviders::make(SolverSettings settings) const
{
    switch (settings.method) {
    case DnsMethod::Rfc2136:
        co_return co_await makeRfc2136(std::move(settings));
    case DnsMethod::Lexicon:
        co_return co_await makeLexicon(std::move(settings));
    case DnsMethod::CertbotHooks:
    case DnsMethod::DehydratedHook:
        co_return inTurn(std::make_shared<HookProvider>(settings), settings);
    case DnsMethod::ByHand:
        break;
    }
    co_return std::make_shared<ManualProvider>();
}

Task<Result<Provider>> DnsProviders::makeLexicon(SolverSettings settings) const
{
    auto credentials = co_await m_store.secret(settings.id);
    if (!credentials)
        co_return tl::unexpected(std::move(credentials).error());
    co_return inTurn(std::make_shared<LexiconProvider>(settings.provider, *std::move(credentials)), settings);
}

Task<Result<Provider>> DnsProviders::makeRfc2136(SolverSettings settings) const
{
    auto address = dns::ServerAddress::parse(settings.server);
    if (!address)
        co_return tl::unexpected(std::move(address).error());
    auto secret = co_await m_store.secret(settings.id);
    if (!secret)
        co_return tl::unexpected(std::move(secret).error());
    const auto key =
        std::make_shared<const dns::TsigKey>(dns::TsigKey {settings.keyName, settings.algorithm, (*secret)->clone()});
    co_return std::make_shared<Rfc2136Provider>(dns::DynamicUpdate(*address, key, m_clock));
}

} // namespace challenge
