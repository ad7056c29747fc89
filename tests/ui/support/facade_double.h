// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/bulk_registration.h"
#include "lifecycle/certificate_manager.h"
#include "lifecycle/credential_import.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/name_warnings.h"
#include "lifecycle/order_checks.h"
#include "lifecycle/persist_record.h"

#include <QHash>

#include <memory>
#include <optional>

/// The façade with canned answers, chosen by the linker instead of the real one: windows cannot tell the difference.
namespace support {

/// What the façade answers, and what it was asked for.
struct Scene {
    lifecycle::VaultStatus vault {true, true, true, {lifecycle::SlotKind::Passphrase}};
    bool keyringAnswers = false;
    QString passphrase; ///< the one that unlocks the vault
    QList<lifecycle::Authority> authorities;
    QList<lifecycle::AuthorityCondition> conditions;
    std::optional<lifecycle::RootChange> rootChange;
    QList<lifecycle::RootUse> rootUses;
    std::optional<lifecycle::RootQuery> rootQuery;
    QStringList reissued; ///< ids
    lifecycle::RebindPlan rebindPlan;
    std::optional<lifecycle::RebindRequest> rebindRequest;
    lifecycle::AuthorityPreview preview;
    QList<lifecycle::Account> accounts;
    QList<lifecycle::EabCredential> credentials;
    lifecycle::AccountDependents dependents;
    QList<lifecycle::AccountOrder> accountOrders; ///< two a part
    QList<lifecycle::ImportedAccount> foundAccounts;
    bool eabKeyLooksEncodedTwice = false;
    lifecycle::CredentialImportPreview importPreview;
    QList<lifecycle::BulkRegistrationOutcome> bulkOutcomes;
    lifecycle::PolicyOverview policy;
    QList<lifecycle::NameWarning> nameWarnings;
    QList<lifecycle::NameWarning> missingNames;
    std::function<void()> whileNamesAreAsked; ///< called before the answer to nameWarnings() is on its way
    QList<challenge::SolverSettings> solvers;
    QList<lifecycle::PersistRecord> persistRecords; ///< watched
    QList<challenge::Finding> findings; ///< of a check before an order
    lifecycle::ProofSuggestion suggestion; ///< of a way of proving
    QList<lifecycle::OrderDetails> orders; ///< newest first
    QList<lifecycle::CertificateDetails> certificates;
    QList<lifecycle::Event> events;
    lifecycle::Overview overview;
    QStringList held; ///< names of façade methods whose answers wait for answerHeld()
    QList<std::function<void()>> heldAnswers;
    QStringList neverAnswers; ///< names of façade methods that answer only once they are stopped
    QHash<QString, base::Error> errors; ///< by the name of the façade's method: answered instead

    QStringList calls; ///< the façade's methods in the order they were called
    std::optional<lifecycle::AuthorityDetails> previewedAuthority;
    std::optional<lifecycle::AuthorityDetails> addedAuthority;
    std::optional<lifecycle::AccountDetails> registeredAccount;
    std::optional<crypto::KeyType> rolledOverTo;
    std::optional<lifecycle::AccountImport> importedAccounts;
    std::optional<lifecycle::EabDetails> addedCredential;
    std::optional<lifecycle::EabChanges> changedCredential;
    std::optional<lifecycle::CredentialFile> importedFile;
    std::optional<lifecycle::BulkRegistrationRequest> bulkRequest;
    std::optional<lifecycle::IssuancePolicy> storedPolicy;
    std::optional<lifecycle::NameQuestion> nameQuestion;
    std::optional<lifecycle::CheckRequest> checkRequest;
    std::optional<lifecycle::ProofSearch> proofSearch;
    std::stop_token proofSearchStop; ///< of that search
    std::optional<lifecycle::SolverDetails> putSolver;
    QString testedSolver; ///< its id and the name
    QStringList testResolvers; ///< that were to find the zone
    std::stop_token solverTestStop; ///< of that test
    std::optional<lifecycle::PersistWish> persistWish;
    QString placedWith; ///< the solver that put records in place
    QString removedWith; ///< the one that took them out
    std::optional<lifecycle::IssueRequest> placedOrder;
    std::optional<lifecycle::RetriedNames> retriedNames;
    std::optional<lifecycle::ExportRequest> exportRequest;
    std::optional<lifecycle::RevokeRequest> revokeRequest;
    QByteArray freshCsr; ///< of the last renewal with one
    std::optional<lifecycle::TagChange> tagChange;
};

/// The scene that all façades of this program play.
Scene& scene();
/// Has what is held answered, and holds nothing from now on.
void answerHeld();
/// A façade over scene(). Its engine does not exist and is never asked.
std::unique_ptr<lifecycle::CertificateManager> makeFacade();

} // namespace support
