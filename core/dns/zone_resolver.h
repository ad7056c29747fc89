// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/resolver.h"
#include "dns/server_address.h"

#include <QHash>

#include <memory>

namespace dns {

/// Asks the servers of the zone that a name lies in; resolvers find those, and answer where those do not.
///
/// So resolvers are asked for names above alone: they would remember that a name does not exist yet (RFC 2308 section
/// 5), and an authority that looks through them would not see it for as long once it does.
class ZoneResolver final : public Resolver {
public:
    /// `resolvers` must not be empty; systemServers() has this machine's.
    explicit ZoneResolver(QList<ServerAddress> resolvers);

    base::Task<base::Result<Lookup>> lookup(QString name, RecordType type, std::stop_token stop) override;
    /// The servers of `zone`, by its NS records; none where they cannot be found out.
    base::Task<QList<ServerAddress>> serversOf(QString zone, std::stop_token stop) const;

private:
    using Servers = QList<ServerAddress>;

    base::Task<base::Result<Servers>> serversAbove(QString name, std::stop_token stop);

    std::shared_ptr<Resolver> m_resolvers;
    QHash<QString, Servers> m_found; ///< by the name above
};

} // namespace dns
