// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/address_view.h"
#include "challenge/finding.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <chrono>
#include <memory>
#include <stop_token>

namespace challenge {

/// The certificate (DER) that `address` shows to who asks for `serverName` over `acme-tls/1` alone (RFC 8737 section
/// 3).
///
/// TLS is verified as ever and the handshake therefore ends there: an answer to a challenge is signed by nobody.
/// Network where nobody answers or no such protocol is spoken, Timeout, Cancelled.
base::Task<base::Result<QByteArray>> shownForValidation(QHostAddress address, quint16 port, QString serverName,
                                                        std::chrono::milliseconds limit, std::stop_token stop);

/// Looks for an answer to tls-alpn-01 at every address of a name.
class TlsAlpn01Probe {
public:
    /// `view` finds the addresses.
    explicit TlsAlpn01Probe(std::shared_ptr<AddressView> view,
                            std::chrono::milliseconds limit = std::chrono::seconds(10));

    /// `digest` is the SHA-256 of the key authorization. Without `name` in the finding, which the caller knows.
    base::Task<Finding> look(QString name, quint16 port, QByteArray digest, std::stop_token stop) const;

private:
    std::shared_ptr<AddressView> m_view;
    std::chrono::milliseconds m_limit;
};

} // namespace challenge
