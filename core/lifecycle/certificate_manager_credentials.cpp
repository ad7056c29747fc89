// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/bulk_registration.h"
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/credential_import.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/name_lookups.h"

#include <QElapsedTimer>

namespace lifecycle {
namespace {

constexpr qint64 millisecondsBetweenTellings = 100;

/// Brings progress to the GUI thread, at most ten times a second and always the last of it.
class ProgressRelay {
public:
    ProgressRelay(QObject* manager, QObject* context, BulkRegistration::Watch watch)
        : m_manager(manager)
        , m_context(context)
        , m_watch(std::move(watch))
    {
    }

    void operator()(BulkRegistrationProgress progress)
    {
        const bool last = progress.done == progress.total;
        if (!m_manager || !m_watch || (m_since.isValid() && m_since.elapsed() < millisecondsBetweenTellings && !last))
            return;
        m_since.start();
        auto tell = [context = m_context, watch = m_watch, progress] {
            if (context)
                watch(progress);
        };
        QMetaObject::invokeMethod(m_manager.data(), tell, Qt::QueuedConnection);
    }

private:
    QPointer<QObject> m_manager;
    QPointer<QObject> m_context;
    BulkRegistration::Watch m_watch;
    QElapsedTimer m_since;
};

} // namespace

void CertificateManager::updateCredential(QString id, EabChanges changes, QObject* context, Reply<EabCredential> reply)
{
    ask<EabCredential>([id, changes](Engine& engine) { return engine.accounts().updateCredential(id, changes); },
                       context, std::move(reply));
}

void CertificateManager::previewCredentials(CredentialFile file, QObject* context, Reply<CredentialImportPreview> reply)
{
    ask<CredentialImportPreview>([file](Engine& engine) { return engine.credentialImport().preview(file); }, context,
                                 std::move(reply));
}

void CertificateManager::importCredentials(CredentialImportPreview preview, QObject* context, Reply<int> reply)
{
    ask<int>([preview](Engine& engine) { return engine.credentialImport().accept(preview); }, context,
             std::move(reply));
}

void CertificateManager::registerCredentials(BulkRegistrationRequest request,
                                             std::function<void(BulkRegistrationProgress)> progress, QObject* context,
                                             Reply<QList<BulkRegistrationOutcome>> reply, std::stop_token stop)
{
    const ProgressRelay relay(this, context, std::move(progress));
    askStoppable<QList<BulkRegistrationOutcome>>(
        [request, relay](Engine& engine, std::stop_token token) {
            return engine.bulkRegistration().run(request, relay, token);
        },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::issuancePolicy(QString authorityId, QObject* context, Reply<PolicyOverview> reply)
{
    ask<PolicyOverview>([authorityId](Engine& engine) { return engine.policies().overview(authorityId); }, context,
                        std::move(reply));
}

void CertificateManager::setIssuancePolicy(IssuancePolicy policy, QObject* context, Reply<void> reply)
{
    ask<void>([policy](Engine& engine) { return engine.policies().set(policy); }, context, std::move(reply));
}

void CertificateManager::nameWarnings(NameQuestion question, QObject* context, Reply<QList<NameWarning>> reply)
{
    ask<QList<NameWarning>>([question](Engine& engine) { return engine.nameWarnings().about(question); }, context,
                            std::move(reply));
}

void CertificateManager::missingNames(NameQuestion question, QObject* context, Reply<QList<NameWarning>> reply,
                                      std::stop_token stop)
{
    askStoppable<QList<NameWarning>>(
        [question](Engine& engine, std::stop_token token) { return engine.nameLookups().missing(question, token); },
        context, std::move(reply), std::move(stop));
}

} // namespace lifecycle
