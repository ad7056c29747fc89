// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"
#include "lifecycle/authority_trust.h"
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/reachability.h"

namespace lifecycle {

void CertificateManager::authorities(QObject* context, Reply<QList<Authority>> reply)
{
    ask<QList<Authority>>([](Engine& engine) { return engine.authorities().all(); }, context, std::move(reply));
}

void CertificateManager::previewAuthority(AuthorityDetails details, QObject* context, Reply<AuthorityPreview> reply,
                                          std::stop_token stop)
{
    askStoppable<AuthorityPreview>(
        [details](Engine& engine, std::stop_token token) { return engine.authorities().preview(details, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::addAuthority(AuthorityDetails details, QObject* context, Reply<Authority> reply,
                                      std::stop_token stop)
{
    askStoppable<Authority>(
        [details](Engine& engine, std::stop_token token) { return engine.authorities().add(details, token); }, context,
        std::move(reply), std::move(stop));
}

void CertificateManager::updateAuthority(QString id, AuthorityDetails details, QObject* context, Reply<Authority> reply,
                                         std::stop_token stop)
{
    askStoppable<Authority>(
        [id, details](Engine& engine, std::stop_token token) {
            return engine.authorities().update(id, details, token);
        },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::refreshAuthority(QString id, QObject* context, Reply<Authority> reply)
{
    ask<Authority>([id](Engine& engine) { return engine.authorities().refresh(id, engine.scope().stopToken()); },
                   context, std::move(reply));
}

void CertificateManager::removeAuthority(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.authorities().remove(id); }, context, std::move(reply));
}

void CertificateManager::authorityConditions(QObject* context, Reply<QList<AuthorityCondition>> reply)
{
    ask<QList<AuthorityCondition>>([](Engine& engine) { return engine.authorityRepository().conditions(); }, context,
                                   std::move(reply));
}

void CertificateManager::checkAuthority(QString id, QObject* context, Reply<AuthorityCondition> reply)
{
    ask<AuthorityCondition>(
        [id](Engine& engine) { return engine.reachability().check(id, engine.scope().stopToken()); }, context,
        std::move(reply));
}

void CertificateManager::changeRoots(QString id, RootChange change, QObject* context, Reply<Authority> reply,
                                     std::stop_token stop)
{
    askStoppable<Authority>(
        [id, change](Engine& engine, std::stop_token token) { return engine.trust().accept(id, change, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::rootUses(QString authorityId, QObject* context, Reply<QList<RootUse>> reply)
{
    ask<QList<RootUse>>([authorityId](Engine& engine) { return engine.rotation().roots(authorityId); }, context,
                        std::move(reply));
}

void CertificateManager::certificatesUnderRoot(RootQuery query, QObject* context, Reply<RootPage> reply)
{
    ask<RootPage>([query](Engine& engine) { return engine.rotation().certificates(query); }, context, std::move(reply));
}

void CertificateManager::reissue(QString authorityId, QStringList certificateIds, QObject* context,
                                 Reply<Reissue> reply)
{
    ask<Reissue>(
        [authorityId, certificateIds](Engine& engine) {
            return engine.rotation().reissue(authorityId, certificateIds, engine.scope().stopToken());
        },
        context, std::move(reply));
}

void CertificateManager::reissueAll(RootQuery query, QObject* context, Reply<Reissue> reply)
{
    ask<Reissue>([query](Engine& engine) { return engine.rotation().reissueAll(query, engine.scope().stopToken()); },
                 context, std::move(reply));
}

void CertificateManager::planRebind(RebindRequest request, QObject* context, Reply<RebindPlan> reply,
                                    std::stop_token stop)
{
    askStoppable<RebindPlan>(
        [request](Engine& engine, std::stop_token token) { return engine.rebinding().plan(request, token); }, context,
        std::move(reply), std::move(stop));
}

void CertificateManager::rebind(RebindRequest request, QObject* context, Reply<RebindPlan> reply, std::stop_token stop)
{
    askStoppable<RebindPlan>(
        [request](Engine& engine, std::stop_token token) { return engine.rebinding().apply(request, token); }, context,
        std::move(reply), std::move(stop));
}

void CertificateManager::startPracticeAuthority(QObject* context, Reply<Authority> reply)
{
    ask<Authority>([practice = m_practice](Engine& engine) { return practice(engine, engine.scope().stopToken()); },
                   context, std::move(reply));
}

} // namespace lifecycle
