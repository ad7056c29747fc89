// SPDX-License-Identifier: Apache-2.0
#include "acme/exchange.h"

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

QByteArray Exchange::kept(const QByteArray& body)
{
    return body.size() <= longestText ? body : readable(body).toUtf8();
}

QString Exchange::summary() const
{
    const QString request = QString::fromLatin1(method) + u' ' + url.toString();
    return status ? request + u" → %1"_s.arg(status) : request + u" → no reply"_s;
}

QString Exchange::requestText() const
{
    QString text = QString::fromLatin1(method) + u' ' + url.toString() + u'\n';
    if (!accountUrl.isEmpty())
        text += u"Account: "_s + accountUrl.toString() + u'\n';
    return text + (payload.isEmpty() ? u"(a read: the payload is empty)"_s : readable(payload));
}

QString Exchange::responseText() const
{
    if (!status)
        return failure;
    QString text = u"HTTP %1\n"_s.arg(status);
    for (const char* shown : shownFields)
        for (const auto& [name, value] : headers)
            if (name.compare(shown, Qt::CaseInsensitive) == 0)
                text += QLatin1String(shown) + u": "_s + QString::fromUtf8(value) + u'\n';
    return text + u'\n' + readable(body);
}

} // namespace acme
