// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace base {

/// A name that a certificate may carry: a DNS name, a wildcard or an IP address (RFC 8555 section 9.7.7, RFC 8738).
///
/// Valid from birth: DNS names are lower-case A-labels without a trailing dot, IP addresses in their canonical form.
class Identifier {
public:
    enum class Type { Dns, Ip };

    /// Reads what an operator typed; Unicode names become A-labels. The error says what is wrong with the name.
    static Result<Identifier> parse(const QString& text);

    Type type() const { return m_type; }
    /// As ACME sends it, with the `*.` of a wildcard.
    const QString& value() const { return m_value; }
    bool isWildcard() const;
    /// Without the `*.`: the name that an authorization for a wildcard carries.
    QString baseName() const;
    /// "dns" or "ip", as ACME writes it.
    QString typeName() const;
    /// For reading: A-labels shown in Unicode.
    QString displayName() const;

    friend bool operator==(const Identifier&, const Identifier&) = default;
    friend auto operator<=>(const Identifier& left, const Identifier& right)
    {
        return left.m_value.compare(right.m_value) <=> 0;
    }

private:
    Identifier(Type type, QString value);

    Type m_type;
    QString m_value;
};

/// Parses every text, drops repetitions and keeps the order; the error names the first bad one.
Result<QList<Identifier>> parseIdentifiers(const QStringList& texts);
/// The values, in order.
QStringList identifierValues(const QList<Identifier>& identifiers);

} // namespace base
