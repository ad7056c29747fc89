// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/network_http_client.h"

#include <memory>

namespace app {

/// Adds up what all HTTP clients of this process have sent, also those that are gone.
class HttpLedger {
public:
    HttpLedger();

    /// A client over Qt's network stack whose statistics are counted here. It may outlive the ledger.
    std::unique_ptr<http::HttpClient> makeClient(const http::TrustSettings& trust);
    http::HttpStatistics total() const;

private:
    class CountedClient;
    struct Entries;
    std::shared_ptr<Entries> m_entries;
};

} // namespace app
