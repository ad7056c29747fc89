// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/http_message.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QUrl>

namespace acme {

/// One request and its reply. The texts show what an operator may see and pass on: no keys, signatures, MACs or nonces.
///
/// They are made when asked for, since most exchanges are never looked at.
struct Exchange {
    QDateTime at;
    QByteArray method;
    QUrl url;
    QUrl accountUrl; ///< empty where none signed
    QByteArray payload; ///< the unsigned payload; may hold an external account binding
    int status = 0; ///< 0 where no reply arrived
    http::Headers headers = {}; ///< the reply's
    QByteArray body = {}; ///< the reply's
    QString failure = {}; ///< why no reply arrived

    /// Keeps a body to be shown later; of a very long one only what would be shown of it.
    static QByteArray kept(const QByteArray& body);

    /// One line: "POST https://ca/order/1 → 200".
    QString summary() const;
    /// The payload in JSON, the account URL in front where one signed.
    QString requestText() const;
    /// Status, the fields that matter and the JSON; or why there was no reply.
    QString responseText() const;
};

} // namespace acme
