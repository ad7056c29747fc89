// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"
#include "challenge/http01_rules.h"
#include "challenge/preflight_run.h"
#include "crypto/digest.h"
#include "crypto/random.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Task;
using Check = Finding::Check;
using Code = Statement::Code;
using Verdict = Finding::Verdict;

constexpr QStringView http01 = u"http-01";
constexpr QStringView dnsPersist01 = u"dns-persist-01";

/// The first name that http-01 can prove.
std::optional<Identifier> provable(const QList<Identifier>& names)
{
    for (const Identifier& name : names)
        if (!name.isWildcard())
            return name;
    return std::nullopt;
}

QString randomText(int bytes)
{
    return QString::fromLatin1(crypto::randomBytes(bytes).toHex());
}

} // namespace

/// http-01 has one answer for all names; it is put in place once.
Task<void> PreflightRun::begin()
{
    if (m_request.inPlace) {
        m_token = m_request.inPlace->token;
        if (m_request.proof.challengeType == http01)
            m_expected = m_request.inPlace->expected.value.toLatin1();
        co_return;
    }
    const auto first = provable(m_request.names);
    if (!m_solver || m_request.proof.challengeType != http01 || !first || isStopped())
        co_return;
    const QList<Identifier> one(1, *first);
    auto ready = co_await m_solver->prepare(one, m_stop);
    if (!ready) {
        m_obstacle = ready.error().message();
        co_return;
    }
    m_token = u"sealwright-preflight-%1"_s.arg(randomText(16));
    m_answer = Answer {*first, m_token, m_token + u'.' + randomText(16)};
    m_placement = m_solver->placement(*m_answer);
    auto presented = co_await m_solver->present(*m_answer, m_stop);
    if (presented)
        m_expected = m_answer->keyAuthorization.toLatin1();
    else
        m_obstacle = presented.error().message();
}

Task<void> PreflightRun::end()
{
    if (!m_answer)
        co_return;
    auto removed = co_await m_solver->cleanUp(m_placement);
    if (!removed)
        qCWarning(base::log::challenge) << "a probe was left behind:" << removed.error().message();
}

Task<void> PreflightRun::checkAnswer(Identifier name)
{
    if (isStopped())
        co_return;
    if (m_request.inPlace && m_solver && m_request.proof.challengeType == dnsPersist01)
        co_await checkPersistent(name);
    else if (isDns() && m_request.inPlace)
        co_await checkRecord(name);
    else if (isDns())
        co_await checkZone(name);
    else if (m_request.proof.challengeType == http01)
        co_await checkHttp(name);
    else
        co_await checkTls(name);
}

/// tls-alpn-01 has an answer of its own for each name.
Task<void> PreflightRun::checkTls(Identifier name)
{
    if (m_request.inPlace && name.type() == Identifier::Type::Dns) {
        const QByteArray digest = QByteArray::fromHex(m_request.inPlace->expected.value.toLatin1());
        auto finding = co_await m_tlsProbe.look(name.value(), m_request.tlsPort, digest, m_stop);
        tell(name.value(), std::move(finding));
        co_return;
    }
    if (!m_solver) {
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {m_obstacle}});
        co_return;
    }
    const QList<Identifier> one(1, name);
    auto ready = co_await m_solver->prepare(one, m_stop);
    if (!ready)
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {ready.error().message()}});
    else if (name.type() == Identifier::Type::Ip)
        tell(name, Check::CanAnswer, Verdict::Good, {Code::WorksFromHere, {m_request.proof.summary()}});
    else
        co_await checkTlsOfOurs(name);
}

Task<void> PreflightRun::checkTlsOfOurs(Identifier name)
{
    const QString token = u"sealwright-preflight-%1"_s.arg(randomText(16));
    const Answer answer {name, token, token + u'.' + randomText(16)};
    const QJsonObject placement = m_solver->placement(answer);
    auto presented = co_await m_solver->present(answer, m_stop);
    if (presented) {
        const QByteArray digest = crypto::digest(crypto::DigestAlgorithm::Sha256, answer.keyAuthorization.toLatin1());
        auto finding = co_await m_tlsProbe.look(name.value(), m_request.tlsPort, digest, m_stop);
        tell(name.value(), std::move(finding));
    } else {
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {presented.error().message()}});
    }
    auto removed = co_await m_solver->cleanUp(placement);
    if (!removed)
        qCWarning(base::log::challenge) << "a probe was left behind:" << removed.error().message();
}

QUrl PreflightRun::urlFor(const QString& name) const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(name);
    if (m_request.httpPort != 80)
        url.setPort(m_request.httpPort);
    url.setPath(u"/.well-known/acme-challenge/"_s + m_token);
    return url;
}

Task<void> PreflightRun::checkHttp(Identifier name)
{
    if (name.isWildcard()) {
        const QList<Identifier> one(1, name);
        const auto refused = refuseWildcards(one);
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {refused.error().message()}});
        co_return;
    }
    if (m_expected.isEmpty()) {
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {m_obstacle}});
        co_return;
    }
    auto finding = co_await m_probe.look(urlFor(name.value()), m_expected, m_stop);
    tell(name.value(), std::move(finding));
}

} // namespace challenge
