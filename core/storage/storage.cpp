// SPDX-License-Identifier: Apache-2.0
#include "storage/storage.h"

namespace storage {

using base::Result;

Storage::Storage(DataDirectory directory, std::unique_ptr<Database> database)
    : m_directory(std::move(directory))
    , m_database(std::move(database))
{
}

base::Task<Result<std::unique_ptr<Storage>>> Storage::open(QString path, QString program)
{
    auto directory = DataDirectory::open(path, program);
    if (!directory)
        co_return base::failed(std::move(directory).error());
    auto database = co_await Database::open(*directory);
    if (!database)
        co_return base::failed(std::move(database).error());
    std::unique_ptr<Storage> storage(new Storage(*std::move(directory), *std::move(database)));
    // sealing into the operator ring works from now on, locked or not
    auto status = co_await storage->m_vault.status();
    if (!status)
        co_return base::failed(std::move(status).error());
    co_return storage;
}

} // namespace storage
