// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace dns {

/// What the TSIG record of a message says (RFC 8945 section 4.2).
struct TsigRecord {
    QString keyName;
    QString algorithm;
    qint64 timeSigned = 0; ///< seconds since 1970
    quint16 fudge = 0; ///< seconds that clocks may differ
    QByteArray mac;
    quint16 originalId = 0;
    quint16 error = 0; ///< 16 BADSIG, 17 BADKEY, 18 BADTIME, 22 BADTRUNC
    QByteArray other; ///< with BADTIME: the server's time, 48 bits
    qsizetype begin = 0; ///< where the record begins in the message
};

/// The TSIG record at the end of a message of any origin; nothing where it has none or is no whole message.
std::optional<TsigRecord> tsigOf(QByteArrayView message);

/// The record as it stands at the end of a message.
QByteArray wireOf(const TsigRecord& record);
/// What a MAC covers beside the message: the TSIG variables (section 4.3.3).
QByteArray variablesOf(const TsigRecord& record);
/// Bytes with their number before them, as MACs are digested and sent.
QByteArray counted(const QByteArray& bytes);

} // namespace dns
