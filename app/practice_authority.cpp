// SPDX-License-Identifier: Apache-2.0
#include "app/practice_authority.h"

#include "lifecycle/authorities.h"
#include "lifecycle/engine.h"

#include <QHostAddress>
#include <QTcpServer>

namespace app {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::Authority;

constexpr quint16 usualDirectoryPort = 14000;
constexpr quint16 usualHttpPort = 5002;

quint16 freeOr0(quint16 port)
{
    QTcpServer probe;
    return probe.listen(QHostAddress::Any, port) ? port : 0;
}

} // namespace

QString PracticeAuthority::defaultName()
{
    return u"Practice CA"_s;
}

practice::PebbleOptions PracticeAuthority::usualPorts(practice::PebbleOptions options)
{
    if (options.port == 0)
        options.port = freeOr0(usualDirectoryPort);
    if (options.httpPort == 0)
        options.httpPort = freeOr0(usualHttpPort);
    return options;
}

Task<Result<Authority>> PracticeAuthority::start(lifecycle::Engine& engine, QString name,
                                                 practice::PebbleOptions options, QString folder, std::stop_token stop)
{
    auto server = co_await practice::PebbleServer::start(options, folder, stop);
    if (!server)
        co_return base::failed(std::move(server), u"starting the practice CA");
    m_server = *std::move(server);
    lifecycle::AuthorityDetails details;
    details.name = name;
    details.directoryUrl = m_server->directoryUrl();
    details.rootsPem = m_server->rootPem();
    details.proxy = u"none"_s;
    auto known = co_await engine.authorities().find(name);
    if (known)
        co_return co_await engine.authorities().update(known->id, details, stop);
    co_return co_await engine.authorities().add(details, stop);
}

} // namespace app
