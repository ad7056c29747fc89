// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <QJsonArray>

#include <array>
#include <utility>

namespace base {
namespace {

struct CodeName {
    ErrorCode code;
    const char16_t* name;
};

constexpr std::array codeNames {
    CodeName {ErrorCode::InvalidInput, u"invalid-input"},
    CodeName {ErrorCode::NotFound, u"not-found"},
    CodeName {ErrorCode::AlreadyExists, u"already-exists"},
    CodeName {ErrorCode::Network, u"network"},
    CodeName {ErrorCode::UntrustedServer, u"untrusted-server"},
    CodeName {ErrorCode::Timeout, u"timeout"},
    CodeName {ErrorCode::Protocol, u"protocol"},
    CodeName {ErrorCode::Rejected, u"rejected"},
    CodeName {ErrorCode::RateLimited, u"rate-limited"},
    CodeName {ErrorCode::Crypto, u"crypto"},
    CodeName {ErrorCode::Storage, u"storage"},
    CodeName {ErrorCode::Locked, u"locked"},
    CodeName {ErrorCode::WrongPassphrase, u"wrong-passphrase"},
    CodeName {ErrorCode::Busy, u"busy"},
    CodeName {ErrorCode::AddressInUse, u"address-in-use"},
    CodeName {ErrorCode::InProgress, u"in-progress"},
    CodeName {ErrorCode::File, u"file"},
    CodeName {ErrorCode::Unsupported, u"unsupported"},
    CodeName {ErrorCode::Cancelled, u"cancelled"},
};

ErrorCode codeOf(const ProblemDocument& problem)
{
    return problem.is(u"rateLimited") || problem.status == 429 ? ErrorCode::RateLimited : ErrorCode::Rejected;
}

} // namespace

QString errorCodeName(ErrorCode code)
{
    for (const CodeName& entry : codeNames)
        if (entry.code == code)
            return QString::fromUtf16(entry.name);
    return QString();
}

ErrorCode errorCodeFromName(QStringView name)
{
    for (const CodeName& entry : codeNames)
        if (name == QStringView(entry.name))
            return entry.code;
    return ErrorCode::Protocol;
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
