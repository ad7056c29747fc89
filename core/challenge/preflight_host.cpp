// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_view.h"
#include "challenge/preflight_run.h"

#include <QSet>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Task;
using Check = Finding::Check;
using Code = Statement::Code;
using Verdict = Finding::Verdict;

constexpr qsizetype questionsAtOnce = 25;
constexpr qsizetype mostValues = 4; // in a sentence

Finding resolution(const QString& host, const HostSight& sight, bool needsAddress)
{
    const auto finding = [](Verdict verdict, Statement statement) {
        return Finding {{}, Check::ResolvesFromHost, verdict, {std::move(statement)}};
    };
    if (!sight.addresses)
        return finding(Verdict::Unknown, {Code::HostCannotResolve, {host}});
    if (!sight.addresses->isEmpty())
        return finding(Verdict::Good, {Code::HostFinds, {host, sight.addresses->join(u", "_s)}});
    return needsAddress ? finding(Verdict::Bad, {Code::HostFindsNothing, {host}})
                        : finding(Verdict::Good, {Code::HostFindsNothingNeeded, {host}});
}

Finding arrival(const QString& host, const HostSight::Fetched& fetched, const QByteArray& expected)
{
    const auto finding = [](Verdict verdict, Statement statement) {
        return Finding {{}, Check::ArrivesFromHost, verdict, {std::move(statement)}};
    };
    if (fetched.status == 200 && fetched.firstLine == expected)
        return finding(Verdict::Good, {Code::HostGetsAnswer, {host}});
    if (fetched.status == 0)
        return finding(Verdict::Bad, {Code::HostGetsNothing, {host, fetched.reason}});
    const QString got = QString::fromLatin1(fetched.firstLine.left(60));
    return finding(Verdict::Bad, {Code::HostGetsOther, {host, QString::number(fetched.status), got}});
}

Finding recordAt(const QString& host, const QString& record, const HostSight::Texts& seen)
{
    const QByteArrayList& values = seen.values;
    const QByteArray shown = values.first(qMin(mostValues, values.size())).join(", ");
    const QString more = values.size() > mostValues ? u", …"_s : QString();
    Finding finding {{}, Check::RecordFromHost, Verdict::Good, {}};
    if (!values.isEmpty())
        finding.statements = {{Code::HostFindsRecords, {host, record, QString::fromLatin1(shown) + more}}};
    else
        finding = {{}, Check::RecordFromHost, Verdict::Warning, {{Code::HostFindsNoRecord, {host, record}}}};
    if (!seen.aliases.isEmpty())
        finding.statements.append({Code::IsAlias, {record, seen.aliases.constLast()}});
    return finding;
}

Finding recordSeen(const QString& host, const QString& record, const HostSight& sight)
{
    if (!sight.texts)
        return {{}, Check::RecordFromHost, Verdict::Unknown, {{Code::HostCannotLookUp, {host, record}}}};
    const QString& status = sight.texts->status;
    if (status != "NOERROR"_L1 && status != "NXDOMAIN"_L1)
        return {{}, Check::RecordFromHost, Verdict::Warning, {{Code::HostIsAnsweredStatus, {host, status, record}}}};
    return recordAt(host, record, *sight.texts);
}

} // namespace

// Where none is there yet, the host's resolvers would remember that, and the authority's may be the same.
QString PreflightRun::recordFor(const Identifier& name) const
{
    const bool isThere = m_request.inPlace || m_request.proof.challengeType == "dns-persist-01"_L1;
    if (!isDns() || !m_solver || !isThere)
        return {};
    return m_solver->expectation(Answer {name, {}, {}}).at.section(u' ', 0, 0).toLower();
}

/// One for each name; a wildcard has nothing but the record, which it shares with the name below it.
QList<HostQuestion> PreflightRun::questionsForHost() const
{
    QList<HostQuestion> questions;
    QSet<QString> asked;
    for (const Identifier& name : m_request.names) {
        if (name.type() != Identifier::Type::Dns || name.isWildcard())
            continue;
        questions.append({name.value(), m_expected.isEmpty() ? QUrl() : urlFor(name.value()), recordFor(name)});
        asked.insert(name.value());
    }
    for (const Identifier& name : m_request.names)
        if (name.isWildcard() && !recordFor(name).isEmpty() && !asked.contains(name.baseName()))
            questions.append({name.baseName(), {}, recordFor(name), false});
    return questions;
}

void PreflightRun::tellFromHost(const HostSight& sight, const HostQuestion& question)
{
    const QString name = question.address ? sight.name : u"*."_s + sight.name;
    if (question.address)
        tell(name, resolution(m_request.fromHost, sight, !isDns()));
    if (!question.record.isEmpty())
        tell(name, recordSeen(m_request.fromHost, question.record, sight));
    if (sight.fetched)
        tell(name, arrival(m_request.fromHost, *sight.fetched, m_expected));
}

Task<void> PreflightRun::checkFromHost()
{
    if (m_request.fromHost.isEmpty())
        co_return;
    const HostView view(m_request.fromHost, m_sshConfiguration);
    const QList<HostQuestion> questions = questionsForHost();
    for (qsizetype first = 0; first < questions.size() && !isStopped(); first += questionsAtOnce) {
        const QList<HostQuestion> some = questions.mid(first, questionsAtOnce);
        auto sights = co_await view.look(some, m_stop);
        if (!sights) { // the next ones would end in the same way
            tell(QString(),
                 {{}, Check::ResolvesFromHost, Verdict::Unknown, {{Code::Failed, {sights.error().message()}}}});
            co_return;
        }
        for (qsizetype i = 0; i < sights->size(); ++i)
            tellFromHost(sights->at(i), some.at(i));
    }
}

} // namespace challenge
