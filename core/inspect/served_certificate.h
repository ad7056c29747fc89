// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "http/proxy.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <stop_token>

namespace inspect {

/// What a TLS server showed.
struct ServedChain {
    QList<QByteArray> certificates; ///< DER, in the order served, leaf first
    QString protocol; ///< "TLSv1.3"
    QString cipher; ///< as OpenSSL names it: "TLS_AES_256_GCM_SHA384"
    QString peerAddress; ///< the address that answered
};

/// Looks at the certificates of a TLS server without trusting it: nothing is sent and nothing but these is read.
///
/// The one probe that does without verification, since what it finds is shown and never relied on. `sni` is sent as
/// server name; with an empty one `host` is, where it is no IP address. Network where no connection came about,
/// Protocol where it did but TLS did not, Timeout, Cancelled. Goes through `proxy`, directly unless told.
base::Task<base::Result<ServedChain>> servedCertificate(QString host, quint16 port, QString sni, std::stop_token stop,
                                                        std::chrono::milliseconds timeout = std::chrono::seconds(10),
                                                        http::Proxy proxy = http::Proxy::none());

} // namespace inspect
