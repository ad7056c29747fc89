// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QPair>
#include <QUrl>

#include <chrono>

namespace http {

/// Header fields in the order of the wire; a name may repeat.
using Headers = QList<QPair<QByteArray, QByteArray>>;

/// One request. The body's length is sent by the client; User-Agent is added where the headers carry none.
struct HttpRequest {
    QByteArray method = "GET"; ///< upper case
    QUrl url;
    Headers headers = {};
    QByteArray body = {};
    qint64 bodyLimit = 1024 * 1024; ///< bytes of reply body that are accepted
    std::chrono::milliseconds timeout {
        30000}; ///< for everything, from the name lookup to the last byte, with redirects
};

/// One reply, whatever its status.
struct HttpResponse {
    int status = 0;
    Headers headers = {};
    QByteArray body = {};
    QUrl url = {}; ///< what answered, after redirects

    /// The first field called `name` without regard to case; null when there is none.
    QByteArray header(QByteArrayView name) const;
    /// Every field called `name`, in order.
    QList<QByteArray> headerValues(QByteArrayView name) const;
};

} // namespace http
