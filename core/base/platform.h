// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

/// Every call that only POSIX has, in one place.
namespace base::platform {

/// A lock on a file that the operating system releases when this process ends, however it ends.
class FileLock {
public:
    enum class Mode { Shared, Exclusive };

    /// Tries to lock `path` (created with mode 0600) without waiting: Busy when another process holds it, with what
    /// that process wrote as its description. Whoever holds the lock exclusively may remove the file.
    static Result<FileLock> acquire(const QString& path, Mode mode, const QString& description);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int descriptor);
    int m_descriptor = -1;
};

/// Whether a file may be replaced by writeFile().
enum class Overwrite { No, Yes };

/// Writes `bytes` to a temporary file beside `path`, syncs it and renames it, so that `path` is never half written.
///
/// AlreadyExists when `path` exists and `overwrite` is No. `ownerOnly` gives mode 0600.
Result<void> writeFile(const QString& path, QByteArrayView bytes, Overwrite overwrite, bool ownerOnly);
/// Reads a whole file of at most `limit` bytes.
Result<QByteArray> readFile(const QString& path, qint64 limit);
/// The same for a file that holds a secret: no copy of its bytes stays behind.
Result<Secret> readSecret(const QString& path, qint64 limit);
/// Creates a folder (and its parents) that only this user can enter; tightens an existing one.
Result<void> makePrivateFolder(const QString& path);

/// Forbids core dumps and attaching debuggers of the same user, so that keys in memory stay there.
void forbidCoreDumps();
/// Lets other threads have the processor before this one and those that it starts from now on. Cannot be taken back.
void yieldToOtherThreads();
/// The login name of the user who runs this process.
QString userName();
/// The id of this process.
qint64 processId();
/// Asks on the terminal without echo; nothing where there is no terminal.
std::optional<Secret> askPassphrase(const QString& prompt);

} // namespace base::platform
