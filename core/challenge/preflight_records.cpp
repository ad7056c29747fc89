// SPDX-License-Identifier: Apache-2.0
#include "challenge/preflight_run.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Task;
using Check = Finding::Check;
using Code = Statement::Code;
using Verdict = Finding::Verdict;

constexpr qsizetype longestShown = 100; // bytes of a value

Code recordCode(bool isSeen, const QStringList& values, bool byAuthority)
{
    if (isSeen)
        return byAuthority ? Code::ResolversSeeValue : Code::MachineSeesValue;
    if (values.isEmpty())
        return byAuthority ? Code::ResolversSeeNoRecord : Code::MachineSeesNoRecord;
    return byAuthority ? Code::ResolversSeeOtherValues : Code::MachineSeesOtherValues;
}

} // namespace

Task<void> PreflightRun::checkZone(Identifier name)
{
    if (!m_solver) {
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {m_obstacle}});
        co_return;
    }
    if (m_zonePatience.isOver()) {
        tell(name, Check::CanAnswer, Verdict::Unknown, {Code::Failed, {m_zonePatience.exhausted().message()}});
        co_return;
    }
    const std::shared_ptr<dns::Resolver> nobody;
    auto ready = co_await m_solver->foresee(name, nobody, m_stop);
    m_zonePatience.note(ready);
    if (ready)
        tell(name, Check::CanAnswer, Verdict::Good, {Code::Works, {m_request.proof.summary()}});
    else
        tell(name, Check::CanAnswer, Verdict::Bad, {Code::Failed, {ready.error().message()}});
}

/// There are many ways to write one that the authority accepts.
Task<void> PreflightRun::checkPersistent(Identifier name)
{
    auto proved = co_await m_solver->foresee(name, m_resolver, m_stop);
    if (proved)
        tell(name, Check::AnswerArrives, Verdict::Good, {Code::Works, {m_request.proof.summary()}});
    else
        tell(name, Check::AnswerArrives,
             proved.error().code() == base::ErrorCode::InvalidInput ? Verdict::Bad : Verdict::Unknown,
             {Code::Failed, {proved.error().message()}});
}

/// The TXT record of a running order, as the authority sees it.
Task<void> PreflightRun::checkRecord(Identifier name)
{
    const QString record = m_request.inPlace->expected.at.section(u' ', 0, 0);
    auto found = co_await m_resolver->lookup(record, dns::RecordType::Txt, m_stop);
    if (!found) {
        tell(name, Check::AnswerArrives, Verdict::Unknown, {Code::Failed, {found.error().message()}});
        co_return;
    }
    QStringList values;
    bool isSeen = false;
    for (const dns::Record& each : std::as_const(found->records)) {
        values.append(QString::fromLatin1(each.value.left(longestShown)));
        isSeen = isSeen || each.value == m_request.inPlace->expected.value.toLatin1();
    }
    Finding finding {{},
                     Check::AnswerArrives,
                     isSeen ? Verdict::Good : Verdict::Bad,
                     {{recordCode(isSeen, values, m_seesLikeAuthority), {record, values.join(u", "_s)}}}};
    if (!found->aliases.isEmpty())
        finding.statements.append({Code::IsAlias, {record, found->name}});
    tell(name.value(), std::move(finding));
}

} // namespace challenge
