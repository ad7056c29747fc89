// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "http/http_message.h"

#include <QJsonDocument>

namespace acme {

/// The reply itself where its status is 2xx, else what went wrong: the problem document, with `retryAt` where the reply
/// had Retry-After; Protocol for redirects and for bodies that are no problem document.
base::Result<http::HttpResponse> successOf(http::HttpResponse response, const QDateTime& now);
/// The JSON of a reply; Protocol where it is none or cut short.
base::Result<QJsonDocument> jsonOf(const http::HttpResponse& response);
/// The same, where only an object will do.
base::Result<QJsonObject> objectOf(const http::HttpResponse& response);
/// Retry-After as a moment.
std::optional<QDateTime> retryAfterOf(const http::HttpResponse& response, const QDateTime& now);

} // namespace acme
