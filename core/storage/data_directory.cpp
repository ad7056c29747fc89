// SPDX-License-Identifier: Apache-2.0
#include "storage/data_directory.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QUuid>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::platform::FileLock;

} // namespace

DataDirectory::DataDirectory(QString path, QString description)
    : m_path(std::move(path))
    , m_description(std::move(description))
{
}

DataDirectory::~DataDirectory()
{
    if (!m_holderFile.isEmpty())
        QFile::remove(m_holderFile);
}

QString DataDirectory::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/sealwright"_s;
}

Result<DataDirectory> DataDirectory::open(const QString& path, const QString& program)
{
    const QString description =
        u"%1 (pid %2, user %3)"_s.arg(program).arg(base::platform::processId()).arg(base::platform::userName());
    DataDirectory directory(QDir(path).absolutePath(), description);
    for (const QString& folder : {directory.m_path, directory.m_path + u"/holders"_s, directory.leasesPath()})
        if (auto made = base::platform::makePrivateFolder(folder); !made)
            return base::failed(std::move(made), u"opening the data directory");
    auto held = directory.hold();
    if (!held)
        return base::failed(std::move(held), u"opening the data directory");
    auto announced = directory.announce();
    if (!announced)
        return base::failed(std::move(announced), u"opening the data directory");
    return directory;
}

QString DataDirectory::databasePath() const
{
    return m_path + u"/sealwright.sqlite"_s;
}

QString DataDirectory::leasesPath() const
{
    return m_path + u"/leases"_s;
}

Result<void> DataDirectory::hold()
{
    auto lock = FileLock::acquire(m_path + u"/lock"_s, FileLock::Mode::Shared, m_description);
    if (!lock && lock.error().code() == base::ErrorCode::Busy)
        return base::failed(base::ErrorCode::Busy,
                            u"%1 is migrating %2; try again when it is done"_s.arg(lock.error().detail(), m_path));
    if (!lock)
        return base::failed(std::move(lock).error());
    m_shared = std::move(*lock);
    return {};
}

Result<void> DataDirectory::announce()
{
    m_holderFile = u"%1/holders/%2-%3"_s.arg(m_path)
                       .arg(base::platform::processId())
                       .arg(QUuid::createUuid().toString(QUuid::Id128));
    auto lock = FileLock::acquire(m_holderFile, FileLock::Mode::Exclusive, m_description);
    if (!lock && lock.error().code() == base::ErrorCode::Busy)
        return announce(); // somebody looked at the file before it was locked, and removed it
    if (!lock)
        return base::failed(std::move(lock).error());
    m_holder = std::move(*lock);
    return {};
}

QStringList DataDirectory::otherHolders() const
{
    QStringList holders;
    const QDir folder(m_path + u"/holders"_s);
    for (const QString& name : folder.entryList(QDir::Files)) {
        const QString file = folder.filePath(name);
        if (file == m_holderFile)
            continue;
        auto lock = FileLock::acquire(file, FileLock::Mode::Shared, u""_s);
        if (lock)
            QFile::remove(file); // its process ended without tidying up
        else if (lock.error().code() == base::ErrorCode::Busy)
            holders.append(lock.error().detail());
    }
    return holders;
}

Result<void> DataDirectory::alone(const std::function<Result<void>()>& work)
{
    m_shared.reset();
    Result<void> outcome;
    {
        auto lock = FileLock::acquire(m_path + u"/lock"_s, FileLock::Mode::Exclusive, m_description);
        if (lock)
            outcome = work();
        else if (lock.error().code() == base::ErrorCode::Busy)
            outcome = base::failed(base::ErrorCode::Busy,
                                   u"%1 is used by %2; end that first"_s.arg(m_path, otherHolders().join(u", "_s)));
        else
            outcome = base::failed(std::move(lock).error());
    }
    auto held = hold();
    return outcome ? held : outcome;
}

} // namespace storage
