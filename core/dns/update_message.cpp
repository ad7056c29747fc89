// SPDX-License-Identifier: Apache-2.0
#include "dns/update_message.h"

#include "dns/ldns_handles.h"
#include "dns/record.h"

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

constexpr qsizetype longestString = 255; // of one character string of a TXT record

void pushStrings(ldns_rr* record, const QByteArray& value)
{
    for (qsizetype at = 0; at < value.size() || at == 0; at += longestString) {
        const QByteArray part = value.mid(at, longestString);
        const QByteArray counted = static_cast<char>(part.size()) + part;
        ldns_rr_push_rdf(
            record,
            ldns_rdf_new_frm_data(LDNS_RDF_TYPE_STR, static_cast<std::size_t>(counted.size()), counted.constData()));
    }
}

ldns::ResourceRecord textRecord(const TextValue& text, ldns_rr_class type, quint32 ttl)
{
    ldns::Data owner = ldns::nameFrom(text.name);
    if (!owner)
        return nullptr;
    ldns::ResourceRecord record(ldns_rr_new());
    ldns_rr_set_owner(record.get(), owner.release());
    ldns_rr_set_type(record.get(), LDNS_RR_TYPE_TXT);
    ldns_rr_set_class(record.get(), type);
    ldns_rr_set_ttl(record.get(), ttl);
    pushStrings(record.get(), text.value);
    return record;
}

Result<QByteArray> message(quint16 id, const TextValue& text, ldns_rr_class type, quint32 ttl)
{
    ldns::Data zone = ldns::nameFrom(text.zone);
    ldns::ResourceRecord record = textRecord(text, type, ttl);
    if (!zone || !record || !isWithin(text.name, text.zone))
        return base::invalid(u"name"_s, u"\"%1\" is no name of the zone \"%2\""_s.arg(text.name, text.zone));
    const ldns::RecordList changes(ldns_rr_list_new());
    ldns_rr_list_push_rr(changes.get(), record.release());
    const ldns::Packet packet(ldns_update_pkt_new(zone.release(), LDNS_RR_CLASS_IN, nullptr, changes.get(), nullptr));
    ldns_pkt_set_id(packet.get(), id);
    return ldns::wireOf(packet.get());
}

} // namespace

Result<QByteArray> addition(quint16 id, const TextValue& text, quint32 ttl)
{
    return message(id, text, LDNS_RR_CLASS_IN, ttl);
}

Result<QByteArray> removal(quint16 id, const TextValue& text)
{
    return message(id, text, LDNS_RR_CLASS_NONE, 0);
}

} // namespace dns
