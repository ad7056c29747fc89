// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "lifecycle/authority_condition.h"

#include <QRandomGenerator>

#include <stop_token>

namespace http {
struct HttpResponse;
}

namespace lifecycle {

class AcmeClients;
class AuthorityTrust;
class ChangeFeed;
struct Authority;
struct Repositories;

/// Whether authorities answer, how fast, and how far their clocks are from ours. Quiet: what it finds is stored and
/// announced, and never an entry of the log.
class Reachability {
public:
    Reachability(Repositories& repositories, AcmeClients& clients, AuthorityTrust& trust, ChangeFeed& feed,
                 base::Clock& clock);

    /// Asks for the directory over a new connection and stores how that went. An authority that does not answer is no
    /// error of this: AuthorityCondition::error tells. Locked where its proxy's credentials cannot be read.
    base::Task<base::Result<AuthorityCondition>> check(QString authorityId, std::stop_token stop);
    /// Looks at every authority about each quarter of an hour, sooner where it did not answer, until stopped.
    base::Task<void> run(std::stop_token stop);

private:
    base::Task<void> checkThoseDue(std::stop_token stop);
    void noteRateLimit(const QString& authorityId, const http::HttpResponse& response);
    bool isDue(const AuthorityCondition& condition, const QDateTime& now) const;
    base::Task<base::Result<AuthorityCondition>> look(Authority authority, std::stop_token stop);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    AuthorityTrust& m_trust;
    ChangeFeed& m_feed;
    base::Clock& m_clock;
    /// Of this process, so that several of them do not look at the same moment.
    quint32 m_salt = QRandomGenerator::system()->generate();
};

} // namespace lifecycle
