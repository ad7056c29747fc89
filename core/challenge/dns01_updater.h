// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/retry_policy.h"
#include "challenge/dns01_record.h"
#include "challenge/dns_update_store.h"
#include "dns/dynamic_update.h"

namespace challenge {

/// Puts the TXT records of dns-01 in place by signed updates (RFC 2136), wherever an alias moved them.
///
/// The update server is also asked where a record is and whether it is there: it answers for its own zones.
class Dns01Updater {
public:
    /// `usual` is the id of the settings for names that no other settings claim. Store and clock outlive this object.
    Dns01Updater(DnsUpdateStore& store, base::Clock& clock, QString usual);

    /// Follows the CNAME records of `record`, each asked of the server that its zone belongs to, to where the record
    /// has to be, and finds the zone there.
    base::Task<base::Result<Dns01Place>> locate(QString record, std::stop_token stop) const;
    /// Whether the record may be changed, without changing anything.
    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) const;
    /// Adds the value and waits until the server shows it. Timeout where it does not within two minutes.
    base::Task<base::Result<void>> add(Dns01Place place, QByteArray value, std::stop_token stop) const;
    /// Removes this value; others at the same name stay.
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value) const;

private:
    base::Task<base::Result<Dns01Place>> locateFrom(QString name, int aliases, std::stop_token stop) const;
    base::Task<base::Result<DnsUpdateSettings>> settings(QString record) const;
    base::Task<base::Result<DnsUpdateSettings>> settingsOf(Dns01Place place) const;
    base::Task<base::Result<dns::DynamicUpdate>> updateOf(Dns01Place place) const;
    base::Task<base::Result<QString>> aliasOf(QString record, QString server, std::stop_token stop) const;
    base::Task<base::Result<void>> awaitVisible(Dns01Place place, QByteArray value, std::stop_token stop) const;

    DnsUpdateStore& m_store;
    base::Clock& m_clock;
    QString m_usual;
    base::RetryPolicy m_polling;
};

} // namespace challenge
