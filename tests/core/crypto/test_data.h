// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secret.h"

#include <QByteArray>
#include <QFile>
#include <QString>

/// The bytes of tests/data/crypto/`name`.
inline QByteArray dataFile(const char* name)
{
    QFile file(QStringLiteral(TEST_DATA "/crypto/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read the test data %s", name);
    return file.readAll();
}

/// The password of every encrypted file of the test data.
inline base::Secret testPassword()
{
    return base::Secret(dataFile("password.txt"));
}

/// `bytes` with one bit of the byte at `index` turned over; a negative index counts from the end.
inline QByteArray flipped(QByteArray bytes, qsizetype index)
{
    const qsizetype at = index < 0 ? bytes.size() + index : index;
    bytes[at] = static_cast<char>(bytes.at(at) ^ 1);
    return bytes;
}
