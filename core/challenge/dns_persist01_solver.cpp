// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_persist01_solver.h"

#include "challenge/dns_persist01_record.h"

#include <optional>
#include <vector>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr qsizetype lookupsAtOnce = 16;

Result<void> refuseAddresses(const QList<base::Identifier>& names)
{
    for (const base::Identifier& name : names)
        if (name.type() != base::Identifier::Type::Dns)
            return base::invalid(u"names"_s,
                                 u"dns-persist-01 cannot prove the IP address %1: choose http-01 or tls-alpn-01 for "
                                 "it"_s.arg(name.value()));
    return {};
}

/// What would fit, as far as it is known who may be named as the issuer.
QByteArray fittingValue(const base::Identifier& name, const DnsPersist01Terms& terms, const ProvingAccount& account)
{
    const QString issuer = terms.issuerNames.value(0, u"ISSUER"_s);
    return DnsPersist01Record {issuer, persistentAccountUri(terms, account, name.baseName()), name.isWildcard(), {}}
        .toValue();
}

/// Names no input: what was entered is right, and DNS is not.
base::Error missing(const DnsPersist01Question& question, const DnsPersist01Finding& finding)
{
    const QByteArray value = fittingValue(question.identifier, question.terms, question.account);
    return base::Error(
        base::ErrorCode::InvalidInput,
        u"%1: the record %2 does not prove it: %3. Put this TXT value there: %4"_s.arg(
            question.identifier.value(), finding.recordName, finding.detail, QString::fromLatin1(value)));
}

} // namespace

DnsPersist01Solver::DnsPersist01Solver(DnsPersist01Search search, base::Clock& clock, SolverContext context)
    : m_search(std::move(search))
    , m_clock(clock)
    , m_context(std::move(context))
{
}

QString DnsPersist01Solver::challengeType() const
{
    return u"dns-persist-01"_s;
}

Task<Result<void>> DnsPersist01Solver::prepare(QList<base::Identifier> names, std::stop_token stop)
{
    if (auto possible = refuseAddresses(names); !possible)
        co_return possible;
    const auto terms = DnsPersist01Terms::before(m_context.persistence);
    if (!terms)
        co_return tl::unexpected(terms.error());
    std::optional<base::Error> failure;
    for (qsizetype first = 0; first < names.size() && !failure; first += lookupsAtOnce) {
        std::vector<Task<Result<void>>> running;
        for (const base::Identifier& name : names.mid(first, lookupsAtOnce))
            running.push_back(prepareName(name, *terms, stop));
        for (Task<Result<void>>& each : running) {
            auto ready = co_await std::move(each);
            if (!ready && !failure)
                failure = std::move(ready).error();
        }
    }
    if (failure)
        co_return tl::unexpected(*std::move(failure));
    co_return Result<void>();
}

Task<Result<void>> DnsPersist01Solver::prepareName(base::Identifier name, DnsPersist01Terms terms, std::stop_token stop)
{
    const DnsPersist01Question question {std::move(name), std::move(terms), m_context.account, m_clock.now()};
    auto finding = co_await m_search.find(question, std::move(stop));
    if (!finding)
        co_return base::failed(std::move(finding).error().about(u"solver"_s));
    // The authority may have learnt the newer dialect since its directory was read: the challenge will tell.
    if (!finding->isUsable() && finding->verdict != PersistVerdict::OtherAccount)
        co_return tl::unexpected(missing(question, *finding));
    co_return Result<void>();
}

Task<Result<void>> DnsPersist01Solver::foresee(base::Identifier name, std::shared_ptr<dns::Resolver> eyes,
                                               std::stop_token stop)
{
    const QList<base::Identifier> one(1, name);
    if (auto possible = refuseAddresses(one); !possible)
        co_return possible;
    auto terms = DnsPersist01Terms::before(m_context.persistence);
    if (!terms)
        co_return tl::unexpected(std::move(terms).error());
    if (m_context.account.url.isEmpty()) // whom records would have to name, nobody knows yet
        co_return co_await prepareName(std::move(name), *std::move(terms), std::move(stop));
    const DnsPersist01Question question {std::move(name), *std::move(terms), m_context.account, m_clock.now()};
    const DnsPersist01Search search = eyes ? DnsPersist01Search(std::move(eyes)) : m_search;
    auto finding = co_await search.find(question, std::move(stop));
    if (!finding)
        co_return base::failed(std::move(finding).error().about(u"solver"_s));
    if (!finding->isUsable())
        co_return tl::unexpected(missing(question, *finding));
    co_return Result<void>();
}

Expectation DnsPersist01Solver::expectation(const Answer& answer) const
{
    const QByteArray value = fittingValue(answer.identifier, answer.persistence, answer.account);
    return {dnsPersist01RecordName(answer.identifier) + u" TXT"_s, QString::fromLatin1(value)};
}

QJsonObject DnsPersist01Solver::placement(const Answer& answer) const
{
    return {{u"persistentRecord"_s, dnsPersist01RecordName(answer.identifier)}};
}

Task<Result<void>> DnsPersist01Solver::present(Answer answer, std::stop_token stop)
{
    const DnsPersist01Question question {answer.identifier, answer.persistence, answer.account, m_clock.now()};
    auto finding = co_await m_search.find(question, std::move(stop));
    if (!finding)
        co_return tl::unexpected(std::move(finding).error());
    if (!finding->isUsable())
        co_return tl::unexpected(missing(question, *finding));
    co_return Result<void>();
}

// The record stays: it proves the next order too.
Task<Result<void>> DnsPersist01Solver::cleanUp(QJsonObject)
{
    co_return Result<void>();
}

} // namespace challenge
