// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/finding.h"
#include "lifecycle/account_imports.h"
#include "lifecycle/account_keys.h"
#include "lifecycle/accounts.h"
#include "lifecycle/authorities.h"
#include "lifecycle/certificates.h"
#include "lifecycle/change_feed.h"
#include "lifecycle/event.h"
#include "lifecycle/orders.h"
#include "lifecycle/rebinding.h"
#include "lifecycle/repositories.h"
#include "lifecycle/root_change.h"
#include "lifecycle/root_rotation.h"
#include "lifecycle/solvers.h"
#include "lifecycle/vault.h"

#include <QObject>

#include <functional>
#include <stop_token>

namespace lifecycle {

class Engine;
struct BulkRegistrationOutcome;
struct BulkRegistrationProgress;
struct BulkRegistrationRequest;
struct CheckRequest;
struct CredentialFile;
struct CredentialImportPreview;
struct IssuancePolicy;
struct NameQuestion;
struct NameWarning;
struct PersistRecord;
struct PersistWish;
struct PendingReason;
struct PolicyOverview;
struct ProofSearch;
struct ProofSuggestion;

/// What the worst thing is that the tray and the overview have to say.
struct Overview {
    CertificateCounts counts;
    bool renewingHere = false; ///< this program renews what is due
};

/// Starts the practice CA and adds it as an authority; implemented by the composition root.
using PracticeStarter = std::function<base::Task<base::Result<Authority>>(Engine&, std::stop_token)>;

/// The façade: all that windows see of the core. Lives on the GUI thread.
///
/// Every request is posted to the core's thread and answered on the GUI thread by `reply`, which is not called once
/// `context` has been destroyed. Nothing here waits. What may take long takes a stop token, which any thread may stop:
/// the reply is Cancelled then.
class CertificateManager : public QObject {
    Q_OBJECT

public:
    template <class T>
    using Reply = std::function<void(base::Result<T>)>;

    /// `engine` lives on the core's thread and outlives this object.
    CertificateManager(Engine& engine, PracticeStarter practice, QObject* parent = nullptr);
    ~CertificateManager() override;

    void vaultStatus(QObject* context, Reply<VaultStatus> reply);
    void createVault(SharedSecret passphrase, QObject* context, Reply<void> reply);
    void createVaultInKeyring(QObject* context, Reply<void> reply);
    void unlockVault(SharedSecret passphrase, QObject* context, Reply<void> reply);
    void unlockVaultFromKeyring(QObject* context, Reply<void> reply);
    void addPassphrase(SharedSecret passphrase, QObject* context, Reply<void> reply);
    void lockVault();

    void authorities(QObject* context, Reply<QList<Authority>> reply);
    void previewAuthority(AuthorityDetails details, QObject* context, Reply<AuthorityPreview> reply,
                          std::stop_token stop = {});
    void addAuthority(AuthorityDetails details, QObject* context, Reply<Authority> reply, std::stop_token stop = {});
    void updateAuthority(QString id, AuthorityDetails details, QObject* context, Reply<Authority> reply,
                         std::stop_token stop = {});
    void refreshAuthority(QString id, QObject* context, Reply<Authority> reply);
    void removeAuthority(QString id, QObject* context, Reply<void> reply);
    /// Of the authorities that were looked at; stored, so that this asks nobody.
    void authorityConditions(QObject* context, Reply<QList<AuthorityCondition>> reply);
    /// Looks at an authority now.
    void checkAuthority(QString id, QObject* context, Reply<AuthorityCondition> reply);
    /// Trusts what the operator accepted after comparing, and lets the authority's work go on.
    void changeRoots(QString id, RootChange change, QObject* context, Reply<Authority> reply,
                     std::stop_token stop = {});
    void rootUses(QString authorityId, QObject* context, Reply<QList<RootUse>> reply);
    void certificatesUnderRoot(RootQuery query, QObject* context, Reply<RootPage> reply);
    /// Issues certificates again, as ordinary renewals.
    void reissue(QString authorityId, QStringList certificateIds, QObject* context, Reply<Reissue> reply);
    /// The same for all that the query matches.
    void reissueAll(RootQuery query, QObject* context, Reply<Reissue> reply);
    /// What following a renamed authority would do; asks the new place and changes nothing.
    void planRebind(RebindRequest request, QObject* context, Reply<RebindPlan> reply, std::stop_token stop = {});
    void rebind(RebindRequest request, QObject* context, Reply<RebindPlan> reply, std::stop_token stop = {});
    void startPracticeAuthority(QObject* context, Reply<Authority> reply);

    void accounts(QObject* context, Reply<QList<Account>> reply);
    void registerAccount(AccountDetails details, QObject* context, Reply<Account> reply, std::stop_token stop = {});
    void resumeAccount(QString id, QObject* context, Reply<Account> reply);
    void findAccount(QString id, QObject* context, Reply<Account> reply);
    void updateAccountContacts(QString id, QStringList contacts, QObject* context, Reply<Account> reply,
                               std::stop_token stop = {});
    void agreeToTerms(QString id, QUrl read, QObject* context, Reply<Account> reply);
    /// `step` is called on the GUI thread as the change advances.
    void rollOverAccountKey(QString id, std::optional<crypto::KeyType> type, RolloverNotice step, QObject* context,
                            Reply<Account> reply, std::stop_token stop = {});
    void abandonRollover(QString id, QObject* context, Reply<Account> reply, std::stop_token stop = {});
    void deactivateAccount(QString id, QObject* context, Reply<Account> reply);
    void accountDependents(QString id, QObject* context, Reply<AccountDependents> reply);
    void accountOrders(QString id, AccountOrderCursor from, QObject* context, Reply<AccountOrderPage> reply,
                       std::stop_token stop = {});
    void lookForAccounts(AccountImport wanted, QObject* context, Reply<QList<ImportedAccount>> reply);
    void importAccounts(AccountImport wanted, QObject* context, Reply<QList<ImportedAccount>> reply,
                        std::stop_token stop = {});
    void credentials(QObject* context, Reply<QList<EabCredential>> reply);
    void addCredential(EabDetails details, QObject* context, Reply<EabAdded> reply);
    void updateCredential(QString id, EabChanges changes, QObject* context, Reply<EabCredential> reply);
    void removeCredential(QString id, QObject* context, Reply<void> reply);
    void previewCredentials(CredentialFile file, QObject* context, Reply<CredentialImportPreview> reply);
    void importCredentials(CredentialImportPreview preview, QObject* context, Reply<int> reply);
    /// `progress` is called on the GUI thread like the reply, at most ten times a second.
    void registerCredentials(BulkRegistrationRequest request, std::function<void(BulkRegistrationProgress)> progress,
                             QObject* context, Reply<QList<BulkRegistrationOutcome>> reply, std::stop_token stop = {});

    void issuancePolicy(QString authorityId, QObject* context, Reply<PolicyOverview> reply);
    void setIssuancePolicy(IssuancePolicy policy, QObject* context, Reply<void> reply);
    void nameWarnings(NameQuestion question, QObject* context, Reply<QList<NameWarning>> reply);
    /// The names that the DNS does not know; asks the network.
    void missingNames(NameQuestion question, QObject* context, Reply<QList<NameWarning>> reply, std::stop_token stop);

    void solvers(QObject* context, Reply<QList<challenge::SolverSettings>> reply);
    /// Stores a DNS server once it has been found to prove `name`, in place of the one with its name.
    void putSolver(SolverDetails details, base::Identifier name, QObject* context,
                   Reply<challenge::SolverSettings> reply, QStringList resolvers = {});

    /// Stores a solver without trying it out.
    void addSolver(SolverDetails details, QObject* context, Reply<challenge::SolverSettings> reply);
    void removeSolver(QString id, QObject* context, Reply<void> reply);
    /// Whether `name` could be proved with it, without an order: where its record is, or what is in the way.
    /// `resolvers` find its zone, those of this machine where there are none.
    void testSolver(QString id, base::Identifier name, QStringList resolvers, QObject* context, Reply<QString> reply,
                    std::stop_token stop = {});

    /// The records of dns-persist-01 that prove names for an account; keeps nothing.
    void makePersistRecords(PersistWish wish, QObject* context, Reply<QList<PersistRecord>> reply,
                            std::stop_token stop = {});
    /// The same records with what DNS says about each.
    void checkPersistRecords(QList<PersistRecord> records, QObject* context, Reply<QList<PersistRecord>> reply,
                             std::stop_token stop = {});
    /// Has a solver put them in place, where they stay, and watches them.
    void placePersistRecords(QList<PersistRecord> records, QString solverId, QObject* context,
                             Reply<QList<PersistRecord>> reply, std::stop_token stop = {});
    void watchPersistRecords(QList<PersistRecord> records, QObject* context, Reply<QList<PersistRecord>> reply);
    void watchedPersistRecords(QObject* context, Reply<QList<PersistRecord>> reply);
    void forgetPersistRecord(QString id, QObject* context, Reply<void> reply);
    /// Takes watched records out of DNS by a solver, and watches them no more.
    void removePersistRecords(QStringList ids, QString solverId, QObject* context, Reply<void> reply,
                              std::stop_token stop);
    /// Looks whether the names can be proved; `found` is called on the GUI thread with what is new, at most ten times a
    /// second. The reply has every finding, in the order of the names.
    void checkNames(CheckRequest request, std::function<void(QList<challenge::Finding>)> found, QObject* context,
                    Reply<QList<challenge::Finding>> reply, std::stop_token stop);
    /// A way by which all of the names can be proved, as far as that can be seen, and what is wrong with those that
    /// come before it.
    void suggestProof(ProofSearch search, QObject* context, Reply<ProofSuggestion> reply, std::stop_token stop);
    /// Why names of an order are not proved; all of them where `name` is empty.
    void whyPending(QString orderId, QString name, QObject* context, Reply<QList<PendingReason>> reply,
                    std::stop_token stop);

    void placeOrder(IssueRequest request, QObject* context, Reply<QString> reply);
    void resumeOrder(QString id, QObject* context, Reply<void> reply);
    void cancelOrder(QString id, QObject* context, Reply<void> reply);
    /// Tries an order again that failed or was cancelled; the reply is the id of the new one.
    void retryOrder(QString id, RetriedNames which, QObject* context, Reply<QString> reply);
    void checkOrderNow(QString id);
    /// With the events after the one of that sequence.
    void order(QString id, QObject* context, Reply<OrderDetails> reply, int afterSequence = 0);
    /// The order as Markdown without secrets; `explanation` is ours, of its error.
    void orderReport(QString id, QString explanation, QObject* context, Reply<QString> reply);
    void deactivateAuthorizations(QString orderId, QObject* context, Reply<QList<GivenUpAuthorization>> reply);
    void orders(int offset, int limit, QObject* context, Reply<QList<OrderRow>> reply);

    void certificates(CertificateQuery query, QObject* context, Reply<CertificatePage> reply);
    void certificate(QString id, QObject* context, Reply<CertificateDetails> reply);
    void exportCertificate(ExportRequest request, QObject* context, Reply<void> reply);
    void revokeCertificate(RevokeRequest request, QObject* context, Reply<void> reply);
    /// The reply is the id of the order placed.
    void renewCertificate(QString id, QObject* context, Reply<QString> reply);
    /// The same with a fresh certificate request, where the key is elsewhere.
    void renewCertificateWith(QString id, QByteArray csr, QObject* context, Reply<QString> reply);
    /// Every tag that a certificate has.
    void tags(QObject* context, Reply<QList<TagUse>> reply);
    /// The reply is how many certificates are not as they were.
    void changeTags(TagChange change, QObject* context, Reply<int> reply);
    void removeCertificate(QString id, QObject* context, Reply<void> reply);

    void overview(QObject* context, Reply<Overview> reply);
    void events(EventQuery query, QObject* context, Reply<QList<Event>> reply);

Q_SIGNALS:
    /// Lists to read again; at most ten times a second.
    void changed(lifecycle::Changes changes);
    /// What happened in running orders since the last signal; at most ten times a second.
    void ordersAdvanced(const QList<lifecycle::OrderEvent>& events);

private:
    template <class T>
    void ask(std::function<base::Task<base::Result<T>>(Engine&)> work, QObject* context, Reply<T> reply);
    template <class T>
    void askStoppable(std::function<base::Task<base::Result<T>>(Engine&, std::stop_token)> work, QObject* context,
                      Reply<T> reply, std::stop_token stop);

    Engine& m_engine;
    PracticeStarter m_practice;
};

} // namespace lifecycle
