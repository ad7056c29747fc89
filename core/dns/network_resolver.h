// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/exchange.h"
#include "dns/resolver.h"

#include <QStringList>

#include <memory>

namespace dns {

/// As many as common resolvers follow.
constexpr qsizetype mostAliases = 16;

/// Asks given DNS servers, or those of this machine, one after the other until one of them knows.
class NetworkResolver final : public Resolver {
public:
    /// `servers` must not be empty; systemServers() has this machine's.
    explicit NetworkResolver(QList<ServerAddress> servers, ExchangeLimits limits = {});

    base::Task<base::Result<Lookup>> lookup(QString name, RecordType type, std::stop_token stop) override;

private:
    base::Task<base::Result<Message>> ask(QString name, RecordType type, std::stop_token stop) const;
    base::Task<base::Result<Message>> askOne(ServerAddress server, QString name, RecordType type,
                                             std::stop_token stop) const;

    QList<ServerAddress> m_servers;
    ExchangeLimits m_limits;
};

/// `servers` ("HOST:PORT"), or this machine's where there are none. The error of ServerAddress::parse().
base::Result<QList<ServerAddress>> serversOrSystem(const QStringList& servers);
/// One that asks `servers` ("HOST:PORT"), or this machine's where there are none. The error of ServerAddress::parse().
base::Result<std::shared_ptr<Resolver>> resolverAsking(const QStringList& servers);

} // namespace dns
