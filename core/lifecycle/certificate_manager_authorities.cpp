// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"
#include "lifecycle/certificate_manager_private.h"

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

void CertificateManager::updateAuthority(QString id, AuthorityDetails details, QObject* context, Reply<Authority> reply)
{
    ask<Authority>(
        [id, details](Engine& engine) { return engine.authorities().update(id, details, engine.scope().stopToken()); },
        context, std::move(reply));
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

void CertificateManager::startPracticeAuthority(QObject* context, Reply<Authority> reply)
{
    ask<Authority>([practice = m_practice](Engine& engine) { return practice(engine, engine.scope().stopToken()); },
                   context, std::move(reply));
}

} // namespace lifecycle
