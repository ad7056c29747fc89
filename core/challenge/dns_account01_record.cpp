// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_account01_record.h"

#include "challenge/dns01_record.h"
#include "crypto/digest.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype labelBytes = 10; // which base32 writes in 16 characters, without padding

/// RFC 4648 section 6 in lower case, for a whole number of groups of five bytes.
QString base32(const QByteArray& bytes)
{
    constexpr auto alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    constexpr int bitsPerCharacter = 5;
    QString text;
    quint32 bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<quint8>(byte);
        for (count += 8; count >= bitsPerCharacter; count -= bitsPerCharacter)
            text += QLatin1Char(alphabet[bits >> (count - bitsPerCharacter) & 31]);
    }
    return text;
}

} // namespace

QString dnsAccount01RecordName(const base::Identifier& identifier, const QString& accountUrl)
{
    const QByteArray digest = crypto::digest(crypto::DigestAlgorithm::Sha256, accountUrl.toUtf8());
    return u'_' + base32(digest.first(labelBytes)) + u'.' + dns01RecordName(identifier);
}

} // namespace challenge
