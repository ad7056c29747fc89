// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/certificates.h"
#include "lifecycle/renewal_scheduler.h"

namespace lifecycle {

void CertificateManager::certificates(CertificateQuery query, QObject* context, Reply<CertificatePage> reply)
{
    ask<CertificatePage>([query](Engine& engine) { return engine.certificates().page(query); }, context,
                         std::move(reply));
}

void CertificateManager::certificate(QString id, QObject* context, Reply<CertificateDetails> reply)
{
    ask<CertificateDetails>([id](Engine& engine) { return engine.certificates().details(id); }, context,
                            std::move(reply));
}

void CertificateManager::exportCertificate(ExportRequest request, QObject* context, Reply<void> reply)
{
    ask<void>([request](Engine& engine) { return engine.certificates().exportTo(request); }, context, std::move(reply));
}

void CertificateManager::revokeCertificate(RevokeRequest request, QObject* context, Reply<void> reply)
{
    ask<void>([request](Engine& engine) { return engine.certificates().revoke(request, engine.scope().stopToken()); },
              context, std::move(reply));
}

void CertificateManager::renewCertificate(QString id, QObject* context, Reply<QString> reply)
{
    ask<QString>([id](Engine& engine) { return engine.renewals().renew(id, engine.scope().stopToken()); }, context,
                 std::move(reply));
}

void CertificateManager::renewCertificateWith(QString id, QByteArray csr, QObject* context, Reply<QString> reply)
{
    ask<QString>([id, csr](Engine& engine) { return engine.renewals().renewWith(id, csr, engine.scope().stopToken()); },
                 context, std::move(reply));
}

void CertificateManager::tags(QObject* context, Reply<QList<TagUse>> reply)
{
    ask<QList<TagUse>>([](Engine& engine) { return engine.certificates().tags(); }, context, std::move(reply));
}

void CertificateManager::changeTags(TagChange change, QObject* context, Reply<int> reply)
{
    ask<int>([change](Engine& engine) { return engine.certificates().changeTags(change); }, context, std::move(reply));
}

void CertificateManager::removeCertificate(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.certificates().remove(id); }, context, std::move(reply));
}

} // namespace lifecycle
