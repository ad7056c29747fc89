// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

namespace dns {

/// Reads a DNS message of any origin by position, which ldns does not offer: what a TSIG covers is told by offsets.
///
/// Never reads past the end: once it had to, everything is zero or empty and isAtEnd() false.
class WireReader {
public:
    explicit WireReader(QByteArrayView message)
        : m_message(message)
    {
    }

    /// Goes to where the last record of the message begins: false where the message has no record, or is broken.
    bool skipToLastRecord();
    qsizetype position() const { return m_position; }
    bool isAtEnd() const { return !m_failed && m_position == m_message.size(); }

    /// A name without compression (RFC 8945 section 4.2 forbids it), in lower case.
    QString name();
    quint16 number16();
    quint64 number48();
    QByteArray bytes(qsizetype count);
    void skip(qsizetype count);

private:
    void skipName();
    QByteArrayView take(qsizetype count);

    QByteArrayView m_message;
    qsizetype m_position = 0;
    bool m_failed = false;
};

} // namespace dns
