// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/address_view.h"
#include "challenge/finding.h"
#include "challenge/patience.h"

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <stop_token>

namespace challenge {

/// What a web server answered to one GET.
struct ProbeReply {
    int status = 0;
    QString location; ///< where it redirects to; empty: nowhere
    QByteArray body; ///< its beginning
};

/// The port of `url`, or the usual one of its scheme.
quint16 fetchPort(const QUrl& url);
/// Sends one GET to `address`, as an authority validating http-01 does (RFC 8555 section 8.3): over plain HTTP, or
/// after a redirect over TLS whose certificate nobody verifies, since it may be the very one that is to be replaced.
/// Only looks: what comes is compared and dropped.
///
/// Network where nobody answers there, Timeout, Protocol for an answer that is no HTTP or too large, Cancelled.
base::Task<base::Result<ProbeReply>> fetchForProbe(QUrl url, QHostAddress address, std::chrono::milliseconds limit,
                                                   std::stop_token stop);

/// Looks for an answer to http-01 at every address of a name, following redirects, and judges what comes.
class Http01Probe {
public:
    /// `view` finds the addresses.
    explicit Http01Probe(std::shared_ptr<AddressView> view, std::chrono::milliseconds limit = std::chrono::seconds(10));

    /// The answer's verdict, and in words what came from where. Without `name` and `check`, which the caller knows.
    base::Task<Finding> look(QUrl url, QByteArray expected, std::stop_token stop);

private:
    base::Task<Finding> lookAt(QUrl url, QHostAddress address, QByteArray expected, int redirects,
                               std::stop_token stop);
    base::Task<base::Result<ProbeReply>> fetch(QUrl url, QHostAddress address, std::stop_token stop);
    base::Task<base::Result<QList<QHostAddress>>> addressesOf(QString host, std::stop_token stop) const;

    std::shared_ptr<AddressView> m_view;
    std::chrono::milliseconds m_limit;
    QHash<QString, Patience> m_patience; ///< by address and port
};

} // namespace challenge
