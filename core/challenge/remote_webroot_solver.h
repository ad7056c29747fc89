// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/remote_webroot.h"
#include "challenge/solver.h"

#include <memory>

namespace challenge {

class AnswerClaims;
class MadeFolders;
class SftpQueue;

/// Proves names by http-01 (RFC 8555 section 8.3) with files that the system's sftp puts into the folder of a web
/// server on another host.
class RemoteWebrootSolver final : public Solver {
public:
    /// What solvers for remote webroots share.
    struct Shared {
        std::shared_ptr<AnswerClaims> claims;
        std::shared_ptr<MadeFolders> made;
        std::shared_ptr<SftpQueue> sftp;
    };

    RemoteWebrootSolver(Shared shared, RemoteWebroot webroot);
    ~RemoteWebrootSolver() override;

    QString challengeType() const override;
    /// About "webrootHost": NotFound where this machine has no sftp, Unsupported where the other one has none, File
    /// where its key or our login is not accepted, Network and Timeout where it does not answer.
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    Expectation expectation(const Answer& answer) const override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;

private:
    QStringList ownFolders() const;
    base::Task<base::Result<void>> tidy(QStringList folders);
    base::Task<base::Result<void>> remove(RemoteWebroot webroot, QString token, QStringList folders);

    Shared m_shared;
    RemoteWebroot m_webroot;
    QStringList m_missing; ///< folders that were not there when prepare() or cleanUp() looked
};

} // namespace challenge
