// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_clients.h"

#include "acme/acme_client.h"
#include "http/retry_after.h"
#include "lifecycle/authority_watch.h"
#include "lifecycle/key_sealing.h"

#include <optional>
#include <utility>

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;

/// Sends through the client of the current trust settings, whatever they were when the caller began.
class AcmeClients::TrustedHttpClient final : public http::HttpClient {
public:
    TrustedHttpClient(AcmeClients& clients, QString authorityId)
        : m_clients(clients)
        , m_authorityId(std::move(authorityId))
    {
    }

    void trust(const http::TrustSettings& settings)
    {
        if (m_client && settings == m_settings)
            return;
        m_settings = settings;
        m_client = m_clients.m_makeHttpClient(settings);
        release();
    }

    void release()
    {
        m_refusal.reset();
        m_trusted = false;
    }

    bool refuses() const { return m_refusal.has_value(); }

    base::Task<Result<http::HttpResponse>> send(http::HttpRequest request, std::stop_token stop) override
    {
        if (m_refusal)
            co_return base::failed(*m_refusal);
        const std::shared_ptr<http::HttpClient> client = m_client;
        auto response = co_await client->send(std::move(request), std::move(stop));
        if (client == m_client)
            note(response);
        co_return response;
    }

private:
    void note(const Result<http::HttpResponse>& response)
    {
        AuthorityWatch* const watch = m_clients.m_watch;
        if (!watch)
            return;
        if (response)
            return noteAnswer(*response, *watch);
        if (response.error().code() != base::ErrorCode::UntrustedServer || m_refusal)
            return;
        m_refusal = response.error();
        watch->untrusted(m_authorityId, *m_refusal);
    }

    void noteAnswer(const http::HttpResponse& response, AuthorityWatch& watch)
    {
        if (m_refusal) // it came over a connection from before
            return;
        if (!std::exchange(m_trusted, true))
            watch.trusted(m_authorityId);
        if (const auto until = http::leftAloneUntil(response, m_clients.m_clock.now()))
            watch.rateLimited(m_authorityId, *until);
    }

    AcmeClients& m_clients;
    QString m_authorityId;
    http::TrustSettings m_settings;
    std::shared_ptr<http::HttpClient> m_client;
    std::optional<base::Error> m_refusal; ///< why nothing is sent
    bool m_trusted = false; ///< answered over verified TLS
};

struct AcmeClients::Entry {
    Entry(AcmeClients& clients, const Authority& authority)
        : http(clients, authority.id)
        , acme(http, clients.m_clock, authority.directoryUrl)
    {
    }

    TrustedHttpClient http;
    acme::AcmeClient acme;
};

AcmeClients::AcmeClients(HttpClientFactory makeHttpClient, base::Clock& clock, Vault& vault)
    : m_makeHttpClient(std::move(makeHttpClient))
    , m_clock(clock)
    , m_vault(vault)
{
}

AcmeClients::~AcmeClients() = default;

Result<http::Proxy> AcmeClients::proxyOf(const Authority& authority)
{
    auto proxy = http::Proxy::parse(authority.proxy);
    if (!proxy || authority.proxyCredentials.isEmpty())
        return proxy;
    auto credentials = openProxyCredentials(m_vault, authority.id, authority.proxyCredentials);
    if (!credentials)
        return base::failed(std::move(credentials), u"opening the proxy's credentials");
    return proxy->withCredentials(std::make_shared<const base::Secret>(*std::move(credentials)));
}

Result<acme::AcmeClient*> AcmeClients::of(const Authority& authority)
{
    auto proxy = proxyOf(authority);
    if (!proxy)
        return tl::unexpected(std::move(proxy).error());
    std::shared_ptr<Entry>& entry = m_entries[authority.id];
    if (entry && entry->acme.directoryUrl() != authority.directoryUrl)
        m_retired.push_back(std::exchange(entry, nullptr));
    if (!entry)
        entry = std::make_shared<Entry>(*this, authority);
    entry->http.trust(http::TrustSettings {authority.rootsPem, *std::move(proxy)});
    return &entry->acme;
}

void AcmeClients::apply(const Authority& authority)
{
    if (m_entries.contains(authority.id))
        static_cast<void>(of(authority));
}

void AcmeClients::release(const QString& authorityId)
{
    if (const auto entry = m_entries.value(authorityId))
        entry->http.release();
}

bool AcmeClients::refuses(const QString& authorityId) const
{
    const auto entry = m_entries.value(authorityId);
    return entry && entry->http.refuses();
}

std::shared_ptr<acme::AcmeClient> AcmeClients::probe(const Authority& authority, const http::Proxy& proxy)
{
    struct Probe {
        Probe(std::unique_ptr<http::HttpClient> client, base::Clock& clock, const QUrl& directoryUrl)
            : http(std::move(client))
            , acme(*http, clock, directoryUrl)
        {
        }
        std::unique_ptr<http::HttpClient> http;
        acme::AcmeClient acme;
    };
    auto client = m_makeHttpClient(http::TrustSettings {authority.rootsPem, proxy});
    auto made = std::make_shared<Probe>(std::move(client), m_clock, authority.directoryUrl);
    return {made, &made->acme};
}

Result<std::unique_ptr<http::HttpClient>> AcmeClients::connection(const Authority& authority)
{
    auto proxy = proxyOf(authority);
    if (!proxy)
        return tl::unexpected(std::move(proxy).error());
    return m_makeHttpClient(http::TrustSettings {authority.rootsPem, *std::move(proxy)});
}

} // namespace lifecycle
