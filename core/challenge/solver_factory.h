// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "challenge/solver.h"
#include "challenge/ssh_host.h"

#include <memory>

namespace challenge {

class AnswerClaims;
class Http01Responder;
class MadeFolders;
class SftpQueue;
template <class Responder>
class SharedResponders;
class SolverStore;
class TlsAlpn01Responder;

/// The solvers of this build: http-01, listening or with a webroot here or on another host, tls-alpn-01, dns-01 and
/// dns-account-01 with named solvers, and dns-persist-01.
///
/// Solvers for one listen address share one responder, which listens from the first prepare() until the last of them
/// is gone. Solvers may outlive the factory. Everything lives on one thread.
class BuiltInSolvers final : public SolverFactory {
public:
    /// Both outlive the factory and its solvers.
    BuiltInSolvers(SolverStore& store, base::Clock& clock, SshSettings ssh = {});
    ~BuiltInSolvers() override;

    base::Result<std::unique_ptr<Solver>> make(const ProofSettings& settings, const SolverContext& context) override;
    QString sshConfiguration() const override { return m_sshConfiguration; }

private:
    base::Result<std::unique_ptr<Solver>> makeHttp01(const ProofSettings& settings);
    base::Result<std::unique_ptr<Solver>> makeTlsAlpn01(const ProofSettings& settings);
    base::Result<std::unique_ptr<Solver>> makeRemote(const ProofSettings& settings);
    base::Result<std::unique_ptr<Solver>> makeDns01(const ProofSettings& settings, const SolverContext& context);
    base::Result<std::unique_ptr<Solver>> makeDnsPersist01(const ProofSettings& settings, const SolverContext& context);
    SolverStore& storeFor(const SolverContext& context) { return context.named ? *context.named : m_store; }

    SolverStore& m_store;
    base::Clock& m_clock;
    QString m_sshConfiguration;
    std::shared_ptr<SharedResponders<Http01Responder>> m_httpResponders;
    std::shared_ptr<SharedResponders<TlsAlpn01Responder>> m_tlsResponders;
    std::shared_ptr<AnswerClaims> m_claims;
    std::shared_ptr<MadeFolders> m_madeFolders;
    std::shared_ptr<SftpQueue> m_sftp;
};

} // namespace challenge
