// SPDX-License-Identifier: Apache-2.0
#include "crypto/chain.h"
#include "support/acme_fault_server_ca.h"

#include <QJsonDocument>

#include <algorithm>

namespace support {
namespace {

using namespace Qt::StringLiterals;

/// keyid "." serial, each in base64url without padding (RFC 9773 section 4.1).
QByteArray identifierOf(const crypto::Certificate& certificate)
{
    const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return certificate.authorityKeyId().toBase64(options) + '.' + certificate.serialDer().toBase64(options);
}

} // namespace

QString utcText(const QDateTime& moment)
{
    return moment.toUTC().toString(Qt::ISODate);
}

QByteArray renewalInfoJson(const QDateTime& start, const QDateTime& end, const QUrl& explanation)
{
    QJsonObject json {{u"suggestedWindow"_s, QJsonObject {{u"start"_s, utcText(start)}, {u"end"_s, utcText(end)}}}};
    if (!explanation.isEmpty())
        json[u"explanationURL"_s] = explanation.toString();
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

ServedAnswer TestCa::renewalInfo(const ServedRequest& request)
{
    if (request.method != "GET")
        return problemAnswer(405, u"malformed"_s, u"renewal information is read by GET"_s);
    const QByteArray identifier = request.path.split('/').last();
    std::optional<crypto::Certificate> certificate;
    for (const TestOrder& order : orders) {
        const auto chain = crypto::chainFromPem(order.leafPem);
        if (chain && identifierOf(chain->leaf) == identifier)
            certificate = chain->leaf;
    }
    renewalInfoAsked.append(QString::fromLatin1(identifier));
    if (!certificate)
        return problemAnswer(404, u"malformed"_s, u"no such certificate"_s);
    const qint64 lifetime = certificate->notBefore().secsTo(certificate->notAfter());
    const QDateTime middle = certificate->notBefore().addSecs(lifetime * 2 / 3);
    ServedAnswer answer {200, {{"Content-Type", "application/json"}}, settings.renewalInfoBody};
    if (answer.body.isEmpty())
        answer.body = renewalInfoJson(middle.addSecs(-lifetime / 100), middle.addSecs(lifetime / 100));
    if (!settings.renewalInfoRetryAfter.isEmpty())
        answer.headers.append(qMakePair("Retry-After"_ba, settings.renewalInfoRetryAfter));
    return answer;
}

} // namespace support
