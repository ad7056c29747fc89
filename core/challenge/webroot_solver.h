// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/solver.h"

#include <memory>

namespace challenge {

class AnswerClaims;

/// Proves names by http-01 (RFC 8555 section 8.3) with files in the folder that another web server serves.
class WebrootSolver final : public Solver {
public:
    WebrootSolver(std::shared_ptr<AnswerClaims> claims, QString webroot);
    ~WebrootSolver() override;

    QString challengeType() const override;
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    Expectation expectation(const Answer& answer) const override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;

private:
    std::shared_ptr<AnswerClaims> m_claims;
    QString m_webroot;
};

} // namespace challenge
