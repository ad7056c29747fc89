// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "challenge/dns_persist01_search.h"
#include "challenge/solver.h"

namespace challenge {

/// Proves names by dns-persist-01 (draft-ietf-acme-dns-persist) with records that are there already.
///
/// An order neither writes such a record nor removes it: prepare() and present() look whether a fitting one is visible
/// and say in words what is missing or wrong.
class DnsPersist01Solver final : public Solver {
public:
    DnsPersist01Solver(DnsPersist01Search search, base::Clock& clock, SolverContext context);

    QString challengeType() const override;
    /// What is there is judged by what the directory said when it was last read; which account a record names, by the
    /// challenge alone.
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    base::Task<base::Result<void>> foresee(base::Identifier name, std::shared_ptr<dns::Resolver> eyes,
                                           std::stop_token stop) override;
    Expectation expectation(const Answer& answer) const override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;

private:
    base::Task<base::Result<void>> prepareName(base::Identifier name, DnsPersist01Terms terms, std::stop_token stop);

    DnsPersist01Search m_search;
    base::Clock& m_clock;
    SolverContext m_context;
};

} // namespace challenge
