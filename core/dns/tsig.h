// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dns/tsig_key.h"
#include "dns/tsig_record.h"

#include <QByteArray>
#include <QDateTime>

namespace dns {

struct SignedMessage {
    QByteArray wire;
    QByteArray mac; ///< which the answer's covers too
};

/// Signs a request that has no TSIG record yet (section 5.1).
SignedMessage signMessage(const QByteArray& message, const TsigKey& key, const QDateTime& now);

/// Checks that `reply` was made with `key` for the request of `requestMac` about `now` (section 5.3).
///
/// Protocol where it is unsigned, or signed otherwise or at another time.
base::Result<void> verifyReply(QByteArrayView reply, const TsigKey& key, const QByteArray& requestMac,
                               const QDateTime& now);

} // namespace dns
