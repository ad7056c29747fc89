// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/account.h"
#include "lifecycle/authority.h"
#include "lifecycle/authority_condition.h"
#include "lifecycle/event.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/order_record.h"
#include "lifecycle/renewal_information.h"
#include "lifecycle/root_use.h"

#include <optional>

/// What lifecycle needs to be kept, as interfaces that `storage` implements. Sealed bytes come from the Vault.
///
/// Every call is one transaction. NotFound means that no row has that id; Storage that the database failed.
namespace lifecycle {

class AuthorityRepository {
public:
    virtual ~AuthorityRepository() = default;
    virtual base::Task<base::Result<QList<Authority>>> all() = 0;
    virtual base::Task<base::Result<Authority>> byId(QString id) = 0;
    /// AlreadyExists when the name is taken, without regard to case.
    virtual base::Task<base::Result<void>> insert(Authority authority) = 0;
    virtual base::Task<base::Result<void>> update(Authority authority) = 0;
    /// Busy when accounts or certificates still belong to it; the detail says how many.
    virtual base::Task<base::Result<void>> remove(QString id) = 0;
    /// Stores the authority with its new directory and the accounts with what they are called there and the keys that
    /// they have then, in one transaction.
    virtual base::Task<base::Result<void>> rebind(Authority authority, QList<MovedAccount> accounts) = 0;

    /// Of the authorities that were ever looked at.
    virtual base::Task<base::Result<QList<AuthorityCondition>>> conditions() = 0;
    /// The empty condition where it was never looked at.
    virtual base::Task<base::Result<AuthorityCondition>> condition(QString id) = 0;
    /// Stores what a look found: checkedAt, latency, clock and error.
    virtual base::Task<base::Result<void>> noteLook(AuthorityCondition condition) = 0;
    virtual base::Task<base::Result<void>> noteRateLimit(QString id, QDateTime until) = 0;
    /// Stores stoppedAt, stopReason and servedPem; a null stoppedAt lets work go on.
    virtual base::Task<base::Result<void>> noteStop(AuthorityCondition condition) = 0;
};

/// A credential with its HMAC key as the vault sealed it.
struct SealedCredential {
    EabCredential credential;
    QByteArray sealedKey;
};

class AccountRepository {
public:
    virtual ~AccountRepository() = default;
    virtual base::Task<base::Result<QList<Account>>> all() = 0;
    virtual base::Task<base::Result<Account>> byId(QString id) = 0;
    /// Stores the account with its sealed key, and in the same transaction reserves its credential. InvalidInput about
    /// "eab" where another account was faster: whoever stores an account may ask the authority with the credential.
    virtual base::Task<base::Result<void>> insert(Account account, QByteArray sealedKey) = 0;
    virtual base::Task<base::Result<void>> update(Account account) = 0;
    /// Stores the account as confirmed and its credential as bound, in one transaction.
    virtual base::Task<base::Result<void>> confirm(Account account) = 0;
    /// Forgets an account that the authority refused, with its key.
    virtual base::Task<base::Result<void>> remove(QString id) = 0;
    virtual base::Task<base::Result<QByteArray>> sealedKey(QString id) = 0;
    virtual base::Task<base::Result<AccountDependents>> dependents(QString id) = 0;
    /// Stores when the account was used last.
    virtual base::Task<base::Result<void>> noteUse(QString id, QDateTime at) = 0;
    virtual base::Task<base::Result<void>> noteRefusal(QString id, base::Error error, QDateTime at) = 0;

    /// Stores the new key of an account, sealed, beside its old one. AlreadyExists where a rollover is unfinished.
    virtual base::Task<base::Result<void>> insertRollover(QString accountId, KeyRollover rollover,
                                                          QByteArray sealedKey) = 0;
    virtual base::Task<base::Result<QByteArray>> sealedRolloverKey(QString accountId) = 0;
    /// Stores the account with its new key in place of the old one, and ends the rollover, in one transaction.
    virtual base::Task<base::Result<void>> completeRollover(Account account, QByteArray sealedKey) = 0;
    /// Forgets the new key, which the authority does not have.
    virtual base::Task<base::Result<void>> abandonRollover(QString accountId) = 0;

    virtual base::Task<base::Result<QList<EabCredential>>> credentials() = 0;
    virtual base::Task<base::Result<EabCredential>> credential(QString id) = 0;
    virtual base::Task<base::Result<EabCredential>> credentialOf(QString authorityId, QString kid) = 0;
    /// AlreadyExists when the authority has a credential with that key identifier.
    virtual base::Task<base::Result<void>> insertCredential(EabCredential credential, QByteArray sealedKey) = 0;
    /// All or none, in one transaction.
    virtual base::Task<base::Result<void>> insertCredentials(QList<SealedCredential> credentials) = 0;
    /// Stores what people write about a credential: label, owner, host, contacts and expiry.
    virtual base::Task<base::Result<void>> updateCredential(EabCredential credential) = 0;
    /// Takes a credential from one state to another in which no account has it. NotFound where it is in another state
    /// than `from` by now.
    virtual base::Task<base::Result<void>> settleCredential(QString id, EabCredential::State from,
                                                            EabCredential::State to, QString refusal) = 0;
    virtual base::Task<base::Result<void>> removeCredential(QString id) = 0;
    virtual base::Task<base::Result<QByteArray>> sealedCredentialKey(QString id) = 0;
};

/// Counts for the overview and the tray.
struct CertificateCounts {
    int safe = 0;
    int renewing = 0;
    int needAttention = 0; ///< failed, due for long or expired without being replaced
    QDateTime nextRenewal; ///< null when none is planned
    QString nextRenewalName;
};

class CertificateRepository {
public:
    virtual ~CertificateRepository() = default;
    virtual base::Task<base::Result<CertificatePage>> page(CertificateQuery query, QDateTime now) = 0;
    virtual base::Task<base::Result<CertificateRow>> row(QString id, QDateTime now) = 0;
    virtual base::Task<base::Result<ManagedCertificate>> byId(QString id) = 0;
    /// Newest first.
    virtual base::Task<base::Result<QList<CertificateVersion>>> versions(QString certificateId) = 0;
    virtual base::Task<base::Result<CertificateVersion>> version(QString versionId) = 0;
    virtual base::Task<base::Result<QByteArray>> sealedKey(QString versionId) = 0;
    /// Stores revokedAt, revocationReason and revocationNote.
    virtual base::Task<base::Result<void>> markRevoked(CertificateVersion version) = 0;
    virtual base::Task<base::Result<void>> updateRequest(QString certificateId, IssueRequest request) = 0;
    /// Moves the renewal of a version to another moment, with the reason for it.
    virtual base::Task<base::Result<void>> planRenewal(QString versionId, QDateTime renewAt, QString reason) = 0;
    virtual base::Task<base::Result<void>> remove(QString certificateId) = 0;
    /// Certificates whose current version's renewAt has passed, that are not revoked, have no unfinished order and
    /// whose authority is not stopped.
    virtual base::Task<base::Result<QList<ManagedCertificate>>> due(QDateTime now, int limit) = 0;
    /// The earliest renewAt in the future, of certificates that would be due then.
    virtual base::Task<base::Result<CertificateCounts>> counts(QDateTime now) = 0;

    /// Adds and removes tags: the certificates that are not as they were. NotFound names those that do not exist, and
    /// nothing is changed then.
    virtual base::Task<base::Result<QList<TaggedCertificate>>> changeTags(TagChange change) = 0;
    /// Every tag that a certificate has, in the order of the alphabet.
    virtual base::Task<base::Result<QList<TagUse>>> tagUses() = 0;

    /// The roots that the authority's current certificates lead to, by what their chains say: the root, how many, and
    /// the first expiry.
    virtual base::Task<base::Result<QList<RootUse>>> rootUses(QString authorityId) = 0;
    virtual base::Task<base::Result<RootPage>> underRoot(RootQuery query, QDateTime now) = 0;
    /// The ids of all of them, whatever the query's page is.
    virtual base::Task<base::Result<QStringList>> idsUnderRoot(RootQuery query) = 0;
};

/// Which versions to ask an authority about.
struct RenewalInquiryQuery {
    QString authorityId; ///< the one that issued them
    QDateTime now;
    QDateTime unlessAskedSince; ///< set: every version that was not asked about since, whatever its moment to ask
    int limit = 100;
};

/// What authorities said about renewing their certificates (RFC 9773). A version has its row from the moment it is
/// stored, due to be asked about at once.
class RenewalInformationRepository {
public:
    virtual ~RenewalInformationRepository() = default;
    /// Nothing for a version that no authority of ours issued.
    virtual base::Task<base::Result<std::optional<RenewalInformation>>> of(QString versionId) = 0;
    /// Current versions, neither revoked nor expired, longest overdue first.
    virtual base::Task<base::Result<QList<CertificateVersion>>> toAsk(RenewalInquiryQuery query) = 0;
    /// Stores the information and, where there is one, the new plan of its version, in one transaction.
    virtual base::Task<base::Result<void>> store(RenewalInformation information,
                                                 std::optional<RenewalDecision> plan) = 0;
    /// Puts off every question to the authority that is due at `now`, for one and the same reason.
    virtual base::Task<base::Result<void>> postpone(QString authorityId, QDateTime now, QDateTime until,
                                                    base::Error failure) = 0;
};

/// Something a solver put in place for an order, remembered until it is cleaned up.
struct Placement {
    QString id;
    QString orderId;
    challenge::ProofSettings proof;
    QJsonObject what; ///< Solver::placement()
};

class OrderRepository {
public:
    virtual ~OrderRepository() = default;
    /// Stores the order with its sealed key; creates the managed certificate in the same transaction when
    /// `newCertificate` is set.
    virtual base::Task<base::Result<void>> insert(OrderRecord order, QByteArray sealedKey,
                                                  std::optional<ManagedCertificate> newCertificate) = 0;
    /// Stores the order's state together with what happened since the last call, in one transaction.
    virtual base::Task<base::Result<void>> update(OrderRecord order, QList<OrderEvent> events) = 0;
    /// Stores the issued version with its sealed key, makes it the certificate's current one and the order issued.
    virtual base::Task<base::Result<void>> complete(OrderRecord order, QList<OrderEvent> events,
                                                    CertificateVersion version, QByteArray sealedKey) = 0;
    virtual base::Task<base::Result<OrderRecord>> byId(QString id) = 0;
    virtual base::Task<base::Result<QByteArray>> sealedKey(QString id) = 0;
    /// Those after the one of that sequence, oldest first.
    virtual base::Task<base::Result<QList<OrderEvent>>> events(QString orderId, int afterSequence) = 0;
    /// Newest first.
    virtual base::Task<base::Result<QList<OrderRow>>> page(int offset, int limit) = 0;
    virtual base::Task<base::Result<QList<OrderRecord>>> unfinished() = 0;
    /// Ended orders with something in place that could not be cleaned up; oldest first.
    virtual base::Task<base::Result<QList<OrderRecord>>> endedWithPlacements() = 0;
    /// Adds to the history of an order and changes nothing else about it.
    virtual base::Task<base::Result<void>> append(QString orderId, QList<OrderEvent> events) = 0;
    /// Whether some order of the authority already has this URL.
    virtual base::Task<base::Result<bool>> knowsUrl(QUrl url) = 0;

    virtual base::Task<base::Result<void>> insertPlacements(QList<Placement> placements) = 0;
    /// Stores `what` of one that was inserted; NotFound where it is none.
    virtual base::Task<base::Result<void>> updatePlacement(Placement placement) = 0;
    virtual base::Task<base::Result<void>> removePlacements(QStringList ids) = 0;
    virtual base::Task<base::Result<QList<Placement>>> placements(QString orderId) = 0;
};

class PolicyRepository;

/// The append-only log.
class EventLog {
public:
    virtual ~EventLog() = default;
    virtual base::Task<base::Result<void>> append(Event event) = 0;
    /// Newest first.
    virtual base::Task<base::Result<QList<Event>>> page(EventQuery query) = 0;
};

class PersistRecordRepository;
class SolverRepository;

/// The repositories, as one bundle of references.
struct Repositories {
    AuthorityRepository& authorities;
    AccountRepository& accounts;
    CertificateRepository& certificates;
    OrderRepository& orders;
    RenewalInformationRepository& renewals;
    EventLog& events;
    PolicyRepository& policies;
    SolverRepository& solvers;
    PersistRecordRepository& persistRecords;
};

} // namespace lifecycle
