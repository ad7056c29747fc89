// SPDX-License-Identifier: Apache-2.0
#include "acme/reply.h"

#include "base/problem_document.h"
#include "http/retry_after.h"

#include <QJsonObject>
#include <QRegularExpression>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype quotedLength = 200;

QString firstWords(const QByteArray& body)
{
    static const QRegularExpression invisible(u"<(script|style)\\b.*?</\\1>|<[^>]*>"_s,
                                              QRegularExpression::CaseInsensitiveOption
                                                  | QRegularExpression::DotMatchesEverythingOption);
    QString text = QString::fromUtf8(body.left(20 * quotedLength));
    text.replace(invisible, u" "_s);
    return text.simplified().left(quotedLength);
}

QString describe(const http::HttpResponse& response)
{
    const QByteArray type = response.header("Content-Type").toLower();
    const bool isHtml = type.contains("html") || response.body.trimmed().startsWith('<');
    const QString what = response.body.trimmed().isEmpty() ? u"an empty body"_s
        : isHtml                                           ? u"an HTML page"_s
        : type.contains("json")                            ? u"broken JSON"_s
                                                           : u"a body that is no JSON"_s;
    const QString words = firstWords(response.body);
    const QString intro = u"HTTP %1 with %2"_s.arg(response.status).arg(what);
    return words.isEmpty() ? intro : intro + u": "_s + words;
}

bool saysSomething(const base::ProblemDocument& problem)
{
    return !problem.type.isEmpty() || !problem.detail.isEmpty() || !problem.title.isEmpty();
}

// Some servers answer a stale nonce with 400, a fresh nonce and no problem document.
bool isMuteBadNonce(const http::HttpResponse& response)
{
    return response.status == 400 && !response.header("Replay-Nonce").isEmpty();
}

base::ProblemDocument muteBadNonce(const http::HttpResponse& response)
{
    base::ProblemDocument problem;
    problem.type = u"urn:ietf:params:acme:error:badNonce"_s;
    problem.detail = describe(response);
    problem.status = response.status;
    return problem;
}

base::ErrorCode codeOf(int status)
{
    if (status == 429)
        return base::ErrorCode::RateLimited;
    return status == 501 ? base::ErrorCode::Unsupported : base::ErrorCode::Protocol;
}

base::Error errorOf(const http::HttpResponse& response)
{
    if (response.status >= 300 && response.status < 400)
        return base::Error(base::ErrorCode::Protocol,
                           u"HTTP %1: the server redirects a signed request to %2"_s.arg(response.status)
                               .arg(QString::fromUtf8(response.header("Location").left(quotedLength))));
    const auto problem = base::ProblemDocument::fromBody(response.body, response.status);
    if (problem && saysSomething(*problem))
        return base::Error(*problem);
    if (isMuteBadNonce(response))
        return base::Error(muteBadNonce(response));
    return base::Error(codeOf(response.status), describe(response));
}

} // namespace

base::Result<http::HttpResponse> successOf(http::HttpResponse response, const QDateTime& now)
{
    if (response.status >= 200 && response.status < 300)
        return response;
    base::Error error = errorOf(response);
    if (const auto moment = retryAfterOf(response, now))
        error = std::move(error).retryingAt(*moment);
    return base::failed(std::move(error));
}

base::Result<QJsonDocument> jsonOf(const http::HttpResponse& response)
{
    const QJsonDocument document = QJsonDocument::fromJson(response.body);
    if (document.isNull())
        return base::failed(base::ErrorCode::Protocol, describe(response));
    return document;
}

base::Result<QJsonObject> objectOf(const http::HttpResponse& response)
{
    const base::Result<QJsonDocument> document = jsonOf(response);
    if (!document)
        return base::failed(document.error());
    if (!document->isObject())
        return base::failed(base::ErrorCode::Protocol, u"HTTP %1 with JSON that is no object"_s.arg(response.status));
    return document->object();
}

std::optional<QDateTime> retryAfterOf(const http::HttpResponse& response, const QDateTime& now)
{
    const QByteArray value = response.header("Retry-After");
    return value.isEmpty() ? std::nullopt : http::parseRetryAfter(value, now);
}

} // namespace acme
