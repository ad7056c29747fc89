// SPDX-License-Identifier: Apache-2.0
#include "storage/file_leases.h"

#include "base/platform.h"

#include <QFile>
#include <QUrl>

#include <chrono>
#include <thread>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::platform::FileLock;

/// Looking whether a lease is held takes its lock for microseconds; an acquirer who meets that tries again.
constexpr int attempts = 4;
constexpr std::chrono::milliseconds betweenAttempts {1};

class FileLease final : public lifecycle::HeldLease {
public:
    FileLease(QString path, FileLock lock)
        : m_path(std::move(path))
        , m_lock(std::move(lock))
    {
    }
    ~FileLease() override { QFile::remove(m_path); }

private:
    QString m_path;
    FileLock m_lock;
};

Result<FileLock> lockPatiently(const QString& path, const QString& description)
{
    auto lock = FileLock::acquire(path, FileLock::Mode::Exclusive, description);
    for (int i = 1; i < attempts && !lock && lock.error().code() == base::ErrorCode::Busy; ++i) {
        std::this_thread::sleep_for(betweenAttempts);
        lock = FileLock::acquire(path, FileLock::Mode::Exclusive, description);
    }
    return lock;
}

} // namespace

FileLeases::FileLeases(QString folder, QString description)
    : m_folder(std::move(folder))
    , m_description(std::move(description))
{
}

Result<std::shared_ptr<lifecycle::HeldLease>> FileLeases::acquire(const QString& name)
{
    const std::lock_guard guard(m_mutex);
    std::erase_if(m_held, [](const auto& entry) { return entry.second.expired(); });
    if (const auto known = m_held.find(name); known != m_held.end()) {
        auto lease = known->second.lock();
        if (lease && name.startsWith("listen:"_L1))
            return lease;
        if (lease)
            return base::failed(base::ErrorCode::Busy, u"this process"_s);
    }
    auto lock = lockPatiently(pathOf(name), m_description);
    if (!lock)
        return base::failed(std::move(lock).error());
    std::shared_ptr<lifecycle::HeldLease> lease = std::make_shared<FileLease>(pathOf(name), std::move(*lock));
    m_held.insert_or_assign(name, lease);
    return lease;
}

bool FileLeases::isHeld(const QString& name)
{
    const std::lock_guard guard(m_mutex);
    if (const auto known = m_held.find(name); known != m_held.end() && !known->second.expired())
        return true;
    const QString path = pathOf(name);
    if (!QFile::exists(path))
        return false;
    const auto lock = FileLock::acquire(path, FileLock::Mode::Shared, m_description);
    if (lock)
        QFile::remove(path);
    return !lock && lock.error().code() == base::ErrorCode::Busy;
}

QString FileLeases::pathOf(const QString& name) const
{
    return m_folder + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

} // namespace storage
