// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_probe.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Verdict = Finding::Verdict;

constexpr qsizetype addressesLookedAt = 4;
constexpr int mostRedirects = 10; // as Boulder and step-ca follow

Finding found(Verdict verdict, const QString& sentence)
{
    return {{}, Finding::Check::AnswerArrives, verdict, sentence};
}

/// Strangers' bytes, short and printable.
QString shown(const QByteArray& body)
{
    QString text;
    for (const QChar character : QString::fromUtf8(body.left(60)).simplified())
        text += character.isPrint() ? character : QChar(u'?');
    return text;
}

Finding judged(const QString& where, const ProbeReply& reply, const QByteArray& expected)
{
    // RFC 8555 section 8.3: whitespace at the end is ignored
    if (reply.status == 200 && reply.body.trimmed() == expected)
        return found(Verdict::Good, u"%1 gives our answer"_s.arg(where));
    if (reply.status == 200)
        return found(Verdict::Bad, u"%1 gives something else: \"%2\""_s.arg(where, shown(reply.body)));
    return found(Verdict::Bad,
                 u"%1 answers HTTP status %2: another web server is there"_s.arg(where).arg(reply.status));
}

Finding judged(const QString& where, const base::Error& error)
{
    if (error.code() == ErrorCode::Cancelled)
        return found(Verdict::Unknown, error.message());
    // a firewall between here and there may let the authority through
    const bool maybeOnlyHere = error.code() == ErrorCode::Timeout;
    return found(maybeOnlyHere ? Verdict::Warning : Verdict::Bad,
                 maybeOnlyHere ? u"%1 does not answer this machine in time"_s.arg(where)
                               : u"%1: %2"_s.arg(where, error.message()));
}

QString placeOf(const QUrl& url, const QHostAddress& address)
{
    const int port = url.port(80);
    const QString shownAddress =
        address.protocol() == QAbstractSocket::IPv6Protocol ? u"[%1]"_s.arg(address.toString()) : address.toString();
    return url.host() == address.toString() ? u"%1:%2"_s.arg(shownAddress).arg(port)
                                            : u"%1 at %2:%3"_s.arg(url.host(), shownAddress).arg(port);
}

} // namespace

Http01Probe::Http01Probe(std::shared_ptr<AddressView> view, std::chrono::milliseconds limit)
    : m_view(std::move(view))
    , m_limit(limit)
{
}

Task<Result<QList<QHostAddress>>> Http01Probe::addressesOf(QString host, std::stop_token stop) const
{
    const QHostAddress address(host);
    if (!address.isNull()) {
        const QList<QHostAddress> alone(1, address);
        co_return alone;
    }
    co_return co_await m_view->addresses(std::move(host), std::move(stop));
}

Task<Result<ProbeReply>> Http01Probe::fetch(QUrl url, QHostAddress address, std::stop_token stop)
{
    constexpr int silences = 3;
    const QString place = u"%1 %2"_s.arg(address.toString()).arg(url.port());
    if (const Patience patience = m_patience.value(place, Patience(silences)); patience.isOver())
        co_return tl::unexpected(patience.exhausted());
    auto reply = co_await fetchPlainly(std::move(url), std::move(address), m_limit, std::move(stop));
    Patience patience = m_patience.value(place, Patience(silences));
    patience.note(reply);
    m_patience.insert(place, patience);
    co_return reply;
}

Task<Finding> Http01Probe::look(QUrl url, QByteArray expected, std::stop_token stop)
{
    auto addresses = co_await addressesOf(url.host(), stop);
    if (!addresses)
        co_return found(Verdict::Unknown,
                        u"where %1 is could not be found out: %2"_s.arg(url.host(), addresses.error().message()));
    if (addresses->isEmpty())
        co_return found(Verdict::Bad, u"%1 has no address to be looked at"_s.arg(url.host()));
    QList<Finding> findings;
    for (const QHostAddress& address : addresses->first(qMin(addressesLookedAt, addresses->size()))) {
        auto finding = co_await lookAt(url, address, expected, 0, stop);
        findings.append(std::move(finding));
    }
    co_return summaryOf(findings);
}

Task<Finding> Http01Probe::lookAt(QUrl url, QHostAddress address, QByteArray expected, int redirects,
                                  std::stop_token stop)
{
    const QString where = placeOf(url, address);
    auto reply = co_await fetch(url, address, stop);
    if (!reply)
        co_return judged(where, reply.error());
    const bool redirected = reply->status >= 300 && reply->status < 400 && !reply->location.isEmpty();
    if (!redirected)
        co_return judged(where, *reply, expected);
    const QUrl next = url.resolved(QUrl(reply->location));
    if (redirects == mostRedirects)
        co_return found(Verdict::Bad, u"%1 redirects too often"_s.arg(where));
    if (next.scheme() == "https"_L1)
        co_return found(Verdict::Unknown,
                        u"%1 redirects to %2, which is not looked at from here"_s.arg(where, next.host()));
    if (next.scheme() != "http"_L1 || next.host().isEmpty())
        co_return found(Verdict::Bad, u"%1 redirects to no web server"_s.arg(where));
    auto addresses = co_await addressesOf(next.host(), stop);
    if (!addresses || addresses->isEmpty())
        co_return found(Verdict::Bad, u"%1 redirects to %2, which has no address"_s.arg(where, next.host()));
    auto finding = co_await lookAt(next, addresses->constFirst(), std::move(expected), redirects + 1, std::move(stop));
    finding.sentence = u"%1 redirects: %2"_s.arg(where, finding.sentence);
    co_return finding;
}

} // namespace challenge
