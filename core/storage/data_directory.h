// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/platform.h"
#include "base/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace storage {

/// The folder that holds everything, locked (shared) by every process that uses it.
///
/// `holders/` has a file for each such process, locked by it and saying who it is; `leases/` belongs to FileLeases.
class DataDirectory {
public:
    /// `$XDG_DATA_HOME/sealwright`.
    static QString defaultPath();
    /// Opens or creates the folder (mode 0700). `program` names this process to others: "sealwright-cli" is shown as
    /// "sealwright-cli (pid 12, user bob)". Busy while another process migrates it.
    static base::Result<DataDirectory> open(const QString& path, const QString& program);

    DataDirectory(DataDirectory&&) noexcept = default;
    DataDirectory& operator=(DataDirectory&&) = delete;
    ~DataDirectory();

    const QString& path() const { return m_path; }
    QString databasePath() const;
    QString leasesPath() const;
    /// How others see this process.
    const QString& description() const { return m_description; }
    /// The descriptions of the other processes (and of other objects of this class) that hold the folder now.
    QStringList otherHolders() const;

    /// Calls `work` while no other process holds the folder. Busy, naming them, when some do.
    base::Result<void> alone(const std::function<base::Result<void>()>& work);

private:
    DataDirectory(QString path, QString description);
    base::Result<void> hold();
    base::Result<void> announce();

    QString m_path;
    QString m_description;
    QString m_holderFile;
    std::optional<base::platform::FileLock> m_shared;
    std::optional<base::platform::FileLock> m_holder;
};

} // namespace storage
