// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "http/http_message.h"

#include <QJsonValue>
#include <QList>
#include <QUrl>

namespace acme {

/// The URL that a member or a header field holds, resolved against `requestUrl`; empty where there is none.
///
/// Protocol where it is not https: a resource in the clear is never asked.
base::Result<QUrl> resourceUrl(const QString& text, const QUrl& requestUrl);
base::Result<QUrl> resourceUrl(const QJsonValue& value, const QUrl& requestUrl);
/// Every text of an array; other values are passed over.
base::Result<QList<QUrl>> resourceUrls(const QJsonValue& value, const QUrl& requestUrl);
/// The Location of a reply; empty where there is none.
base::Result<QUrl> locationOf(const http::HttpResponse& response);
/// The Link targets with that relation (RFC 8288), those that are no https URL left out.
QList<QUrl> linksOf(const http::HttpResponse& response, QStringView relation);

} // namespace acme
