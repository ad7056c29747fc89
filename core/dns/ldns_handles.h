// SPDX-License-Identifier: Apache-2.0
#pragma once

// ldns's own headers shadow names and compare signs; they are not ours to warn about.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wextra"
#include <ldns/ldns.h>
#pragma GCC diagnostic pop

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <cstdlib>
#include <memory>

/// Owners of what ldns allocates. Private to core/dns.
namespace dns::ldns {

struct Deleter {
    void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
    void operator()(ldns_rdf* data) const { ldns_rdf_deep_free(data); }
    void operator()(ldns_rr* record) const { ldns_rr_free(record); }
    void operator()(ldns_rr_list* records) const { ldns_rr_list_deep_free(records); }
    void operator()(char* text) const { std::free(text); }
    void operator()(std::uint8_t* bytes) const { std::free(bytes); }
};

using Packet = std::unique_ptr<ldns_pkt, Deleter>;
using Data = std::unique_ptr<ldns_rdf, Deleter>;
using ResourceRecord = std::unique_ptr<ldns_rr, Deleter>;
using RecordList = std::unique_ptr<ldns_rr_list, Deleter>;
using Text = std::unique_ptr<char, Deleter>;
using Bytes = std::unique_ptr<std::uint8_t, Deleter>;

/// The name in ldns's form; null where it is none.
inline Data nameFrom(const QString& name)
{
    return Data(ldns_dname_new_frm_str((name + QLatin1Char('.')).toLatin1().constData()));
}

inline base::Result<QByteArray> wireOf(const ldns_pkt* packet)
{
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (ldns_pkt2wire(&bytes, packet, &size) != LDNS_STATUS_OK)
        return base::invalid(QStringLiteral("name"), QStringLiteral("this fits into no DNS message"));
    const Bytes owned(bytes);
    return QByteArray(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
}

} // namespace dns::ldns
