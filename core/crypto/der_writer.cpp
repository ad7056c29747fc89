// SPDX-License-Identifier: Apache-2.0
#include "crypto/der_writer.h"

namespace crypto::der {
namespace {

QByteArray lengthOctets(qsizetype length)
{
    if (length < 0x80)
        return QByteArray(1, static_cast<char>(length));
    QByteArray octets;
    for (; length > 0; length >>= 8)
        octets.prepend(static_cast<char>(length & 0xff));
    return octets.prepend(static_cast<char>(0x80 | octets.size()));
}

} // namespace

QByteArray element(Tag tag, QByteArrayView content)
{
    const QByteArray length = lengthOctets(content.size());
    QByteArray result;
    result.reserve(1 + length.size() + content.size());
    return result.append(static_cast<char>(tag)).append(length).append(content);
}

QByteArray bitString(QByteArrayView bytes)
{
    QByteArray content(1, '\0');
    return element(Tag::BitString, content.append(bytes));
}

} // namespace crypto::der
