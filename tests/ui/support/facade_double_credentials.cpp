// SPDX-License-Identifier: Apache-2.0
#include "ui/support/facade_answers.h"

#include <utility>

namespace lifecycle {

using namespace Qt::StringLiterals;
using support::answer;
using support::answerWhenStopped;
using support::scene;

void CertificateManager::updateCredential(QString id, EabChanges changes, QObject* context, Reply<EabCredential> reply)
{
    scene().changedCredential = changes;
    for (EabCredential& credential : scene().credentials)
        if (credential.id == id)
            credential.owner = changes.owner.value_or(credential.owner);
    answer<EabCredential>(u"updateCredential"_s, context, std::move(reply), EabCredential());
}

void CertificateManager::previewCredentials(CredentialFile file, QObject* context, Reply<CredentialImportPreview> reply)
{
    scene().importedFile = file;
    CredentialImportPreview preview = scene().importPreview;
    preview.needsAnswer = scene().eabKeyLooksEncodedTwice && !file.decodeOnceMore;
    answer<CredentialImportPreview>(u"previewCredentials"_s, context, std::move(reply), preview);
}

void CertificateManager::importCredentials(CredentialImportPreview preview, QObject* context, Reply<int> reply)
{
    answer<int>(u"importCredentials"_s, context, std::move(reply), preview.count(CredentialImportLine::Verdict::Add));
}

void CertificateManager::registerCredentials(BulkRegistrationRequest request,
                                             std::function<void(BulkRegistrationProgress)> progress, QObject* context,
                                             Reply<QList<BulkRegistrationOutcome>> reply, std::stop_token stop)
{
    scene().bulkRequest = request;
    progress({1, 0, 3});
    if (scene().neverAnswers.contains(u"registerCredentials"_s))
        return answerWhenStopped<QList<BulkRegistrationOutcome>>(context, std::move(reply), stop);
    answer<QList<BulkRegistrationOutcome>>(u"registerCredentials"_s, context, std::move(reply), scene().bulkOutcomes);
}

void CertificateManager::issuancePolicy(QString, QObject* context, Reply<PolicyOverview> reply)
{
    answer<PolicyOverview>(u"issuancePolicy"_s, context, std::move(reply), scene().policy);
}

void CertificateManager::setIssuancePolicy(IssuancePolicy policy, QObject* context, Reply<void> reply)
{
    scene().storedPolicy = policy;
    answer<void>(u"setIssuancePolicy"_s, context, std::move(reply), {});
}

void CertificateManager::nameWarnings(NameQuestion question, QObject* context, Reply<QList<NameWarning>> reply)
{
    scene().nameQuestion = question;
    if (const auto meanwhile = std::exchange(scene().whileNamesAreAsked, nullptr))
        meanwhile();
    answer<QList<NameWarning>>(u"nameWarnings"_s, context, std::move(reply), scene().nameWarnings);
}

void CertificateManager::missingNames(NameQuestion, QObject* context, Reply<QList<NameWarning>> reply, std::stop_token)
{
    answer<QList<NameWarning>>(u"missingNames"_s, context, std::move(reply), scene().missingNames);
}

} // namespace lifecycle
