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

/// The root and the server certificate for localhost and 127.0.0.1 in `folder`, so that a root once pinned stays right.
///
/// Made for a year, where they are missing, do not fit together or end within a week of `now`. The folder is created
/// where it is missing; the root's key is not kept.
base::Result<PracticeTls> practiceTls(const QString& folder, const QDateTime& now);

} // namespace practice
