// SPDX-License-Identifier: Apache-2.0
#include "challenge/tls_alpn01_solver.h"

#include "base/work_pool.h"
#include "challenge/answer_claims.h"
#include "challenge/http01_rules.h"
#include "challenge/shared_responders.h"
#include "challenge/tls_alpn01_responder.h"
#include "challenge/tls_alpn01_rules.h"
#include "crypto/validation_certificate.h"

#include <utility>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Result;
using base::Task;

constexpr auto lookAgain = 200ms;

} // namespace

TlsAlpn01Solver::TlsAlpn01Solver(std::shared_ptr<Responders> responders, std::shared_ptr<AnswerClaims> claims,
                                 base::Clock& clock, ListenAddress address, std::chrono::milliseconds patience)
    : m_responders(std::move(responders))
    , m_claims(std::move(claims))
    , m_clock(clock)
    , m_address(std::move(address))
    , m_patience(patience)
{
}

TlsAlpn01Solver::~TlsAlpn01Solver()
{
    letGoOfAll(); // an answer that nobody takes away would keep others from proving that name
}

QString TlsAlpn01Solver::challengeType() const
{
    return u"tls-alpn-01"_s;
}

Result<void> TlsAlpn01Solver::listen()
{
    if (m_responder)
        return {};
    auto responder = m_responders->start(m_address);
    if (!responder)
        return base::failed(std::move(responder).error());
    m_responder = *std::move(responder);
    return {};
}

Task<Result<void>> TlsAlpn01Solver::prepare(QList<base::Identifier> names, std::stop_token)
{
    if (auto provable = refuseWildcards(names, challengeType()); !provable)
        co_return provable;
    co_return listen();
}

Expectation TlsAlpn01Solver::expectation(const Answer& answer) const
{
    return tlsAlpn01Expectation(answer);
}

QJsonObject TlsAlpn01Solver::placement(const Answer& answer) const
{
    return {{u"serverName"_s, tlsAlpn01ServerName(answer.identifier)}};
}

Task<Result<void>> TlsAlpn01Solver::present(Answer answer, std::stop_token stop)
{
    if (auto listening = listen(); !listening)
        co_return listening;
    // An order may have thousands of names, at half a millisecond each.
    auto make = [answer, now = m_clock.now()] {
        return crypto::makeValidationCertificate(answer.identifier, answer.keyAuthorization.toUtf8(), now);
    };
    auto identity = co_await base::inPool(std::move(make));
    if (!identity)
        co_return tl::unexpected(std::move(identity).error());
    want(tlsAlpn01ServerName(answer.identifier), Proof {answer.keyAuthorization, *std::move(identity)});
    const QDateTime end = m_clock.now().addMSecs(m_patience.count());
    while (!occupied().isEmpty()) {
        if (m_clock.now() >= end)
            co_return base::failed(
                base::ErrorCode::Busy,
                u"another order proves %1 on %2 at this moment, and only one answer can be shown for a name"_s.arg(
                    occupied(), m_address.toString()));
        letGoOfAll();
        co_await m_clock.sleep(lookAgain, stop);
        if (stop.stop_requested())
            co_return base::failed(base::ErrorCode::Cancelled, u"stopped while another order proved the same name"_s);
    }
    presentMissing();
    co_return Result<void>();
}

void TlsAlpn01Solver::want(const QString& serverName, Proof proof)
{
    const auto known = m_wanted.constFind(serverName);
    if (known != m_wanted.cend() && known->keyAuthorization == proof.keyAuthorization)
        return;
    if (known != m_wanted.cend())
        letGo(serverName);
    m_wanted.insert(serverName, std::move(proof));
    m_missing.removeAll(serverName);
    m_missing.append(serverName);
}

QString TlsAlpn01Solver::occupied() const
{
    for (const QString& name : m_missing) {
        const QString presented = m_responder->presented(name);
        if (!presented.isEmpty() && presented != m_wanted.constFind(name)->keyAuthorization)
            return name;
    }
    return QString();
}

void TlsAlpn01Solver::presentMissing()
{
    for (const QString& name : std::exchange(m_missing, {})) {
        const auto proof = m_wanted.constFind(name);
        m_responder->present(name, proof->keyAuthorization, proof->identity);
        m_claims->claim(m_address.toString(), name, this);
    }
}

/// Only what this solver claimed: a placement from before may name what another order proves now.
void TlsAlpn01Solver::letGo(const QString& serverName)
{
    if (m_claims->release(m_address.toString(), serverName, this) && m_responder)
        m_responder->remove(serverName);
}

void TlsAlpn01Solver::letGoOfAll()
{
    m_missing = m_wanted.keys();
    for (const QString& name : std::as_const(m_missing))
        letGo(name);
}

Task<Result<void>> TlsAlpn01Solver::cleanUp(QJsonObject placement)
{
    const QString name = placement.value("serverName"_L1).toString();
    m_missing.removeAll(name);
    if (m_wanted.remove(name) > 0)
        letGo(name);
    co_return Result<void>();
}

} // namespace challenge
