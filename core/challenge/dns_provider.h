// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/dns01_record.h"

#include <QByteArray>

#include <chrono>
#include <stop_token>

namespace challenge {

/// Changes the TXT records that one DNS service publishes.
///
/// Contract for implementers: add() and remove() are idempotent and concern the one value alone; none of them waits
/// until the record is visible; nothing may block the thread. What remove() has to know beside the value, add() answers
/// as its receipt: remove() may be asked of another process.
class DnsProvider {
public:
    virtual ~DnsProvider() = default;

    /// Whether `place` may be changed, found out without changing anything there.
    virtual base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) = 0;
    /// The receipt; empty for services that need none.
    virtual base::Task<base::Result<QString>> add(Dns01Place place, QByteArray value, std::stop_token stop) = 0;
    /// `receipt` is empty where add() may have run without having been heard.
    virtual base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value, QString receipt) = 0;
    /// How long a record may take to be visible once it was added.
    virtual std::chrono::seconds patience() const { return std::chrono::seconds(120); }
};

} // namespace challenge
