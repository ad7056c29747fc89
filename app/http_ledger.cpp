// SPDX-License-Identifier: Apache-2.0
#include "app/http_ledger.h"

#include <QList>

namespace app {

struct HttpLedger::Entries {
    QList<const http::NetworkHttpClient*> clients;
    http::HttpStatistics gone;
};

class HttpLedger::CountedClient final : public http::HttpClient {
public:
    CountedClient(const http::TrustSettings& trust, std::shared_ptr<Entries> entries)
        : m_client(trust)
        , m_entries(std::move(entries))
    {
        m_entries->clients.append(&m_client);
    }
    ~CountedClient() override
    {
        const http::HttpStatistics own = m_client.statistics();
        m_entries->gone.requests += own.requests;
        m_entries->gone.tlsConnections += own.tlsConnections;
        m_entries->clients.removeOne(&m_client);
    }

    base::Task<base::Result<http::HttpResponse>> send(http::HttpRequest request, std::stop_token stop) override
    {
        return m_client.send(std::move(request), std::move(stop));
    }

private:
    http::NetworkHttpClient m_client;
    std::shared_ptr<Entries> m_entries;
};

HttpLedger::HttpLedger()
    : m_entries(std::make_shared<Entries>())
{
}

std::unique_ptr<http::HttpClient> HttpLedger::makeClient(const http::TrustSettings& trust)
{
    return std::make_unique<CountedClient>(trust, m_entries);
}

http::HttpStatistics HttpLedger::total() const
{
    http::HttpStatistics sum = m_entries->gone;
    for (const http::NetworkHttpClient* client : m_entries->clients) {
        const http::HttpStatistics own = client->statistics();
        sum.requests += own.requests;
        sum.tlsConnections += own.tlsConnections;
    }
    return sum;
}

} // namespace app
