// SPDX-License-Identifier: Apache-2.0
#include "dns/tsig_record.h"

#include "dns/ldns_handles.h"
#include "dns/record.h"

#include <QtEndian>

#include <array>

namespace dns {
namespace {

constexpr qsizetype headerSize = 12;
constexpr qsizetype timeSize = 6;
constexpr qsizetype countSize = 2; // before the MAC and the other data

/// The fields of the record's data, in their order (section 4.2).
enum Field { Algorithm, TimeSigned, Fudge, Mac, OriginalId, Failure, Other, fieldCount };

template <class Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// In lower case, as digests take names; the root where it is none.
ldns::Data canonicalName(const QString& name)
{
    ldns::Data data = ldns::nameFrom(normalName(name));
    return data ? std::move(data) : ldns::nameFrom(QString());
}

ldns_rdf* dataField(ldns_rdf_type type, const QByteArray& bytes)
{
    return ldns_rdf_new_frm_data(type, static_cast<std::size_t>(bytes.size()), bytes.constData());
}

ldns::ResourceRecord resourceRecord(const TsigRecord& record)
{
    ldns::ResourceRecord made(ldns_rr_new());
    ldns_rr_set_owner(made.get(), canonicalName(record.keyName).release());
    ldns_rr_set_type(made.get(), LDNS_RR_TYPE_TSIG);
    ldns_rr_set_class(made.get(), LDNS_RR_CLASS_ANY);
    ldns_rr_set_ttl(made.get(), 0);
    const std::array<ldns_rdf*, fieldCount> fields {
        canonicalName(record.algorithm).release(),
        dataField(LDNS_RDF_TYPE_TSIGTIME, bigEndian(static_cast<quint64>(record.timeSigned)).last(timeSize)),
        ldns_native2rdf_int16(LDNS_RDF_TYPE_INT16, record.fudge),
        dataField(LDNS_RDF_TYPE_INT16_DATA, counted(record.mac)),
        ldns_native2rdf_int16(LDNS_RDF_TYPE_INT16, record.originalId),
        ldns_native2rdf_int16(LDNS_RDF_TYPE_INT16, record.error),
        dataField(LDNS_RDF_TYPE_INT16_DATA, counted(record.other)),
    };
    for (ldns_rdf* each : fields)
        ldns_rr_push_rdf(made.get(), each);
    return made;
}

QByteArray fieldOf(const ldns_rr* record, Field field)
{
    return ldns::bytesOf(ldns_rr_rdf(record, field));
}

QByteArray wireOf(const ldns_rr* record)
{
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (ldns_rr2wire(&bytes, record, LDNS_SECTION_ADDITIONAL, &size) != LDNS_STATUS_OK)
        return QByteArray();
    const ldns::Bytes owned(bytes);
    return QByteArray(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
}

} // namespace

std::optional<TsigRecord> tsigOf(QByteArrayView message)
{
    ldns_status status = LDNS_STATUS_OK;
    const ldns::Packet packet = ldns::packetFrom(message, status);
    const ldns_rr* found = packet ? ldns_pkt_tsig(packet.get()) : nullptr;
    if (!found || ldns_rr_rd_count(found) != fieldCount || ldns_rr_get_class(found) != LDNS_RR_CLASS_ANY)
        return std::nullopt;
    // What was signed is everything before it: it must be the last record, with its names written out (section 4.2).
    const QByteArray wire = wireOf(found);
    if (wire.isEmpty() || !message.endsWith(wire) || message.size() - wire.size() < headerSize)
        return std::nullopt;
    TsigRecord record;
    record.begin = message.size() - wire.size();
    record.keyName = normalName(ldns::textOf(ldns_rr_owner(found)));
    record.algorithm = normalName(ldns::textOf(ldns_rr_rdf(found, Algorithm)));
    record.timeSigned =
        qFromBigEndian<qint64>((QByteArray(sizeof(qint64) - timeSize, '\0') + fieldOf(found, TimeSigned)).constData());
    record.fudge = ldns_rdf2native_int16(ldns_rr_rdf(found, Fudge));
    record.mac = fieldOf(found, Mac).sliced(countSize);
    record.originalId = ldns_rdf2native_int16(ldns_rr_rdf(found, OriginalId));
    record.error = ldns_rdf2native_int16(ldns_rr_rdf(found, Failure));
    record.other = fieldOf(found, Other).sliced(countSize);
    return record;
}

QByteArray wireOf(const TsigRecord& record)
{
    return wireOf(resourceRecord(record).get());
}

QByteArray variablesOf(const TsigRecord& record)
{
    const ldns::ResourceRecord made = resourceRecord(record);
    const ldns_rr* from = made.get();
    return ldns::bytesOf(ldns_rr_owner(from)) + bigEndian(static_cast<quint16>(LDNS_RR_CLASS_ANY))
        + bigEndian(ldns_rr_ttl(from)) + fieldOf(from, Algorithm) + fieldOf(from, TimeSigned) + fieldOf(from, Fudge)
        + fieldOf(from, Failure) + fieldOf(from, Other);
}

QByteArray counted(const QByteArray& bytes)
{
    return bigEndian(static_cast<quint16>(bytes.size())) + bytes;
}

} // namespace dns
