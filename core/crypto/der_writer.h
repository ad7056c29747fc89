// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace crypto::der {

/// Identifier octets (X.690 section 8.1.2).
enum class Tag : unsigned char {
    Integer = 0x02,
    BitString = 0x03,
    OctetString = 0x04,
    Sequence = 0x30,
    Set = 0x31,
    Context0 = 0xa0,
    Context1 = 0xa1,
};

/// One element. OpenSSL 3.0's encoders take hundreds of microseconds for what is fixed but for a few bytes.
QByteArray element(Tag tag, QByteArrayView content);
/// A bit string of whole bytes.
QByteArray bitString(QByteArrayView bytes);

} // namespace crypto::der
