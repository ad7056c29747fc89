// SPDX-License-Identifier: Apache-2.0
#include "dns/tsig.h"

#include "crypto/hmac.h"

#include <QtEndian>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;

constexpr qsizetype additionalCountAt = 10;
constexpr quint16 usualFudge = 300; // section 10

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
    record.mac = crypto::hmac(digest, key.secret, message + variablesOf(record));
    return {withAdditionalCount(message, 1) + wireOf(record), record.mac};
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
    const QByteArray covered = counted(requestMac) + unsignedPart(reply, *record) + variablesOf(*record);
    if (!isSame(crypto::hmac(*digest, key.secret, covered), record->mac))
        return unacceptable(u"its signature is wrong"_s);
    if (qAbs(now.toSecsSinceEpoch() - record->timeSigned) > record->fudge)
        return unacceptable(u"it was signed at %1, and now it is %2: set the clocks"_s.arg(
            QDateTime::fromSecsSinceEpoch(record->timeSigned, Qt::UTC).toString(Qt::ISODate),
            now.toUTC().toString(Qt::ISODate)));
    return {};
}

} // namespace dns
