// SPDX-License-Identifier: Apache-2.0
#include "dns/tsig.h"

#include "crypto/hmac.h"
#include "dns/ldns_handles.h"
#include "dns/record.h"
#include "dns/wire_reader.h"

#include <QtEndian>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;

constexpr qsizetype additionalCountAt = 10;
constexpr quint16 typeTsig = 250;
constexpr quint16 classAny = 255;
constexpr quint16 usualFudge = 300; // section 10

template <class Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// Seconds as 48 bits.
QByteArray time48(qint64 seconds)
{
    return bigEndian(static_cast<quint64>(seconds)).sliced(2);
}

QByteArray counted(const QByteArray& bytes)
{
    return bigEndian(static_cast<quint16>(bytes.size())) + bytes;
}

/// The name in wire form, without compression and in lower case, as digests take it.
QByteArray wireName(const QString& name)
{
    const ldns::Data data = ldns::nameFrom(normalName(name));
    return data ? QByteArray(reinterpret_cast<const char*>(ldns_rdf_data(data.get())),
                             static_cast<qsizetype>(ldns_rdf_size(data.get())))
                : QByteArray(1, '\0');
}

/// The TSIG variables of section 4.3.3.
QByteArray variables(const TsigRecord& record)
{
    return wireName(record.keyName) + bigEndian(classAny) + bigEndian(quint32 {0}) + wireName(record.algorithm)
        + time48(record.timeSigned) + bigEndian(record.fudge) + bigEndian(record.error) + counted(record.other);
}

QByteArray resourceRecord(const TsigRecord& record)
{
    const QByteArray data = wireName(record.algorithm) + time48(record.timeSigned) + bigEndian(record.fudge)
        + counted(record.mac) + bigEndian(record.originalId) + bigEndian(record.error) + counted(record.other);
    return wireName(record.keyName) + bigEndian(typeTsig) + bigEndian(classAny) + bigEndian(quint32 {0})
        + counted(data);
}

QByteArray withAdditionalCount(QByteArray message, int change)
{
    const auto count = qFromBigEndian<quint16>(message.constData() + additionalCountAt);
    qToBigEndian(static_cast<quint16>(count + change), message.data() + additionalCountAt);
    return message;
}

/// The message as it was before it was signed.
QByteArray unsignedPart(QByteArrayView message, const TsigRecord& record)
{
    QByteArray part = withAdditionalCount(message.first(record.begin).toByteArray(), -1);
    qToBigEndian(record.originalId, part.data());
    return part;
}

bool isSame(const QByteArray& left, const QByteArray& right)
{
    return base::Secret(left) == base::Secret(right);
}

tl::unexpected<base::Error> unacceptable(const QString& why)
{
    return base::failed(ErrorCode::Protocol, u"the answer cannot be trusted: "_s + why);
}

} // namespace

SignedMessage signMessage(const QByteArray& message, const TsigKey& key, const QDateTime& now)
{
    TsigRecord record {key.name, key.algorithm, now.toSecsSinceEpoch(), usualFudge};
    record.originalId = qFromBigEndian<quint16>(message.constData());
    const auto digest = tsigDigest(key.algorithm).value_or(crypto::DigestAlgorithm::Sha256);
    record.mac = crypto::hmac(digest, key.secret, message + variables(record));
    return {withAdditionalCount(message, 1) + resourceRecord(record), record.mac};
}

std::optional<TsigRecord> tsigOf(QByteArrayView message)
{
    WireReader reader(message);
    if (!reader.skipToLastRecord())
        return std::nullopt;
    TsigRecord record;
    record.begin = reader.position();
    record.keyName = reader.name();
    if (reader.number16() != typeTsig || reader.number16() != classAny)
        return std::nullopt;
    reader.skip(sizeof(quint32) + sizeof(quint16)); // TTL and length
    record.algorithm = reader.name();
    record.timeSigned = static_cast<qint64>(reader.number48());
    record.fudge = reader.number16();
    record.mac = reader.bytes(reader.number16());
    record.originalId = reader.number16();
    record.error = reader.number16();
    record.other = reader.bytes(reader.number16());
    return reader.isAtEnd() ? std::optional(record) : std::nullopt;
}

base::Result<void> verifyReply(QByteArrayView reply, const TsigKey& key, const QByteArray& requestMac,
                               const QDateTime& now)
{
    const auto record = tsigOf(reply);
    if (!record || record->mac.isEmpty())
        return unacceptable(u"it is not signed"_s);
    const auto digest = tsigDigest(key.algorithm);
    if (!digest || record->keyName != key.name || record->algorithm != key.algorithm)
        return unacceptable(u"it is signed with another key"_s);
    const QByteArray covered = counted(requestMac) + unsignedPart(reply, *record) + variables(*record);
    if (!isSame(crypto::hmac(*digest, key.secret, covered), record->mac))
        return unacceptable(u"its signature is wrong"_s);
    if (qAbs(now.toSecsSinceEpoch() - record->timeSigned) > record->fudge)
        return unacceptable(u"it was signed at %1, and now it is %2: set the clocks"_s.arg(
            QDateTime::fromSecsSinceEpoch(record->timeSigned, Qt::UTC).toString(Qt::ISODate),
            now.toUTC().toString(Qt::ISODate)));
    return {};
}

} // namespace dns
