// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/acme_clients.h"

#include "acme/acme_client.h"

#include <utility>

namespace lifecycle {

/// Sends through the client of the current trust settings, whatever they were when the caller began.
class AcmeClients::TrustedHttpClient final : public http::HttpClient {
public:
    explicit TrustedHttpClient(const HttpClientFactory& make)
        : m_make(make)
    {
    }

    void trust(const http::TrustSettings& settings)
    {
        if (m_client && settings == m_settings)
            return;
        m_settings = settings;
        m_client = m_make(settings);
    }

    base::Task<base::Result<http::HttpResponse>> send(http::HttpRequest request, std::stop_token stop) override
    {
        const std::shared_ptr<http::HttpClient> client = m_client;
        auto response = co_await client->send(std::move(request), std::move(stop));
        co_return response;
    }

private:
    const HttpClientFactory& m_make;
    http::TrustSettings m_settings;
    std::shared_ptr<http::HttpClient> m_client;
};

struct AcmeClients::Entry {
    Entry(const HttpClientFactory& make, base::Clock& clock, QUrl directoryUrl)
        : http(make)
        , acme(http, clock, std::move(directoryUrl))
    {
    }

    TrustedHttpClient http;
    acme::AcmeClient acme;
};

AcmeClients::AcmeClients(HttpClientFactory makeHttpClient, base::Clock& clock)
    : m_makeHttpClient(std::move(makeHttpClient))
    , m_clock(clock)
{
}

AcmeClients::~AcmeClients() = default;

base::Result<acme::AcmeClient*> AcmeClients::of(const Authority& authority)
{
    auto proxy = http::Proxy::parse(authority.proxy);
    if (!proxy)
        return tl::unexpected(std::move(proxy).error());
    std::shared_ptr<Entry>& entry = m_entries[authority.id];
    if (entry && entry->acme.directoryUrl() != authority.directoryUrl)
        m_retired.push_back(std::exchange(entry, nullptr));
    if (!entry)
        entry = std::make_shared<Entry>(m_makeHttpClient, m_clock, authority.directoryUrl);
    entry->http.trust(http::TrustSettings {authority.rootsPem, *proxy});
    return &entry->acme;
}

void AcmeClients::apply(const Authority& authority)
{
    if (m_entries.contains(authority.id))
        static_cast<void>(of(authority));
}

void AcmeClients::forget(const QString& authorityId)
{
    m_entries.remove(authorityId);
}

} // namespace lifecycle
