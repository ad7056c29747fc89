// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem_document.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace base {

/// What kind of failure happened: for programs to decide on, and for `ui/` to turn into sentences.
enum class ErrorCode {
    InvalidInput, ///< what was given is not acceptable; nothing was changed. `Error::field` names the input
    NotFound, ///< the object named does not exist
    AlreadyExists, ///< an object with that name or identity exists
    Network, ///< no answer arrived, and whether the request did is unknown
    UntrustedServer, ///< TLS verification against the pinned or system roots failed; nothing was sent
    Timeout, ///< the deadline passed
    Protocol, ///< the peer answered something that its specification does not allow
    Rejected, ///< the server refused with a problem document
    RateLimited, ///< the server asks to wait; `Error::retryAt` says until when, where it said so
    Crypto, ///< a cryptographic operation failed
    Storage, ///< the database failed
    Locked, ///< the vault is locked
    WrongPassphrase, ///< the passphrase opens no slot of the vault; nothing was changed
    Busy, ///< another process holds the object; the detail names it
    AddressInUse, ///< a listen address cannot be bound
    InProgress, ///< accepted and still in progress
    File, ///< a file could not be read or written
    Unsupported, ///< the peer or this build does not offer what was asked for
    Cancelled, ///< stopped by the operator or by the end of the program
};

/// The stable kebab-case name of `code`, as JSON output and the event log carry it.
QString errorCodeName(ErrorCode code);
/// The code named by errorCodeName(); Protocol for unknown text.
ErrorCode errorCodeFromName(QStringView name);

/// A failure as a value: a code for programs, a detail for logs, and the server's own words.
///
/// Never carries a secret. Only `ui/` turns it into translated text.
class Error {
public:
    Error(ErrorCode code, QString detail);
    /// A refusal by a server: Rejected, or RateLimited when the problem's type says so.
    explicit Error(ProblemDocument problem);

    /// The same failure, with the step it happened in put in front: "finalizing order: …".
    [[nodiscard]] Error during(QStringView gerund) &&;
    /// The same failure, told to be about the input called `field` ("names", "directoryUrl", …).
    [[nodiscard]] Error about(QString field) &&;
    /// The same failure, not to be tried again before `moment` (UTC).
    [[nodiscard]] Error retryingAt(QDateTime moment) &&;

    ErrorCode code() const { return m_code; }
    /// What happened, without the steps.
    const QString& detail() const { return m_detail; }
    /// The steps it happened in, outermost first.
    const QStringList& steps() const { return m_steps; }
    const std::optional<ProblemDocument>& problem() const { return m_problem; }
    const QString& field() const { return m_field; }
    const std::optional<QDateTime>& retryAt() const { return m_retryAt; }

    /// Steps and detail on one line, for logs and the command line.
    QString message() const;

    /// For storage with an order or an event; fromJson() is its inverse.
    QJsonObject toJson() const;
    static Error fromJson(const QJsonObject& json);

    friend bool operator==(const Error&, const Error&) = default;

private:
    ErrorCode m_code;
    QString m_detail;
    QStringList m_steps;
    QString m_field;
    std::optional<ProblemDocument> m_problem;
    std::optional<QDateTime> m_retryAt;
};

} // namespace base
