// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdlib>
#include <memory>
#include <utility>

// ldns's own headers shadow names and compare signs; they are not ours to warn about.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wextra"
#include <ldns/ldns.h>
#pragma GCC diagnostic pop
// They make C++'s own words numbers, which no header that comes after them can be read with.
#undef bool
#undef false
#undef true

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

/// A name as text, a number or an address; empty where ldns cannot write it.
inline QString textOf(const ldns_rdf* data)
{
    const Text text(ldns_rdf2str(data));
    return text ? QString::fromLatin1(text.get()) : QString();
}

inline QByteArray bytesOf(const ldns_rdf* data)
{
    return QByteArray(reinterpret_cast<const char*>(ldns_rdf_data(data)), static_cast<qsizetype>(ldns_rdf_size(data)));
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

/// A message of any origin; null, with the reason in `status`, where it is none or has records after its TSIG record,
/// which RFC 8945 section 5.1 forbids.
Packet packetFrom(QByteArrayView wire, ldns_status& status);

} // namespace dns::ldns
