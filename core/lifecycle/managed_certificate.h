// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "challenge/proof_settings.h"
#include "crypto/key_type.h"
#include "lifecycle/issuance_facts.h"
#include "lifecycle/tag.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace lifecycle {

/// Everything that an issuance needs, stored whole with the certificate and each order, so that resuming and renewing
/// need no arguments.
struct IssueRequest {
    QList<base::Identifier> names;
    QString authorityId;
    QString accountId; ///< empty: the authority's only usable account
    crypto::KeyType keyType = crypto::KeyType::EcP256;
    QString profile; ///< empty: the authority chooses
    challenge::ProofSettings proof;
    QString certificateId; ///< the certificate to add a version to; empty: a new one
    /// How long the order may take; 0: until the authority lets it expire, a day if it is silent.
    qint64 waitSeconds = 0;
    /// Of the managed certificate that the order makes; one that exists has its own.
    QList<Tag> tags;

    QDateTime notBefore; ///< asked of the authority for this order alone; null: it chooses
    QDateTime notAfter;
    qint64 lifetimeSeconds = 0; ///< asked of the authority at every order, from its beginning; 0: it chooses
    QString preferredChain; ///< common name or SHA-256 of a root or issuer (RFC 8555 section 7.4.2); empty: the default
    QByteArray csrDer; ///< a PKCS#10 request made where the key is and stays; empty: key and request are made here
    bool reuseCsr = false; ///< renewals send `csrDer` again; else each waits for a fresh one
    bool keepKey = false; ///< renewals use the current version's key again; else each makes a new one
    bool mustStaple = false; ///< the certificate demands a stapled OCSP response (RFC 7633)
    bool preauthorize = false; ///< names are proved before the order is made (RFC 8555 section 7.4.1)

    /// Whether a renewal must wait until somebody brings a fresh certificate request.
    bool needsFreshCsr() const { return !csrDer.isEmpty() && !reuseCsr; }
    /// When a run that begins `now` gives up waiting, unless the authority says more.
    QDateTime deadline(const QDateTime& now) const;
    /// The same for one order that begins `now`: a lifetime becomes a moment.
    IssueRequest forOrder(const QDateTime& now) const;
    /// The same for renewals: moments that were meant for one order become a lifetime, and the certificate has its
    /// tags.
    IssueRequest forRenewals(const QDateTime& now) const;

    QJsonObject toJson() const;
    static base::Result<IssueRequest> fromJson(const QJsonObject& json);
};

/// The state that a list shows. Ordered from best to worst, so that the worst one can be found by comparing.
enum class CertificateState {
    Valid,
    Renewing, ///< an order for it is running
    Due, ///< its renewal moment has passed
    Pending, ///< nothing issued yet and an order is unfinished
    NeedsCsr, ///< its renewal moment has passed, and a fresh certificate request must be brought
    Failed, ///< nothing issued, or the last renewal failed
    Expired,
    Revoked,
    Superseded, ///< of a version: a newer one exists
};

QString certificateStateName(CertificateState state);
CertificateState certificateStateFromName(QStringView name);

/// One issued certificate of a managed certificate. Derived fields are stored, never re-parsed for a list.
struct CertificateVersion {
    QString id;
    QString certificateId;
    QString orderId;
    QStringList names;
    QString subject;
    QString issuer;
    QString serial; ///< upper-case hexadecimal
    QDateTime notBefore;
    QDateTime notAfter;
    QString keyDescription;
    QString sha256; ///< lower-case hexadecimal
    QString sha1;
    QByteArray chainPem; ///< leaf first
    QDateTime issuedAt;
    QDateTime renewAt; ///< chosen once, at random, when the version was stored
    QString renewalReason; ///< why that moment, in words for the log
    QDateTime revokedAt; ///< null unless revoked
    int revocationReason = 0; ///< RFC 5280 section 5.3.1
    QString revocationNote;
    bool hasKey = false; ///< whether its private key is in the vault
    IssuanceFacts facts; ///< how it came about
};

/// Whether `idOrSerial` means this version; a serial number with or without colons, in any letter case.
bool isVersion(const CertificateVersion& version, const QString& idOrSerial);

/// A certificate under management: a stable identity whose versions come and go.
struct ManagedCertificate {
    QString id; ///< stable and random
    IssueRequest request;
    QList<Tag> tags;
    QDateTime createdAt;
    QString currentVersionId; ///< empty until the first version
};

/// One line of the list of certificates, complete for display.
struct CertificateRow {
    QString id;
    QStringList names;
    QString authorityId;
    QString authorityName;
    QString accountId;
    CertificateState state = CertificateState::Pending;
    QString serial;
    QString issuer;
    QString keyDescription;
    QString sha256;
    QDateTime notBefore;
    QDateTime notAfter;
    QDateTime renewAt;
    QString renewalReason;
    QString orderId; ///< the newest order's
    QUrl orderUrl;
    int versions = 0;
    QString lastError; ///< of the newest order, when it failed
    QStringList tags;
};

/// What a list asks for. CertificateFilter tells what its text may say.
struct CertificateQuery {
    enum class Sort { Name, NotAfter, RenewAt, State, Authority, Tags };

    QString filter;
    bool showRetired = false; ///< also expired and revoked ones
    Sort sort = Sort::Name;
    bool descending = false;
    int offset = 0;
    int limit = 200;
};

struct CertificatePage {
    QList<CertificateRow> rows;
    int matching = 0; ///< rows that match, over all pages
    int total = 0; ///< certificates there are
    int hidden = 0; ///< matching ones that are hidden because they are expired or revoked
};

} // namespace lifecycle
