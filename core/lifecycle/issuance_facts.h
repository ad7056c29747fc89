// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace crypto {
class Certificate;
}

namespace lifecycle {

struct IssueRequest;

/// One of the chains that an authority offers for a certificate (RFC 8555 section 7.4.2).
struct OfferedChain {
    QString root; ///< the common name of whoever issued the topmost certificate
    QStringList issuers; ///< common names above the leaf, from the bottom
    QString sha256; ///< of the topmost certificate, lower-case hexadecimal
    bool chosen = false;
};

/// How a version came about, as far as the certificate itself does not tell.
struct IssuanceFacts {
    QString profile; ///< the one the authority chose, else the one asked for
    QList<OfferedChain> chains; ///< the default chain first; exactly one is chosen
    QStringList remarks; ///< what came otherwise than asked for, in words

    QJsonObject toJson() const;
    static IssuanceFacts fromJson(const QJsonObject& json);
};

/// What an operator should know about a certificate beside what was asked for: another validity, a demand for stapling
/// that nobody can meet. Moments within two minutes count as equal, since authorities backdate.
QStringList remarksOn(const crypto::Certificate& leaf, const IssueRequest& request);

} // namespace lifecycle
