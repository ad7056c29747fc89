// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace challenge {

/// The folder that another web server serves, with `.well-known/acme-challenge` in it (RFC 8555 section 8.3).
///
/// Blocks on the disk: call it in the pool. Tokens must have been checked to be base64url.
class WebrootFolder {
public:
    explicit WebrootFolder(QString webroot);

    /// Writes a file and takes it away again. InvalidInput about "webroot", or File, where answers cannot be written.
    base::Result<void> probe() const;
    /// The folders that write() would make, outermost first, relative to the webroot.
    QStringList missingFolders() const;
    /// Writes `answer` readable for everyone, with the folders that it needs; replaces an older one.
    base::Result<void> write(const QString& token, const QByteArray& answer) const;
    /// Removes the answer, where there is one, and those of `madeFolders` that are empty.
    base::Result<void> remove(const QString& token, const QStringList& madeFolders) const;

private:
    QString fileOf(const QString& token) const;
    void makeFolders() const;

    QString m_webroot;
};

} // namespace challenge
