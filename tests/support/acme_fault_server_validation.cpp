// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"
#include "jose/base64url.h"
#include "jose/jwk.h"
#include "support/acme_fault_server_ca.h"

#include <QJsonArray>
#include <QTcpSocket>

#include <algorithm>
#include <memory>

namespace support {
namespace {

using namespace Qt::StringLiterals;

const QString persistent = u"dns-persist-01"_s;
constexpr int authorizationLifetime = 24 * 3600;

QJsonObject failureProblem(const QString& detail)
{
    return {{u"type"_s, u"urn:ietf:params:acme:error:incorrectResponse"_s}, {u"detail"_s, detail}, {u"status"_s, 403}};
}

TestChallenge newChallenge(const QString& type)
{
    return TestChallenge {type, QString::fromLatin1(jose::base64url::encode(crypto::randomBytes(32)))};
}

} // namespace

int TestCa::authorizationFor(int account, const QJsonObject& identifier)
{
    TestAuthorization authorization;
    const QString value = identifier[u"value"_s].toString();
    authorization.wildcard = value.startsWith(u"*."_s);
    authorization.name = authorization.wildcard ? value.mid(2) : value;
    const auto reusable = std::find_if(m_authorizations.begin(), m_authorizations.end(), [&](const auto& other) {
        return other.account == account && other.name == authorization.name && other.wildcard == authorization.wildcard
            && other.status == u"valid"_s;
    });
    const bool mayReuse = settings.reuseAuthorizations || settings.hasPreauthorization;
    if (mayReuse && reusable != m_authorizations.end())
        return reusable->id;
    authorization.id = static_cast<int>(m_authorizations.size()) + 1;
    authorization.account = account;
    authorization.identifierType = identifier[u"type"_s].toString();
    authorization.expires = settings.now().addSecs(authorizationLifetime);
    authorization.challenges = {TestChallenge {u"smoke-signal-01"_s}, newChallenge(u"dns-01"_s)};
    if (!authorization.wildcard)
        authorization.challenges.append(newChallenge(u"http-01"_s));
    if (!settings.accountHashPrefix.isEmpty())
        authorization.challenges.append(TestChallenge {persistent});
    if (settings.preValidated) {
        authorization.status = u"valid"_s;
        authorization.challenges.clear();
    }
    m_authorizations.append(authorization);
    return authorization.id;
}

QMap<QString, QString> TestCa::authorizationStates() const
{
    QMap<QString, QString> states;
    for (const TestAuthorization& authorization : m_authorizations)
        states[authorization.name] = authorization.status;
    return states;
}

ServedAnswer TestCa::newAuthorization(const VerifiedPost& post)
{
    const QJsonObject identifier = post.json()[u"identifier"_s].toObject();
    if (!settings.hasPreauthorization || identifier[u"value"_s].toString().startsWith(u"*."_s))
        return problemAnswer(403, u"malformed"_s, u"no pre-authorization for this"_s);
    const int id = authorizationFor(post.account, identifier);
    return authorizationAnswer(m_authorizations[id - 1], 201);
}

ServedAnswer TestCa::authorization(const VerifiedPost& post)
{
    const int id = idIn(post.path);
    if (id < 1 || id > m_authorizations.size() || m_authorizations[id - 1].account != post.account)
        return problemAnswer(404, u"malformed"_s, u"no such authorization"_s);
    if (post.json()[u"status"_s].toString() == u"deactivated"_s)
        m_authorizations[id - 1].status = u"deactivated"_s;
    return authorizationAnswer(m_authorizations[id - 1], 200);
}

ServedAnswer TestCa::authorizationAnswer(const TestAuthorization& authorization, int status) const
{
    QJsonArray challenges;
    for (const TestChallenge& challenge : authorization.challenges)
        challenges.append(challengeJson(authorization, challenge));
    const QJsonObject identifier {{u"type"_s, authorization.identifierType}, {u"value"_s, authorization.name}};
    QJsonObject json {{u"status"_s, authorization.status},
                      {u"expires"_s, authorization.expires.toString(Qt::ISODate)},
                      {u"identifier"_s, identifier},
                      {u"challenges"_s, challenges}};
    if (authorization.wildcard)
        json[u"wildcard"_s] = true;
    http::Headers headers {{"Location", url("/authz/" + QByteArray::number(authorization.id))}};
    if (settings.retryAfter > 0 && authorization.status == u"pending"_s)
        headers.append(qMakePair("Retry-After"_ba, QByteArray::number(settings.retryAfter)));
    return jsonAnswer(status, json, headers);
}

QJsonObject TestCa::challengeJson(const TestAuthorization& authorization, const TestChallenge& challenge) const
{
    const QString path = u"/challenge/%1/%2"_s.arg(authorization.id).arg(challenge.type);
    QJsonObject json {{u"type"_s, challenge.type},
                      {u"url"_s, QString::fromLatin1(url(path.toLatin1()))},
                      {u"status"_s, challenge.status}};
    if (!challenge.token.isEmpty())
        json[u"token"_s] = challenge.token;
    if (challenge.type == persistent)
        json[u"issuerDomainNames"_s] = QJsonArray {u"ca.test"_s};
    if (!challenge.error.isEmpty())
        json[u"error"_s] = challenge.error;
    return json;
}

ServedAnswer TestCa::challenge(const VerifiedPost& post)
{
    const int id = idIn(post.path, 1);
    if (id < 1 || id > m_authorizations.size() || m_authorizations[id - 1].account != post.account)
        return problemAnswer(404, u"malformed"_s, u"no such challenge"_s);
    TestAuthorization& authorization = m_authorizations[id - 1];
    const QString type = QString::fromLatin1(post.path.split('/').last());
    const auto found = std::find_if(authorization.challenges.begin(), authorization.challenges.end(),
                                    [&type](const TestChallenge& challenge) { return challenge.type == type; });
    if (found == authorization.challenges.end() || (found->token.isEmpty() && type != persistent))
        return problemAnswer(404, u"malformed"_s, u"no such challenge"_s);
    const int index = static_cast<int>(found - authorization.challenges.begin());
    if (!post.payload.isEmpty() && found->status == u"pending"_s) {
        ++answered;
        found->status = u"processing"_s;
        if (type == persistent)
            lookUpRecord(id, index);
        else
            validate(id, index, found->token.toLatin1() + '.' + jose::thumbprint(post.key).value());
    }
    const QJsonObject json = challengeJson(authorization, authorization.challenges[index]);
    return jsonAnswer(200, json, {{"Link", '<' + url("/authz/" + QByteArray::number(id)) + ">;rel=\"up\""}});
}

void TestCa::validate(int authorization, int challenge, const QByteArray& keyAuthorization)
{
    switch (settings.validation) {
    case Validation::AlwaysValid:
        return settle(authorization, challenge, QString());
    case Validation::Http01:
        return fetchHttp01(authorization, challenge, keyAuthorization);
    case Validation::AlwaysInvalid:
        return settle(authorization, challenge, u"the answer was wrong"_s);
    case Validation::Undecided:
        return;
    case Validation::PendingWithError:
        TestChallenge& pending = m_authorizations[authorization - 1].challenges[challenge];
        pending.status = u"pending"_s;
        pending.error = failureProblem(u"connection refused"_s);
    }
}

void TestCa::fetchHttp01(int authorization, int challenge, const QByteArray& keyAuthorization)
{
    const TestAuthorization& target = m_authorizations[authorization - 1];
    const QByteArray request = "GET /.well-known/acme-challenge/" + target.challenges[challenge].token.toLatin1()
        + " HTTP/1.1\r\nHost: " + target.name.toLatin1() + "\r\nConnection: close\r\n\r\n";
    auto* socket = new QTcpSocket;
    const auto finish = [this, socket, authorization, challenge, keyAuthorization] {
        const QByteArray reply = socket->readAll();
        socket->deleteLater();
        const bool right = reply.startsWith("HTTP/1.1 200") && reply.trimmed().endsWith("\r\n\r\n" + keyAuthorization);
        settle(authorization, challenge, right ? QString() : u"the key authorization was not served"_s);
    };
    QObject::connect(socket, &QTcpSocket::connected, socket, [socket, request] { socket->write(request); });
    QObject::connect(socket, &QTcpSocket::disconnected, socket, finish);
    QObject::connect(socket, &QTcpSocket::errorOccurred, socket, [socket, finish](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError)
            finish();
    });
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), settings.http01Port);
}

void TestCa::settle(int authorization, int challenge, const QString& failure)
{
    TestAuthorization& target = m_authorizations[authorization - 1];
    const QString status = failure.isEmpty() ? u"valid"_s : u"invalid"_s;
    target.status = status;
    target.challenges[challenge].status = status;
    if (!failure.isEmpty())
        target.challenges[challenge].error = failureProblem(failure);
}

} // namespace support
