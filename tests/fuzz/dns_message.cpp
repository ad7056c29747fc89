// SPDX-License-Identifier: Apache-2.0
#include "dns/lookup.h"
#include "dns/message.h"
#include "dns/tsig_record.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr qsizetype headerSize = 12;
constexpr int longestPresentation = 4 * 255; // each byte of a name may be written as \ddd

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkRecords(const QList<dns::Record>& records, qsizetype size)
{
    for (const dns::Record& record : records) {
        require(record.name.size() <= longestPresentation);
        require(record.value.size() <= qMax<qsizetype>(size, longestPresentation));
    }
}

} // namespace

/// Whatever a server, or somebody in its place, answers: nothing is read past the end, and nothing grows.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using dns::RecordType;
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto query = dns::makeQuery(1, QStringLiteral("www.corp.example"), RecordType::Txt);
    (void)dns::isReplyTo(bytes, *query);
    (void)dns::isTruncated(bytes);
    if (const auto tsig = dns::tsigOf(bytes)) {
        require(tsig->begin >= headerSize && tsig->begin < bytes.size());
        require(tsig->mac.size() + tsig->other.size() < bytes.size());
    }
    if (const auto message = dns::readMessage(bytes)) {
        checkRecords(message->answers, bytes.size());
        checkRecords(message->authority, bytes.size());
        for (const RecordType type : {RecordType::A, RecordType::Cname, RecordType::Txt, RecordType::Caa}) {
            dns::Lookup lookup;
            lookup.name = message->answers.isEmpty() ? QString() : message->answers.constFirst().name;
            dns::readReply(*message, type, lookup);
            require(lookup.aliases.size() <= message->answers.size());
        }
    }
    return 0;
}
