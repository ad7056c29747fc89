// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_probe.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;
using Code = Statement::Code;
using Verdict = Finding::Verdict;

constexpr qsizetype addressesLookedAt = 4;
constexpr int mostRedirects = 10; // as Boulder and step-ca follow

Finding found(Verdict verdict, Code code, const QStringList& details)
{
    return {{}, Finding::Check::AnswerArrives, verdict, {{code, details}}};
}

/// Strangers' bytes, short and printable.
QString shown(const QByteArray& body)
{
    QString text;
    for (const QChar character : QString::fromUtf8(body.left(60)).simplified())
        text += character.isPrint() ? character : QChar(u'?');
    return text;
}

/// As DNS knows it: QUrl shows letters instead where the top-level domain allows them.
QString hostOf(const QUrl& url)
{
    return url.host(QUrl::FullyEncoded);
}

bool isWeb(const QUrl& url)
{
    return (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty();
}

Finding judged(const QString& where, const ProbeReply& reply, const QByteArray& expected)
{
    // RFC 8555 section 8.3: whitespace at the end is ignored
    if (reply.status == 200 && reply.body.trimmed() == expected)
        return found(Verdict::Good, Code::GivesAnswer, {where});
    if (reply.status == 200)
        return found(Verdict::Bad, Code::GivesOther, {where, shown(reply.body)});
    return found(Verdict::Bad, Code::HttpStatus, {where, QString::number(reply.status)});
}

Finding judged(const QString& where, const base::Error& error)
{
    if (error.code() == ErrorCode::Cancelled)
        return found(Verdict::Unknown, Code::Failed, {error.message()});
    // a firewall between here and there may let the authority through
    if (error.code() == ErrorCode::Timeout)
        return found(Verdict::Warning, Code::NotInTime, {where});
    return found(Verdict::Bad, Code::NotReached, {where, error.message()});
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
    const QString place = u"%1 %2"_s.arg(address.toString()).arg(fetchPort(url));
    if (const Patience patience = m_patience.value(place, Patience(silences)); patience.isOver())
        co_return tl::unexpected(patience.exhausted());
    auto reply = co_await fetchForProbe(std::move(url), std::move(address), m_limit, std::move(stop));
    Patience patience = m_patience.value(place, Patience(silences));
    patience.note(reply);
    m_patience.insert(place, patience);
    co_return reply;
}

Task<Finding> Http01Probe::look(QUrl url, QByteArray expected, std::stop_token stop)
{
    auto addresses = co_await addressesOf(hostOf(url), stop);
    if (!addresses)
        co_return found(Verdict::Unknown, Code::AddressUnknown, {url.host(), addresses.error().message()});
    if (addresses->isEmpty())
        co_return found(Verdict::Bad, Code::NoAddress, {url.host()});
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
    const QString where = placeText(url.host(), address, fetchPort(url));
    auto reply = co_await fetch(url, address, stop);
    if (!reply)
        co_return judged(where, reply.error());
    const bool redirected = reply->status >= 300 && reply->status < 400 && !reply->location.isEmpty();
    if (!redirected)
        co_return judged(where, *reply, expected);
    const QUrl next = url.resolved(QUrl(reply->location));
    if (redirects == mostRedirects)
        co_return found(Verdict::Bad, Code::RedirectsTooOften, {where});
    if (!isWeb(next))
        co_return found(Verdict::Bad, Code::RedirectsToNoWebServer, {where});
    auto addresses = co_await addressesOf(hostOf(next), stop);
    if (!addresses || addresses->isEmpty())
        co_return found(Verdict::Bad, Code::RedirectsToNoAddress, {where, next.host()});
    auto finding = co_await lookAt(next, addresses->constFirst(), std::move(expected), redirects + 1, std::move(stop));
    finding.statements.prepend({Code::Redirects, {where, next.toDisplayString(QUrl::RemovePath | QUrl::RemoveQuery)}});
    co_return finding;
}

} // namespace challenge
