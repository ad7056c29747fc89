// SPDX-License-Identifier: Apache-2.0
#include "acme/exchange.h"

#include "http/http_message.h"
#include "jose/base64url.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestText = 16 * 1024;
constexpr std::array shownFields {"Location", "Retry-After", "Link", "Content-Type", "Date"};

QJsonValue redacted(const QJsonValue& value);

// A binding is shown by whom it names: its kid. The account key in it and the MAC are left out.
QJsonValue redactedJws(const QJsonObject& jws)
{
    const base::Result<QByteArray> header = jose::base64url::decode(jws[u"protected"_s].toString().toLatin1());
    const QJsonObject fields = header ? QJsonDocument::fromJson(*header).object() : QJsonObject();
    return QJsonObject {{u"kid"_s, fields[u"kid"_s]}, {u"alg"_s, fields[u"alg"_s]}, {u"signature"_s, u"(left out)"_s}};
}

QJsonObject redactedObject(const QJsonObject& object)
{
    static const QStringList hidden {u"signature"_s, u"mac"_s, u"hmac"_s, u"jwk"_s, u"key"_s, u"oldKey"_s};
    QJsonObject shown;
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member.key() == u"externalAccountBinding"_s && member->isObject())
            shown[member.key()] = redactedJws(member->toObject());
        else
            shown[member.key()] = hidden.contains(member.key()) ? QJsonValue(u"(left out)"_s) : redacted(*member);
    }
    return shown;
}

QJsonValue redacted(const QJsonValue& value)
{
    if (value.isObject())
        return redactedObject(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray shown;
    const QJsonArray entries = value.toArray();
    for (const QJsonValue& entry : entries)
        shown.append(redacted(entry));
    return shown;
}

QString readable(const QByteArray& body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject())
        return QString::fromUtf8(QJsonDocument(redactedObject(document.object())).toJson()).left(longestText);
    if (document.isArray())
        return QString::fromUtf8(QJsonDocument(redacted(document.array()).toArray()).toJson()).left(longestText);
    return QString::fromUtf8(body.left(longestText));
}

} // namespace

Exchange exchangeFor(const http::HttpRequest& request, const QByteArray& payload, const QUrl& accountUrl,
                     const QDateTime& at)
{
    Exchange exchange;
    exchange.at = at;
    exchange.method = request.method;
    exchange.url = request.url;
    exchange.summary = QString::fromLatin1(request.method) + u' ' + request.url.toString();
    exchange.requestText = exchange.summary + u'\n';
    if (!accountUrl.isEmpty())
        exchange.requestText += u"Account: "_s + accountUrl.toString() + u'\n';
    exchange.requestText += payload.isEmpty() ? u"(a read: the payload is empty)"_s : readable(payload);
    return exchange;
}

void addReply(Exchange& exchange, const http::HttpResponse& response)
{
    exchange.status = response.status;
    exchange.summary += u" → %1"_s.arg(response.status);
    exchange.responseText = u"HTTP %1\n"_s.arg(response.status);
    for (const char* name : shownFields)
        for (const QByteArray& value : response.headerValues(name))
            exchange.responseText += QLatin1String(name) + u": "_s + QString::fromUtf8(value) + u'\n';
    exchange.responseText += u'\n' + readable(response.body);
}

void addFailure(Exchange& exchange, const QString& reason)
{
    exchange.summary += u" → no reply"_s;
    exchange.responseText = reason;
}

} // namespace acme
