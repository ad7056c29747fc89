// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/sftp_session.h"
#include "challenge/ssh_host.h"

#include <QString>
#include <QStringList>

namespace challenge {

/// The folder that a web server on another host serves, with `.well-known/acme-challenge` in it (RFC 8555 section 8.3):
/// what sftp has to do there, and what its words about it mean.
///
/// Tokens must have been checked to be base64url. Folders are relative to the webroot.
class RemoteWebroot {
public:
    /// InvalidInput about "webrootHost" or "webroot": the folder is absolute, as sftp sees it, and free of control
    /// characters and of those of patterns.
    static base::Result<RemoteWebroot> parse(const QString& host, const QString& folder);

    const SshHost& host() const { return m_host; }
    const QString& folder() const { return m_folder; }
    /// One text for both.
    QString place() const;

    /// Writes a file and takes it away again. The folders that it needs stay: see foldersMadeBy().
    SftpJob probing() const;
    /// Writes an answer readable for everyone, and lets everyone into `madeFolders`, whatever the umask is there.
    SftpJob writing(const QString& token, const QByteArray& answer, const QStringList& madeFolders) const;
    /// Removes an answer, where there is one, and those of `madeFolders` that are empty.
    SftpJob removing(const QString& token, const QStringList& madeFolders) const;
    /// Removes those of `madeFolders` that are empty.
    SftpJob tidying(const QStringList& madeFolders) const;

    /// What came of probing() or writing(): InvalidInput about "webroot" where there is no such folder, File where it
    /// cannot be written.
    base::Result<void> written(const SftpJob& job, const SftpReport& report) const;
    /// What came of removing(): File where the answer is still there.
    base::Result<void> removed(const SftpJob& job, const SftpReport& report) const;
    /// The folders that a job made, and those that are not there any more since it ran.
    static QStringList foldersMadeBy(const SftpJob& job, const SftpReport& report);
    static QStringList foldersRemovedBy(const SftpJob& job, const SftpReport& report);

private:
    RemoteWebroot(SshHost host, QString folder);
    base::Error refusal(const QByteArray& words) const;

    SshHost m_host;
    QString m_folder;
};

} // namespace challenge
