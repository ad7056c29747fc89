// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"

#include "base/name_table.h"
#include "dns/ldns_handles.h"

#include <cstring>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using ldns::bytesOf;
using ldns::textOf;

constexpr qsizetype headerSize = 12;
constexpr qsizetype longestName = 253;

constexpr std::array responseCodeNames {
    base::Named {ResponseCode::NoError, u"NOERROR"},          base::Named {ResponseCode::FormatError, u"FORMERR"},
    base::Named {ResponseCode::ServerFailure, u"SERVFAIL"},   base::Named {ResponseCode::NameError, u"NXDOMAIN"},
    base::Named {ResponseCode::NotImplemented, u"NOTIMP"},    base::Named {ResponseCode::Refused, u"REFUSED"},
    base::Named {ResponseCode::NotAuthoritative, u"NOTAUTH"}, base::Named {ResponseCode::NotZone, u"NOTZONE"},
};

/// A character string of RFC 1035 section 3.3, without its length.
QByteArray characterString(const ldns_rdf* data)
{
    return bytesOf(data).mid(1);
}

QByteArray allStrings(const ldns_rr* record)
{
    QByteArray all;
    for (std::size_t i = 0; i < ldns_rr_rd_count(record); ++i)
        all += characterString(ldns_rr_rdf(record, i));
    return all;
}

QByteArray valueOf(const ldns_rr* record, RecordType type)
{
    const ldns_rdf* first = ldns_rr_rdf(record, 0);
    switch (type) {
    case RecordType::Txt:
        return allStrings(record);
    case RecordType::Caa:
        return bytesOf(ldns_rr_rdf(record, 2));
    case RecordType::A:
    case RecordType::Aaaa:
        return textOf(first).toLatin1();
    default:
        return normalName(textOf(first)).toLatin1();
    }
}

bool isKnown(RecordType type)
{
    return !recordTypeName(type).startsWith("TYPE"_L1);
}

/// ldns takes records that end before their last field, without the missing ones.
bool isWhole(const ldns_rr* record, RecordType type)
{
    constexpr std::size_t authorizationFields = 3;
    return ldns_rr_rd_count(record) >= (type == RecordType::Caa ? authorizationFields : 1);
}

QList<Record> recordsOf(const ldns_rr_list* list)
{
    QList<Record> records;
    for (std::size_t i = 0; i < ldns_rr_list_rr_count(list); ++i) {
        const ldns_rr* source = ldns_rr_list_rr(list, i);
        const auto type = static_cast<RecordType>(ldns_rr_get_type(source));
        if (ldns_rr_get_class(source) != LDNS_RR_CLASS_IN || !isKnown(type) || !isWhole(source, type))
            continue;
        Record record {normalName(textOf(ldns_rr_owner(source))), type, ldns_rr_ttl(source), valueOf(source, type)};
        if (type == RecordType::Caa) {
            record.flags = ldns_rdf2native_int8(ldns_rr_rdf(source, 0));
            record.tag = characterString(ldns_rr_rdf(source, 1)).toLower();
        }
        records.append(std::move(record));
    }
    return records;
}

quint8 byteAt(QByteArrayView bytes, qsizetype at)
{
    return static_cast<quint8>(bytes[at]);
}

/// The question of a message of our own, whose first name is never compressed; the zone of an update.
QByteArrayView questionOf(QByteArrayView query)
{
    qsizetype end = headerSize;
    while (byteAt(query, end) != 0)
        end += 1 + byteAt(query, end);
    constexpr qsizetype rest = 1 + 2 * sizeof(quint16); // the root label, type and class
    return query.sliced(headerSize, end + rest - headerSize);
}

bool isQuestionEcho(QByteArrayView reply, QByteArrayView query)
{
    const QByteArrayView question = questionOf(query);
    return reply.size() >= headerSize + question.size() && reply.sliced(4, 2) == query.sliced(4, 2)
        && reply.sliced(headerSize, question.size()).compare(question, Qt::CaseInsensitive) == 0;
}

} // namespace

QString responseCodeName(ResponseCode code)
{
    return base::nameIn(responseCodeNames, code, u"RCODE %1"_s.arg(static_cast<int>(code)));
}

base::Result<QByteArray> makeQuery(quint16 id, const QString& name, RecordType type)
{
    ldns::Data owner = name.size() > longestName ? nullptr : ldns::nameFrom(name);
    if (!owner)
        return base::invalid(u"name"_s, u"\"%1\" is no name that DNS could have"_s.arg(name.left(100)));
    const ldns::Packet packet(
        ldns_pkt_query_new(owner.release(), static_cast<ldns_rr_type>(type), LDNS_RR_CLASS_IN, LDNS_RD));
    ldns_pkt_set_id(packet.get(), id);
    return ldns::wireOf(packet.get());
}

base::Result<Message> readMessage(QByteArrayView wire)
{
    ldns_status status = LDNS_STATUS_OK;
    const ldns::Packet packet = ldns::packetFrom(wire, status);
    if (!packet)
        return base::failed(
            base::ErrorCode::Protocol,
            u"the answer is no DNS message: %1"_s.arg(QString::fromLatin1(ldns_get_errorstr_by_id(status))));
    return Message {ldns_pkt_id(packet.get()), static_cast<ResponseCode>(ldns_pkt_get_rcode(packet.get())),
                    ldns_pkt_aa(packet.get()), recordsOf(ldns_pkt_answer(packet.get())),
                    recordsOf(ldns_pkt_authority(packet.get()))};
}

bool isReplyTo(QByteArrayView reply, QByteArrayView query)
{
    constexpr quint8 response = 0x80;
    constexpr quint8 operation = 0x78;
    constexpr quint8 update = 5 << 3;
    constexpr quint8 code = 0x0f;
    if (reply.size() < headerSize || reply.first(2) != query.first(2) || !(byteAt(reply, 2) & response)
        || (byteAt(reply, 2) & operation) != (byteAt(query, 2) & operation))
        return false;
    const bool hasNoQuestion = byteAt(reply, 4) == 0 && byteAt(reply, 5) == 0;
    const bool mayHaveNone = (byteAt(reply, 3) & code) != 0 || (byteAt(query, 2) & operation) == update;
    return (hasNoQuestion && mayHaveNone) || isQuestionEcho(reply, query);
}

bool isTruncated(QByteArrayView message)
{
    return message.size() >= headerSize && (byteAt(message, 2) & 0x02);
}

} // namespace dns
