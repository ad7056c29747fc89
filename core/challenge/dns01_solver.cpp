// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_solver.h"

#include "challenge/answer_claims.h"

#include <optional>
#include <vector>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr qsizetype recordsAtOnce = 16;
const QString receiptKey = u"receipt"_s;

/// Each once, though a name and its wildcard share one.
Result<QStringList> recordsOf(const QList<base::Identifier>& names, const Dns01Naming& naming)
{
    QStringList records;
    for (const base::Identifier& name : names) {
        if (name.type() != base::Identifier::Type::Dns)
            return base::invalid(u"names"_s,
                                 u"%1 cannot prove the IP address %2: choose http-01 or tls-alpn-01 for it"_s.arg(
                                     naming.challengeType(), name.value()));
        records.append(naming.recordName(name));
    }
    records.removeDuplicates();
    return records;
}

} // namespace

Dns01Solver::Dns01Solver(std::shared_ptr<AnswerClaims> claims, Dns01Updater updater, Dns01Naming naming)
    : m_claims(std::move(claims))
    , m_updater(std::move(updater))
    , m_naming(std::move(naming))
{
}

Dns01Solver::~Dns01Solver()
{
    m_claims->releaseAll(this);
}

QString Dns01Solver::challengeType() const
{
    return m_naming.challengeType();
}

Task<Result<void>> Dns01Solver::prepare(QList<base::Identifier> names, std::stop_token stop)
{
    const auto records = recordsOf(names, m_naming);
    if (!records)
        co_return tl::unexpected(records.error());
    std::optional<base::Error> failure;
    for (qsizetype first = 0; first < records->size() && !failure; first += recordsAtOnce) {
        std::vector<Task<Result<void>>> running;
        for (const QString& record : records->mid(first, recordsAtOnce))
            running.push_back(prepareRecord(record, stop));
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

Task<Result<void>> Dns01Solver::prepareRecord(QString record, std::stop_token stop)
{
    m_places.remove(record); // an alias may have changed since
    auto place = co_await placeOf(record, stop);
    if (!place)
        co_return tl::unexpected(std::move(place).error());
    co_return co_await m_updater.probe(*std::move(place), std::move(stop));
}

Task<Result<Dns01Place>> Dns01Solver::placeOf(QString record, std::stop_token stop)
{
    if (m_places.contains(record))
        co_return m_places.value(record);
    auto place = co_await m_updater.locate(record, std::move(stop));
    if (place)
        m_places.insert(record, *place);
    co_return place;
}

Expectation Dns01Solver::expectation(const Answer& answer) const
{
    return {m_naming.recordName(answer.identifier) + u" TXT"_s,
            QString::fromLatin1(dns01Value(answer.keyAuthorization))};
}

QJsonObject Dns01Solver::placement(const Answer& answer) const
{
    const QString record = m_naming.recordName(answer.identifier);
    QJsonObject json = m_places.value(record).toJson();
    json[u"challengeRecord"_s] = record;
    json[u"identifier"_s] = answer.identifier.value();
    json[u"value"_s] = QString::fromLatin1(dns01Value(answer.keyAuthorization));
    return json;
}

Task<Result<void>> Dns01Solver::present(Answer answer, std::stop_token stop)
{
    auto place = co_await placeOf(m_naming.recordName(answer.identifier), stop);
    if (!place)
        co_return tl::unexpected(std::move(place).error());
    const QByteArray value = dns01Value(answer.keyAuthorization);
    m_claims->claim(place->name, QString::fromLatin1(value), this);
    auto receipt = co_await m_updater.add(*std::move(place), value, std::move(stop));
    if (!receipt)
        co_return tl::unexpected(std::move(receipt).error());
    m_receipts.insert(value, *std::move(receipt));
    co_return Result<void>();
}

QJsonObject Dns01Solver::receipt(const Answer& answer) const
{
    const QString receipt = m_receipts.value(dns01Value(answer.keyAuthorization));
    return receipt.isEmpty() ? QJsonObject() : QJsonObject {{receiptKey, receipt}};
}

Task<Result<void>> Dns01Solver::awaitVisible(Answer answer, std::stop_token stop)
{
    auto place = co_await placeOf(m_naming.recordName(answer.identifier), stop);
    if (!place)
        co_return tl::unexpected(std::move(place).error());
    const QByteArray value = dns01Value(answer.keyAuthorization);
    co_return co_await m_updater.awaitSeen(*std::move(place), value, std::move(stop));
}

Task<Result<void>> Dns01Solver::cleanUp(QJsonObject placement)
{
    Dns01Place place = Dns01Place::fromJson(placement);
    if (place.isNull()) {
        const std::stop_token never;
        auto found = co_await m_updater.locate(placement.value("challengeRecord"_L1).toString(), never);
        if (!found)
            co_return tl::unexpected(std::move(found).error());
        place = *std::move(found);
    }
    const QString value = placement.value("value"_L1).toString();
    if (!m_claims->release(place.name, value, this))
        co_return Result<void>();
    const QString receipt = placement.value(receiptKey).toString();
    co_return co_await m_updater.remove(std::move(place), value.toLatin1(), receipt);
}

Task<std::optional<Leftover>> Dns01Solver::leftToPerson(QJsonObject placement)
{
    const Dns01Place place = Dns01Place::fromJson(placement);
    const bool byHand = co_await m_updater.isByHand(place);
    if (!byHand)
        co_return std::nullopt;
    Leftover left;
    left.name = placement.value("identifier"_L1).toString();
    left.what = {place.name + u" TXT"_s, placement.value("value"_L1).toString()};
    co_return left;
}

} // namespace challenge
