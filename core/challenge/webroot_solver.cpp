// SPDX-License-Identifier: Apache-2.0
#include "challenge/webroot_solver.h"

#include "base/work_pool.h"
#include "challenge/answer_claims.h"
#include "challenge/http01_rules.h"
#include "challenge/webroot_folder.h"

#include <QJsonArray>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    for (const auto& text : value.toArray())
        texts.append(text.toString());
    return texts;
}

} // namespace

WebrootSolver::WebrootSolver(std::shared_ptr<AnswerClaims> claims, QString webroot)
    : m_claims(std::move(claims))
    , m_webroot(std::move(webroot))
{
}

WebrootSolver::~WebrootSolver()
{
    m_claims->releaseAll(this);
}

QString WebrootSolver::challengeType() const
{
    return u"http-01"_s;
}

base::Task<base::Result<void>> WebrootSolver::prepare(QList<base::Identifier> names, std::stop_token)
{
    if (auto provable = refuseWildcards(names); !provable)
        co_return provable;
    auto work = [folder = WebrootFolder(m_webroot)] { return folder.probe(); };
    co_return co_await base::inPool(std::move(work));
}

Expectation WebrootSolver::expectation(const Answer& answer) const
{
    return http01Expectation(answer);
}

QJsonObject WebrootSolver::placement(const Answer& answer) const
{
    return {{u"webroot"_s, m_webroot},
            {u"token"_s, answer.token},
            {u"folders"_s, QJsonArray::fromStringList(WebrootFolder(m_webroot).missingFolders())}};
}

base::Task<base::Result<void>> WebrootSolver::present(Answer answer, std::stop_token)
{
    if (auto usable = checkToken(answer.token); !usable)
        co_return usable;
    m_claims->claim(m_webroot, answer.token, this);
    auto work = [folder = WebrootFolder(m_webroot), answer] {
        return folder.write(answer.token, answer.keyAuthorization.toUtf8());
    };
    co_return co_await base::inPool(std::move(work));
}

base::Task<base::Result<void>> WebrootSolver::cleanUp(QJsonObject placement)
{
    const QString token = placement.value("token"_L1).toString();
    if (auto usable = checkToken(token); !usable)
        co_return usable;
    const QString webroot = placement.value("webroot"_L1).toString();
    auto made = m_claims->release(webroot, token, this, textsOf(placement.value("folders"_L1)));
    if (!made)
        co_return base::Result<void>();
    auto work = [folder = WebrootFolder(webroot), token, folders = *std::move(made)] {
        return folder.remove(token, folders);
    };
    co_return co_await base::inPool(std::move(work));
}

} // namespace challenge
