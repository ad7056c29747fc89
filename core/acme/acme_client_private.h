// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/acme_client.h"
#include "acme/signed_transport.h"
#include "base/delivery.h"

#include <QList>

namespace acme {

/// What the parts of AcmeClient share. acme_client_*.cpp hold its requests, one noun each.
class AcmeClient::Private {
public:
    Private(http::HttpClient& http, base::Clock& clock, QUrl url);

    /// Reads the directory first where that has not happened, then posts. Errors carry `step`.
    base::Task<base::Result<http::HttpResponse>> post(SignedRequest request, QString step, std::stop_token stop);
    /// The same for requests to a resource that the directory names; Unsupported where it does not.
    base::Task<base::Result<http::HttpResponse>> postTo(QUrl Directory::*resource, SignedRequest request, QString step,
                                                        std::stop_token stop);
    /// The directory; callers that come while it is being read wait for that.
    base::Task<base::Result<Directory>> known(std::stop_token stop);
    base::Task<base::Result<Directory>> load(std::stop_token stop);

    base::Task<base::Result<Account>> postAccount(SignedRequest request, QString step, std::stop_token stop);
    base::Task<base::Result<Account>> postNewAccount(AccountContext context, QJsonObject payload, QString step,
                                                     std::stop_token stop);
    base::Task<base::Result<void>> postRevocation(AccountContext signer, QByteArray certificateDer, int reason,
                                                  std::stop_token stop);
    Order stamped(Order order, const http::HttpResponse& response) const;

    base::Clock& clock;
    QUrl directoryUrl;
    SignedTransport transport;
    std::optional<Directory> directory;
    bool loading = false;
    QList<base::Delivery<bool>> waitingForDirectory;
};

/// A request by `kid`; a read as long as it has no payload.
SignedRequest requestBy(AccountContext context, QUrl url);
/// The payload as JSON text.
QByteArray payloadOf(const QJsonObject& json);

} // namespace acme
