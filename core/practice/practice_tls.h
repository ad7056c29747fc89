// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace practice {

/// The TLS files of a practice CA.
struct PracticeTls {
    QByteArray rootPem;
    QString rootFile; ///< the same, "root.pem"
    QString certificateFile; ///< server certificate, "cert.pem"
    QString keyFile; ///< its key in the clear with mode 0600, as pebble wants it: "key.pem"
};

/// Makes a new root and a server certificate for localhost and 127.0.0.1, valid for a year from `now`, and writes them
/// to `folder`, which is created where it is missing. The root's key is not kept.
base::Result<PracticeTls> makePracticeTls(const QString& folder, const QDateTime& now);

} // namespace practice
