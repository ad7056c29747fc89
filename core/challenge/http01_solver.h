// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/listen_address.h"
#include "challenge/solver.h"

#include <memory>

namespace challenge {

class AnswerClaims;
class Http01Responder;
template <class Responder>
class SharedResponders;

/// Proves names by http-01 (RFC 8555 section 8.3) with the built-in responder.
///
/// An answer disappears with the process, so that cleanUp() of a placement from before has nothing left to do.
class Http01Solver final : public Solver {
public:
    Http01Solver(std::shared_ptr<SharedResponders<Http01Responder>> responders, std::shared_ptr<AnswerClaims> claims,
                 ListenAddress address);
    ~Http01Solver() override;

    QString challengeType() const override;
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    Expectation expectation(const Answer& answer) const override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;

private:
    base::Result<void> listen();

    std::shared_ptr<SharedResponders<Http01Responder>> m_responders;
    std::shared_ptr<AnswerClaims> m_claims;
    ListenAddress m_address;
    std::shared_ptr<Http01Responder> m_responder;
};

} // namespace challenge
