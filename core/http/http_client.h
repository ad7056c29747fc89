// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "http/http_message.h"

#include <stop_token>

namespace http {

/// Sends HTTP requests. Outlives the tasks it hands out.
class HttpClient {
public:
    virtual ~HttpClient() = default;

    /// The reply, whatever its status; an error only where there is none:
    /// InvalidInput (not https), UntrustedServer, Network, Timeout, Cancelled, Protocol (body over the bound, refused
    /// redirect).
    ///
    /// After Network, Timeout and Cancelled it is unknown whether the server acted on the request.
    virtual base::Task<base::Result<HttpResponse>> send(HttpRequest request, std::stop_token stop) = 0;
};

} // namespace http
