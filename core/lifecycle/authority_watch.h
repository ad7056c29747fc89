// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QDateTime>
#include <QString>

namespace lifecycle {

/// Learns how the requests to authorities end. Called on the core's thread, in the middle of a request: returns at
/// once.
class AuthorityWatch {
public:
    virtual ~AuthorityWatch() = default;

    /// The server's TLS does not lead to a trusted root. Nothing was sent, and nothing will be until trust changes or
    /// AcmeClients::release() is called.
    virtual void untrusted(const QString& authorityId, const base::Error& error) = 0;
    /// The first answer over verified TLS since the trust was set or work was stopped.
    virtual void trusted(const QString& authorityId) = 0;
    /// The authority asked not to be asked again before `until`.
    virtual void rateLimited(const QString& authorityId, const QDateTime& until) = 0;
};

} // namespace lifecycle
