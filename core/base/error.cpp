// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include "base/name_table.h"

#include <QJsonArray>

#include <utility>

namespace base {
namespace {

constexpr std::array codeNames {
    Named {ErrorCode::InvalidInput, u"invalid-input"},
    Named {ErrorCode::NotFound, u"not-found"},
    Named {ErrorCode::AlreadyExists, u"already-exists"},
    Named {ErrorCode::Network, u"network"},
    Named {ErrorCode::UntrustedServer, u"untrusted-server"},
    Named {ErrorCode::Timeout, u"timeout"},
    Named {ErrorCode::Protocol, u"protocol"},
    Named {ErrorCode::Rejected, u"rejected"},
    Named {ErrorCode::RateLimited, u"rate-limited"},
    Named {ErrorCode::Crypto, u"crypto"},
    Named {ErrorCode::Storage, u"storage"},
    Named {ErrorCode::Locked, u"locked"},
    Named {ErrorCode::WrongPassphrase, u"wrong-passphrase"},
    Named {ErrorCode::Busy, u"busy"},
    Named {ErrorCode::AddressInUse, u"address-in-use"},
    Named {ErrorCode::InProgress, u"in-progress"},
    Named {ErrorCode::File, u"file"},
    Named {ErrorCode::Unsupported, u"unsupported"},
    Named {ErrorCode::Cancelled, u"cancelled"},
};

ErrorCode codeOf(const ProblemDocument& problem)
{
    return problem.is(u"rateLimited") || problem.status == 429 ? ErrorCode::RateLimited : ErrorCode::Rejected;
}

} // namespace

QString errorCodeName(ErrorCode code)
{
    return nameIn(codeNames, code);
}

ErrorCode errorCodeFromName(QStringView name)
{
    return valueIn(codeNames, name).value_or(ErrorCode::Protocol);
}

Error::Error(ErrorCode code, QString detail)
    : m_code(code)
    , m_detail(std::move(detail))
{
}

Error::Error(ProblemDocument problem)
    : m_code(codeOf(problem))
    , m_detail(problem.summary())
    , m_problem(std::move(problem))
{
}

Error Error::during(QStringView gerund) &&
{
    m_steps.prepend(gerund.toString());
    return std::move(*this);
}

Error Error::about(QString field) &&
{
    m_field = std::move(field);
    return std::move(*this);
}

Error Error::retryingAt(QDateTime moment) &&
{
    m_retryAt = std::move(moment);
    return std::move(*this);
}

QString Error::message() const
{
    QStringList parts = m_steps;
    parts.append(m_detail);
    return parts.join(QStringLiteral(": "));
}

QJsonObject Error::toJson() const
{
    QJsonObject json;
    json[QStringLiteral("code")] = errorCodeName(m_code);
    json[QStringLiteral("detail")] = m_detail;
    if (!m_steps.isEmpty())
        json[QStringLiteral("steps")] = QJsonArray::fromStringList(m_steps);
    if (!m_field.isEmpty())
        json[QStringLiteral("field")] = m_field;
    if (m_problem)
        json[QStringLiteral("problem")] = m_problem->verbatim;
    if (m_problem)
        json[QStringLiteral("status")] = m_problem->status;
    if (m_retryAt)
        json[QStringLiteral("retryAt")] = m_retryAt->toUTC().toString(Qt::ISODateWithMs);
    return json;
}

Error Error::fromJson(const QJsonObject& json)
{
    Error error(errorCodeFromName(json[QStringLiteral("code")].toString()), json[QStringLiteral("detail")].toString());
    const QJsonArray steps = json[QStringLiteral("steps")].toArray();
    for (const QJsonValue& step : steps)
        error.m_steps.append(step.toString());
    error.m_field = json[QStringLiteral("field")].toString();
    if (json.contains(QStringLiteral("problem")))
        error.m_problem = ProblemDocument::fromJson(json[QStringLiteral("problem")].toObject(),
                                                    json[QStringLiteral("status")].toInt());
    if (json.contains(QStringLiteral("retryAt")))
        error.m_retryAt = QDateTime::fromString(json[QStringLiteral("retryAt")].toString(), Qt::ISODateWithMs);
    return error;
}

} // namespace base
