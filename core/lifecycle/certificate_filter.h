// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace lifecycle {

/// What the text over a list of certificates asks for; a certificate matches when it has all of it.
///
/// `tag:web` asks for that tag, `tag:"team payments"` for one with blanks, `tag:` alone for any. Every other word asks
/// for names that contain it.
struct CertificateFilter {
    QString words; ///< without the tags
    QStringList tagKeys; ///< as Tag::keyOf() makes them
    bool anyTag = false;

    static CertificateFilter parse(const QString& text);
};

} // namespace lifecycle
