// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/certificate.h"
#include "crypto/chain.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace inspect {

/// One field of a certificate for reading, with the fields inside it.
struct ReportNode {
    QString key; ///< stable, for translating the label and for tests: "subject", "notAfter", "extension"
    QString label; ///< the field's standard English term
    QString value; ///< as text, possibly of several lines; empty where only the children say something
    bool critical = false; ///< an extension marked critical
    QList<ReportNode> children;
};

/// Every field. The node itself is "certificate"; below it, in order: "subject", "names" ("dnsName", "ipAddress"),
/// "issuer", "validity" ("notBefore", "notAfter", "lifetime"), "serial", "publicKey" ("algorithm", "bits",
/// "spkiSha256"), "signatureAlgorithm", "extensions" ("extension" with its text as value and "oid", "critical"),
/// "fingerprints"
/// ("sha256", "sha1"), "pem". Times are ISO 8601 in UTC, digests hexadecimal with colons.
ReportNode reportOf(const crypto::Certificate& certificate);
/// The leaf's report with a node "chain" before "pem", whose children ("certificate") report the intermediates.
ReportNode reportOf(const crypto::CertificateChain& chain);

/// The first node called `key` at or below `node`, or null.
const ReportNode* findNode(const ReportNode& node, QStringView key);
/// The whole tree, for `--json`.
QJsonObject toJson(const ReportNode& node);

} // namespace inspect
