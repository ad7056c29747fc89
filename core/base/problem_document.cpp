// SPDX-License-Identifier: Apache-2.0
#include "base/problem_document.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace base {
namespace {

QString lastPart(const QString& type)
{
    return type.section(QLatin1Char(':'), -1);
}

Subproblem subproblemFromJson(const QJsonObject& json)
{
    const QJsonObject identifier = json[QStringLiteral("identifier")].toObject();
    return Subproblem {json[QStringLiteral("type")].toString(), json[QStringLiteral("detail")].toString(),
                       identifier[QStringLiteral("value")].toString()};
}

QString line(const QString& type, const QString& detail)
{
    return detail.isEmpty() ? lastPart(type) : lastPart(type) + QStringLiteral(": ") + detail;
}

} // namespace

ProblemDocument ProblemDocument::fromJson(const QJsonObject& json, int httpStatus)
{
    ProblemDocument problem;
    problem.type = json[QStringLiteral("type")].toString();
    problem.title = json[QStringLiteral("title")].toString();
    problem.detail = json[QStringLiteral("detail")].toString();
    problem.status = json[QStringLiteral("status")].toInt(httpStatus);
    problem.instance = json[QStringLiteral("instance")].toString();
    problem.verbatim = json;
    const QJsonArray subproblems = json[QStringLiteral("subproblems")].toArray();
    for (const QJsonValue& subproblem : subproblems)
        problem.subproblems.append(subproblemFromJson(subproblem.toObject()));
    return problem;
}

std::optional<ProblemDocument> ProblemDocument::fromBody(const QByteArray& body, int httpStatus)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return std::nullopt;
    return fromJson(document.object(), httpStatus);
}

bool ProblemDocument::is(QStringView acmeError) const
{
    return lastPart(type).compare(acmeError, Qt::CaseInsensitive) == 0;
}

QString ProblemDocument::summary() const
{
    QString text = line(type, detail.isEmpty() ? title : detail);
    for (const Subproblem& subproblem : subproblems) {
        text += QStringLiteral("; ");
        if (!subproblem.identifier.isEmpty())
            text += subproblem.identifier + QStringLiteral(" - ");
        text += line(subproblem.type, subproblem.detail);
    }
    return text;
}

} // namespace base
