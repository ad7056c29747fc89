// SPDX-License-Identifier: Apache-2.0
#include "challenge/preflight_run.h"

#include "base/task_scope.h"
#include "challenge/caa_policy.h"
#include "dns/network_resolver.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Task;
using Check = Finding::Check;
using Code = Statement::Code;
using Verdict = Finding::Verdict;

constexpr int namesAtOnce = 8;
constexpr qint64 clockDriftWorthTelling = 60'000; // ms

QString listOf(const QList<QHostAddress>& addresses)
{
    QStringList texts;
    for (const QHostAddress& address : addresses.first(qMin<qsizetype>(4, addresses.size())))
        texts.append(address.toString());
    return texts.join(u", "_s);
}

Verdict verdictOf(CaaJudgement::Verdict verdict)
{
    switch (verdict) {
    case CaaJudgement::Verdict::Allowed:
        return Verdict::Good;
    case CaaJudgement::Verdict::Denied:
        return Verdict::Bad;
    case CaaJudgement::Verdict::Unknown:
        break;
    }
    return Verdict::Unknown;
}

std::shared_ptr<dns::Resolver> patientOrSystem(std::shared_ptr<dns::Resolver> resolver)
{
    if (!resolver)
        resolver = std::make_shared<dns::NetworkResolver>(dns::systemServers());
    return std::make_shared<PatientResolver>(std::move(resolver));
}

} // namespace

PreflightRun::PreflightRun(PreflightRequest request, Preflight::Notice notice, PreflightEyes eyes,
                           QString sshConfiguration, std::stop_token stop)
    : m_request(std::move(request))
    , m_notice(std::move(notice))
    , m_sshConfiguration(std::move(sshConfiguration))
    , m_stop(std::move(stop))
    , m_resolver(patientOrSystem(eyes.authority))
    , m_seesLikeAuthority(eyes.authority != nullptr)
    , m_machine(eyes.machine ? eyes.machine : std::make_shared<MachineView>())
    , m_authority(eyes.authority ? std::make_shared<ResolverView>(m_resolver) : m_machine)
    , m_caa(m_resolver)
    , m_probe(m_authority)
    , m_tlsProbe(m_authority)
{
}

void PreflightRun::tell(const QString& name, Finding finding)
{
    if (isStopped()) // what was found by stopping is nothing
        return;
    finding.name = name;
    m_findings.append(finding);
    if (m_notice)
        m_notice(finding);
}

void PreflightRun::tell(const Identifier& name, Check check, Verdict verdict, Statement statement)
{
    tell(name.value(), {{}, check, verdict, {std::move(statement)}});
}

Task<QList<Finding>> PreflightRun::all(base::Result<std::unique_ptr<Solver>> solver)
{
    checkClock();
    if (solver)
        m_solver = *std::move(solver);
    else
        m_obstacle = solver.error().message();
    co_await begin();
    base::TaskScope jobs;
    jobs.start(checkFromHost());
    for (int i = 0; i < namesAtOnce; ++i)
        jobs.start(job());
    co_await jobs.drain();
    co_await end();
    sort();
    co_return std::as_const(m_findings);
}

/// As the names were given, whoever answered first.
void PreflightRun::sort()
{
    QHash<QString, qsizetype> places;
    for (const Identifier& name : std::as_const(m_request.names))
        places.insert(name.value(), places.size() + 1);
    std::stable_sort(m_findings.begin(), m_findings.end(), [&places](const Finding& one, const Finding& other) {
        return std::pair(places.value(one.name), one.check) < std::pair(places.value(other.name), other.check);
    });
}

Task<void> PreflightRun::job()
{
    while (m_next < m_request.names.size() && !isStopped()) {
        const Identifier name = m_request.names[m_next++];
        co_await checkName(name);
    }
}

/// At the same time, so that one that waits for an answer holds nobody up.
Task<void> PreflightRun::checkName(Identifier name)
{
    std::vector<Task<void>> checks;
    // a wildcard needs no record of its own
    if (name.type() == Identifier::Type::Dns && !name.isWildcard()) {
        checks.push_back(checkHere(name));
        checks.push_back(checkForAuthority(name));
    }
    checks.push_back(checkAnswer(name));
    if (name.type() == Identifier::Type::Dns)
        checks.push_back(checkCaa(name));
    for (Task<void>& each : checks)
        co_await std::move(each);
}

void PreflightRun::checkClock()
{
    if (!m_request.clockOffsetMs)
        return;
    const qint64 offset = *m_request.clockOffsetMs;
    if (qAbs(offset) < clockDriftWorthTelling)
        tell(QString(), {{}, Check::Clock, Verdict::Good, {{Code::ClocksAgree, {}}}});
    else
        tell(QString(),
             {{},
              Check::Clock,
              Verdict::Warning,
              {{offset > 0 ? Code::ClockAhead : Code::ClockBehind, {QString::number(qAbs(offset) / 1000)}}}});
}

Task<void> PreflightRun::checkHere(Identifier name)
{
    auto found = co_await m_machine->addresses(name.value(), m_stop);
    if (!found)
        tell(name, Check::ResolvesHere, Verdict::Unknown, {Code::Failed, {found.error().message()}});
    else if (!found->isEmpty())
        tell(name, Check::ResolvesHere, Verdict::Good, {Code::MachineFinds, {listOf(*found)}});
    else if (isDns())
        tell(name, Check::ResolvesHere, Verdict::Good,
             {Code::MachineFindsNothingNeeded, {m_request.proof.challengeType}});
    else
        tell(name, Check::ResolvesHere, m_seesLikeAuthority ? Verdict::Good : Verdict::Warning,
             {Code::MachineFindsNothing, {}});
}

Task<void> PreflightRun::checkForAuthority(Identifier name)
{
    if (!m_seesLikeAuthority)
        co_return;
    auto found = co_await m_authority->addresses(name.value(), m_stop);
    if (!found)
        tell(name, Check::ResolvesForAuthority, Verdict::Unknown, {Code::Failed, {found.error().message()}});
    else if (!found->isEmpty())
        tell(name, Check::ResolvesForAuthority, Verdict::Good, {Code::ResolversFind, {listOf(*found)}});
    else if (isDns())
        tell(name, Check::ResolvesForAuthority, Verdict::Good,
             {Code::ResolversFindNothingNeeded, {m_request.proof.challengeType}});
    else
        tell(name, Check::ResolvesForAuthority, Verdict::Bad, {Code::ResolversFindNothing, {}});
}

Task<void> PreflightRun::checkCaa(Identifier name)
{
    auto found = co_await m_caa.of(name, m_stop);
    if (!found) {
        tell(name, Check::Caa, Verdict::Unknown, {Code::CaaUnknown, {found.error().message()}});
        co_return;
    }
    const CaaQuestion question {name, m_request.issuers, m_request.context.account.url, m_request.proof.challengeType};
    const CaaJudgement judged = judgeCaa(question, found->owner, found->records);
    tell(name, Check::Caa, verdictOf(judged.verdict), judged.statement);
}

} // namespace challenge
