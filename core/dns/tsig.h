// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dns/tsig_key.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace dns {

/// What the TSIG record of a message says (RFC 8945 section 4.2).
struct TsigRecord {
    QString keyName;
    QString algorithm;
    qint64 timeSigned = 0; ///< seconds since 1970
    quint16 fudge = 0; ///< seconds that clocks may differ
    QByteArray mac;
    quint16 originalId = 0;
    quint16 error = 0; ///< 16 BADSIG, 17 BADKEY, 18 BADTIME, 22 BADTRUNC
    QByteArray other; ///< with BADTIME: the server's time, 48 bits
    qsizetype begin = 0; ///< where the record begins in the message
};

struct SignedMessage {
    QByteArray wire;
    QByteArray mac; ///< which the answer's covers too
};

/// Signs a request that has no TSIG record yet (section 5.1).
SignedMessage signMessage(const QByteArray& message, const TsigKey& key, const QDateTime& now);

/// The TSIG record at the end of a message of any origin; nothing where it has none or is no whole message.
std::optional<TsigRecord> tsigOf(QByteArrayView message);

/// Checks that `reply` was made with `key` for the request of `requestMac` about `now` (section 5.3).
///
/// Protocol where it is unsigned, or signed otherwise or at another time.
base::Result<void> verifyReply(QByteArrayView reply, const TsigKey& key, const QByteArray& requestMac,
                               const QDateTime& now);

} // namespace dns
