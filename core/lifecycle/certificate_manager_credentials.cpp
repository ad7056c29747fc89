// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/accounts.h"
#include "lifecycle/bulk_registration.h"
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/credential_import.h"

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

void CertificateManager::credentials(QObject* context, Reply<QList<EabCredential>> reply)
{
    ask<QList<EabCredential>>([](Engine& engine) { return engine.accounts().credentials(); }, context,
                              std::move(reply));
}

void CertificateManager::addCredential(EabDetails details, QObject* context, Reply<EabAdded> reply)
{
    ask<EabAdded>([details](Engine& engine) { return engine.accounts().addCredential(details); }, context,
                  std::move(reply));
}

void CertificateManager::updateCredential(QString id, EabChanges changes, QObject* context, Reply<EabCredential> reply)
{
    ask<EabCredential>([id, changes](Engine& engine) { return engine.accounts().updateCredential(id, changes); },
                       context, std::move(reply));
}

void CertificateManager::removeCredential(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.accounts().removeCredential(id); }, context, std::move(reply));
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

} // namespace lifecycle
