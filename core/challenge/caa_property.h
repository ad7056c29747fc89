// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace challenge {

/// The value of an `issue` or `issuewild` property (RFC 8659 section 4.2).
struct CaaProperty {
    struct Parameter {
        QString tag;
        QString value;
    };

    QString issuer; ///< lower case; empty: nobody
    QList<Parameter> parameters;

    /// Nothing where the value does not match the grammar, which means the same as an empty issuer.
    static std::optional<CaaProperty> parse(const QByteArray& value);
    /// The values of every parameter called `tag`.
    QStringList values(QStringView tag) const;
};

} // namespace challenge
