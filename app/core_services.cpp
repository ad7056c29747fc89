// SPDX-License-Identifier: Apache-2.0
#include "app/core_services.h"

#include "base/platform.h"

#include <QFileInfo>

namespace app {

using base::Result;
using base::Task;

Task<Result<std::unique_ptr<CoreServices>>> CoreServices::open(QString dataDirectory, QString program,
                                                               lifecycle::Origin origin)
{
    if (dataDirectory.isEmpty())
        dataDirectory = storage::DataDirectory::defaultPath();
    auto storage = co_await storage::Storage::open(dataDirectory, program);
    if (!storage)
        co_return base::failed(std::move(storage), u"opening the data directory");
    std::unique_ptr<CoreServices> services(new CoreServices(*std::move(storage), origin));
    co_return services;
}

CoreServices::CoreServices(std::unique_ptr<storage::Storage> storage, lifecycle::Origin origin)
    : m_storage(std::move(storage))
    , m_engine(parts(origin))
{
}

CoreServices::~CoreServices() = default;

challenge::SshSettings CoreServices::sshSettings()
{
    // for whoever runs the agent with other keys and known hosts than those of the user's own configuration
    challenge::SshSettings settings;
    if (const QString file = qEnvironmentVariable("SEALWRIGHT_SSH_CONFIG"); !file.isEmpty())
        settings.configFile = QFileInfo(file).absoluteFilePath();
    return settings;
}

lifecycle::EngineParts CoreServices::parts(lifecycle::Origin origin)
{
    return {
        .repositories =
            {
                .authorities = m_storage->authorities(),
                .accounts = m_storage->accounts(),
                .certificates = m_storage->certificates(),
                .orders = m_storage->orders(),
                .renewals = m_storage->renewals(),
                .events = m_storage->events(),
                .policies = m_storage->policies(),
                .solvers = m_storage->solvers(),
                .persistRecords = m_storage->persistRecords(),
            },
        .vault = m_storage->vault(),
        .leases = m_storage->leases(),
        .clock = m_clock,
        .solvers = m_solvers,
        .httpClients = [this](const http::TrustSettings& trust) { return m_http.makeClient(trust); },
        .actor = {.user = base::platform::userName(), .origin = origin},
    };
}

Task<void> CoreServices::drain()
{
    co_await m_engine.drain();
}

} // namespace app
