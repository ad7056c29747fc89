// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_view.h"
#include "challenge/preflight_run.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Identifier;
using base::Task;
using Check = Finding::Check;
using Verdict = Finding::Verdict;

constexpr qsizetype namesAtOnce = 25;

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

} // namespace

Task<void> PreflightRun::checkFromHost()
{
    if (m_request.fromHost.isEmpty())
        co_return;
    const HostView view(m_request.fromHost, m_sshConfiguration);
    QList<HostQuestion> questions;
    for (const Identifier& name : std::as_const(m_request.names))
        if (name.type() == Identifier::Type::Dns && !name.isWildcard())
            questions.append({name.value(), m_expected.isEmpty() ? QUrl() : urlFor(name.value())});
    for (qsizetype first = 0; first < questions.size() && !isStopped(); first += namesAtOnce) {
        const QList<HostQuestion> some = questions.mid(first, namesAtOnce);
        auto sights = co_await view.look(some, m_stop);
        if (!sights) { // the next ones would end in the same way
            tell(QString(), {{}, Check::ResolvesFromHost, Verdict::Unknown, sights.error().message()});
            co_return;
        }
        for (const HostSight& sight : std::as_const(*sights)) {
            tell(sight.name, resolution(m_request.fromHost, sight, !isDns()));
            if (sight.fetched)
                tell(sight.name, arrival(m_request.fromHost, *sight.fetched, m_expected));
        }
    }
}

} // namespace challenge
