// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace dns {

/// The record types that are asked for; the numbers are IANA's.
enum class RecordType : quint16 {
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Txt = 16,
    Aaaa = 28,
    Caa = 257, ///< RFC 8659
};

/// "TXT", as zone files and dig write it.
QString recordTypeName(RecordType type);

/// One resource record of class IN.
struct Record {
    QString name; ///< lower case, without a trailing dot
    RecordType type = RecordType::A;
    quint32 ttl = 0; ///< seconds
    /// A, AAAA: the address as text; CNAME, NS: the name it points to; SOA: the primary server's name; TXT: its
    /// character strings in a row; CAA: the property's value. Names are as in `name`.
    QByteArray value;
    QByteArray tag; ///< CAA: "issue", "issuewild", …, in lower case
    quint8 flags = 0; ///< CAA: 128 where the property is critical

    friend bool operator==(const Record&, const Record&) = default;
};

/// The value of a TXT record as zone files and nsupdate take it: quoted strings of at most 255 bytes (RFC 1035 sections
/// 3.3 and 5.1).
QString txtStrings(const QByteArray& value);

/// A name in the one form that this package compares: lower case, without the trailing dot. The root is empty.
QString normalName(const QString& name);
/// The name without its first label; empty for a single label and for the root.
QString parentName(const QString& name);
/// Whether `name` is `zone` or below it. Everything is below the root.
bool isWithin(const QString& name, const QString& zone);

} // namespace dns
