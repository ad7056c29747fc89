// SPDX-License-Identifier: Apache-2.0
#include "dns/ldns_handles.h"

#include <QtEndian>

#include <array>

namespace dns::ldns {
namespace {

constexpr qsizetype headerSize = 12;
constexpr qsizetype countsAt = 4; // four numbers of records, one for each section
constexpr std::array sections {LDNS_SECTION_QUESTION, LDNS_SECTION_ANSWER, LDNS_SECTION_AUTHORITY,
                               LDNS_SECTION_ADDITIONAL};

const std::uint8_t* bytesFrom(QByteArrayView wire)
{
    return reinterpret_cast<const std::uint8_t*>(wire.data());
}

/// The next record; null where there is none to be read.
ResourceRecord nextRecord(QByteArrayView wire, std::size_t& at, ldns_pkt_section section)
{
    ldns_rr* parsed = nullptr;
    const auto status = ldns_wire2rr(&parsed, bytesFrom(wire), static_cast<std::size_t>(wire.size()), &at, section);
    return ResourceRecord(status == LDNS_STATUS_OK ? parsed : nullptr);
}

// ldns keeps the last of several TSIG records and loses the memory of the others, so it must not see them. Read by its
// own function, since it goes on at other places than the lengths of broken records say.
bool hasRecordsAfterTsig(QByteArrayView wire)
{
    if (wire.size() < headerSize)
        return false;
    std::size_t at = headerSize;
    bool isSigned = false;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const auto records = qFromBigEndian<quint16>(wire.data() + countsAt + i * sizeof(quint16));
        for (int record = 0; record < records; ++record) {
            const ResourceRecord next = nextRecord(wire, at, sections.at(i));
            if (!next)
                return false; // for ldns to name the reason
            if (isSigned)
                return true;
            isSigned = sections.at(i) == LDNS_SECTION_ADDITIONAL && ldns_rr_get_type(next.get()) == LDNS_RR_TYPE_TSIG;
        }
    }
    return false;
}

} // namespace

Packet packetFrom(QByteArrayView wire, ldns_status& status)
{
    status = LDNS_STATUS_ERR;
    if (hasRecordsAfterTsig(wire))
        return nullptr;
    ldns_pkt* parsed = nullptr;
    status = ldns_wire2pkt(&parsed, bytesFrom(wire), static_cast<std::size_t>(wire.size()));
    Packet packet(parsed);
    return status == LDNS_STATUS_OK ? std::move(packet) : nullptr;
}

} // namespace dns::ldns
