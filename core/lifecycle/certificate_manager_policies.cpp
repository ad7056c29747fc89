// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/issuance_policies.h"
#include "lifecycle/name_lookups.h"
#include "lifecycle/name_warnings.h"

namespace lifecycle {

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
