// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_solver.h"

#include "challenge/answer_claims.h"
#include "challenge/http01_responder.h"
#include "challenge/http01_rules.h"
#include "challenge/shared_responders.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

} // namespace

Http01Solver::Http01Solver(std::shared_ptr<SharedResponders<Http01Responder>> responders,
                           std::shared_ptr<AnswerClaims> claims, ListenAddress address)
    : m_responders(std::move(responders))
    , m_claims(std::move(claims))
    , m_address(std::move(address))
{
}

Http01Solver::~Http01Solver()
{
    m_claims->releaseAll(this);
}

QString Http01Solver::challengeType() const
{
    return u"http-01"_s;
}

base::Result<void> Http01Solver::listen()
{
    if (m_responder)
        return {};
    auto responder = m_responders->start(m_address);
    if (!responder)
        return base::failed(std::move(responder).error());
    m_responder = *std::move(responder);
    return {};
}

base::Task<base::Result<void>> Http01Solver::prepare(QList<base::Identifier> names, std::stop_token)
{
    if (auto provable = refuseWildcards(names); !provable)
        co_return provable;
    co_return listen();
}

Expectation Http01Solver::expectation(const Answer& answer) const
{
    return http01Expectation(answer);
}

QJsonObject Http01Solver::placement(const Answer& answer) const
{
    return {{u"token"_s, answer.token}};
}

base::Task<base::Result<void>> Http01Solver::present(Answer answer, std::stop_token)
{
    if (auto usable = checkToken(answer.token); !usable)
        co_return usable;
    if (auto listening = listen(); !listening)
        co_return listening;
    m_claims->claim(m_address.toString(), answer.token, this);
    m_responder->present(answer.token, answer.keyAuthorization);
    co_return base::Result<void>();
}

base::Task<base::Result<void>> Http01Solver::cleanUp(QJsonObject placement)
{
    const QString token = placement.value("token"_L1).toString();
    if (!m_claims->release(m_address.toString(), token, this))
        co_return base::Result<void>();
    if (const auto responder = m_responders->running(m_address))
        responder->remove(token);
    co_return base::Result<void>();
}

} // namespace challenge
