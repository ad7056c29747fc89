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
using Verdict = Finding::Verdict;

constexpr qsizetype namesAtOnce = 25;
constexpr qsizetype mostValues = 4; // in a sentence

Finding resolution(const QString& host, const HostSight& sight, bool needsAddress)
{
    if (!sight.addresses)
        return {{}, Check::ResolvesFromHost, Verdict::Unknown, u"%1 could not find out the address"_s.arg(host)};
    if (!sight.addresses->isEmpty())
        return {{}, Check::ResolvesFromHost, Verdict::Good, u"%1 finds %2"_s.arg(host, sight.addresses->join(u", "_s))};
    return {{},
            Check::ResolvesFromHost,
            needsAddress ? Verdict::Bad : Verdict::Good,
            u"%1 finds no address"_s.arg(host) + (needsAddress ? QString() : u", and none is needed"_s)};
}

Finding arrival(const QString& host, const HostSight::Fetched& fetched, const QByteArray& expected)
{
    if (fetched.status == 200 && fetched.firstLine == expected)
        return {{}, Check::ArrivesFromHost, Verdict::Good, u"%1 gets our answer"_s.arg(host)};
    if (fetched.status == 0)
        return {{}, Check::ArrivesFromHost, Verdict::Bad, u"%1 gets no answer: %2"_s.arg(host, fetched.reason)};
    return {{},
            Check::ArrivesFromHost,
            Verdict::Bad,
            u"%1 gets HTTP status %2 and \"%3\", which is not our answer"_s.arg(host)
                .arg(fetched.status)
                .arg(QString::fromLatin1(fetched.firstLine.left(60)))};
}

Finding recordSeen(const QString& host, const QString& record, const HostSight& sight, bool hasToBeThere)
{
    const auto finding = [](Verdict verdict, const QString& sentence) {
        return Finding {{}, Check::RecordFromHost, verdict, sentence};
    };
    if (!sight.texts)
        return finding(Verdict::Unknown, u"%1 could not look up %2"_s.arg(host, record));
    if (sight.texts->status != "NOERROR"_L1 && sight.texts->status != "NXDOMAIN"_L1)
        return finding(Verdict::Warning, u"%1 is answered %2 for %3"_s.arg(host, sight.texts->status, record));
    const QStringList& aliases = sight.texts->aliases;
    const QString place = aliases.isEmpty() ? record : u"%1, an alias of %2"_s.arg(record, aliases.constLast());
    const QByteArrayList& values = sight.texts->values;
    if (values.isEmpty())
        return finding(hasToBeThere ? Verdict::Warning : Verdict::Good,
                       u"%1 finds no TXT record at %2"_s.arg(host, place)
                           + (hasToBeThere ? QString() : u", and none has to be there yet"_s));
    const QByteArray shown = values.first(qMin(mostValues, values.size())).join(", ");
    return finding(
        Verdict::Good,
        u"%1 finds %2 TXT value(s) at %3: %4"_s.arg(host).arg(values.size()).arg(place, QString::fromLatin1(shown)));
}

} // namespace

QString PreflightRun::recordFor(const Identifier& name) const
{
    if (!isDns() || !m_solver)
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
        if (name.isWildcard() && isDns() && m_solver && !asked.contains(name.baseName()))
            questions.append({name.baseName(), {}, recordFor(name), false});
    return questions;
}

void PreflightRun::tellFromHost(const HostSight& sight, const HostQuestion& question)
{
    const QString name = question.address ? sight.name : u"*."_s + sight.name;
    if (question.address)
        tell(name, resolution(m_request.fromHost, sight, !isDns()));
    if (!question.record.isEmpty())
        tell(name,
             recordSeen(m_request.fromHost, question.record, sight,
                        m_request.proof.challengeType == "dns-persist-01"_L1));
    if (sight.fetched)
        tell(name, arrival(m_request.fromHost, *sight.fetched, m_expected));
}

Task<void> PreflightRun::checkFromHost()
{
    if (m_request.fromHost.isEmpty())
        co_return;
    const HostView view(m_request.fromHost, m_sshConfiguration);
    const QList<HostQuestion> questions = questionsForHost();
    for (qsizetype first = 0; first < questions.size() && !isStopped(); first += namesAtOnce) {
        const QList<HostQuestion> some = questions.mid(first, namesAtOnce);
        auto sights = co_await view.look(some, m_stop);
        if (!sights) { // the next ones would end in the same way
            tell(QString(), {{}, Check::ResolvesFromHost, Verdict::Unknown, sights.error().message()});
            co_return;
        }
        for (qsizetype i = 0; i < sights->size(); ++i)
            tellFromHost(sights->at(i), some.at(i));
    }
}

} // namespace challenge
