// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QUrl>

namespace http {
struct HttpRequest;
struct HttpResponse;
} // namespace http

namespace acme {

/// One request and its reply as an operator may see and pass on: no keys, signatures, MACs or nonces.
struct Exchange {
    QDateTime at;
    QByteArray method;
    QUrl url;
    int status = 0; ///< 0 where no reply arrived
    QString summary; ///< one line: "POST https://ca/order/1 → 200"
    QString requestText; ///< the payload in JSON; the account URL in front where one signed
    QString responseText; ///< status, the fields that matter and the JSON; or why there was no reply
};

/// Describes a signed request by its unsigned payload.
Exchange exchangeFor(const http::HttpRequest& request, const QByteArray& payload, const QUrl& accountUrl,
                     const QDateTime& at);
/// Adds the reply.
void addReply(Exchange& exchange, const http::HttpResponse& response);
/// Adds why there was none.
void addFailure(Exchange& exchange, const QString& reason);

} // namespace acme
