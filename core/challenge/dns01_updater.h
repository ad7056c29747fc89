// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "challenge/dns01_record.h"
#include "challenge/dns_providers.h"
#include "challenge/record_watch.h"
#include "challenge/solver_store.h"

namespace dns {
class Resolver;
}

namespace challenge {

/// Puts the TXT records of dns-01 in place with named solvers, wherever an alias moved them.
///
/// A solver's update server is also asked where a record is, since it answers for its own zones; for other zones, and
/// without such a server, the zone's servers are, found by the authority's resolvers, else by this machine's.
class Dns01Updater {
public:
    /// `usual` is the id of the settings for names that no other settings claim, `resolvers` are the authority's
    /// ("HOST:PORT"). Store and clock outlive this object.
    Dns01Updater(SolverStore& store, base::Clock& clock, QString usual, QStringList resolvers = {});

    /// Follows the CNAME records of `record`, each asked of the server that its zone belongs to and none of them from a
    /// wildcard, to where the record has to be, and finds the zone there. A hook finds both for itself: its records
    /// stay where they are.
    base::Task<base::Result<Dns01Place>> locate(QString record, std::stop_token stop) const;
    /// Whether the record may be changed, without changing anything.
    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) const;
    /// Has the value added: the receipt, without which a service may not remove it again.
    base::Task<base::Result<QString>> add(Dns01Place place, QByteArray value, std::stop_token stop) const;
    /// Waits until an added value is seen (see RecordWatch). Timeout where that takes too long.
    base::Task<base::Result<void>> awaitSeen(Dns01Place place, QByteArray value, std::stop_token stop) const;
    /// Whether it is a person who changes the records there.
    base::Task<bool> isByHand(Dns01Place place) const;
    /// Removes this value; others at the same name stay.
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value, QString receipt) const;

private:
    base::Task<base::Result<Dns01Place>> locateFrom(QString name, int aliases, std::stop_token stop) const;
    base::Task<base::Result<SolverSettings>> settings(QString record) const;
    base::Task<base::Result<SolverSettings>> settingsOf(Dns01Place place) const;
    base::Task<base::Result<std::shared_ptr<DnsProvider>>> providerOf(Dns01Place place) const;
    base::Task<base::Result<Dns01Place>> locateWith(SolverSettings settings, QString name, int aliases,
                                                    std::stop_token stop) const;
    /// As the authority sees it; `failure` where it sees none.
    base::Task<base::Result<QString>> aliasElsewhere(QString record, base::Error failure, std::stop_token stop) const;
    base::Result<std::shared_ptr<dns::Resolver>> resolverOf(const QString& server) const;

    SolverStore& m_store;
    DnsProviders m_providers;
    RecordWatch m_watch;
    QString m_usual;
    QStringList m_resolvers;
};

} // namespace challenge
