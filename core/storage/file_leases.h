// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/lease.h"

#include <QString>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace storage {

/// Leases as locked files of one folder. A "listen:" lease may be shared within this process, any other is held once.
class FileLeases final : public lifecycle::Leases {
public:
    /// `folder` exists; `description` tells other processes who holds a lease.
    FileLeases(QString folder, QString description);

    base::Result<std::shared_ptr<lifecycle::HeldLease>> acquire(const QString& name) override;
    bool isHeld(const QString& name) override;

private:
    QString pathOf(const QString& name) const;

    QString m_folder;
    QString m_description;
    std::mutex m_mutex;
    std::unordered_map<QString, std::weak_ptr<lifecycle::HeldLease>> m_held;
};

} // namespace storage
