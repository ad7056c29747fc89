// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace base {

/// One entry of a problem document's `subproblems` (RFC 8555 section 6.7.1).
struct Subproblem {
    QString type;
    QString detail;
    QString identifier; ///< the identifier's value, empty when the server named none

    friend bool operator==(const Subproblem&, const Subproblem&) = default;
};

/// A server's problem document (RFC 7807), kept verbatim beside the members that programs read.
///
/// Servers send bare words ("malformed") where a URN belongs; `type` is kept as sent, and `is()` compares leniently.
struct ProblemDocument {
    QString type;
    QString title;
    QString detail;
    int status = 0; ///< the HTTP status of the reply that carried it
    QString instance;
    QList<Subproblem> subproblems;
    QJsonObject verbatim;

    static ProblemDocument fromJson(const QJsonObject& json, int httpStatus);
    /// Parses a reply body; nothing when it is no JSON object (an HTML page of a gateway, say).
    static std::optional<ProblemDocument> fromBody(const QByteArray& body, int httpStatus);

    /// Whether the type is `urn:ietf:params:acme:error:<acmeError>`, or the bare word.
    bool is(QStringView acmeError) const;
    /// One line: the last part of the type, the detail and each subproblem with its identifier.
    QString summary() const;

    friend bool operator==(const ProblemDocument&, const ProblemDocument&) = default;
};

} // namespace base
