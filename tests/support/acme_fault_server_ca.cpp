// SPDX-License-Identifier: Apache-2.0
#include "support/acme_fault_server_ca.h"

#include "crypto/random.h"
#include "jose/base64url.h"
#include "jose/jwk.h"
#include "jose/jws.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <array>

namespace support {
namespace {

using namespace Qt::StringLiterals;

crypto::Identity makeRoot()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return crypto::makeRoot(u"Fault server root"_s, crypto::KeyType::EcP256, now.addYears(-1), now.addYears(20))
        .value();
}

crypto::Identity makeIssuer(const crypto::Identity& root)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return crypto::makeIntermediate(root, u"Fault server issuer"_s, crypto::KeyType::EcP256, now.addYears(-1),
                                    now.addYears(20))
        .value();
}

ServedAnswer malformed(const QString& detail)
{
    return problemAnswer(400, u"malformed"_s, detail);
}

struct Route {
    const char* prefix;
    const char* suffix;
    Step step;
};

constexpr std::array routes {
    Route {"/dir", "", Step::Directory},          Route {"/nonce", "", Step::NewNonce},
    Route {"/new-account", "", Step::NewAccount}, Route {"/account/", "/orders", Step::OrderList},
    Route {"/account/", "", Step::Account},       Route {"/new-authz", "", Step::NewAuthorization},
    Route {"/new-order", "", Step::NewOrder},     Route {"/order/", "/finalize", Step::Finalize},
    Route {"/order/", "", Step::Order},           Route {"/authz/", "", Step::Authorization},
    Route {"/challenge/", "", Step::Challenge},   Route {"/certificate/", "", Step::Certificate},
    Route {"/revoke", "", Step::Revoke},          Route {"/renewal-info/", "", Step::RenewalInfo},
    Route {"/key-change", "", Step::KeyChange},
};

} // namespace

TestCa::TestCa()
    : root(makeRoot())
    , issuer(makeIssuer(root))
{
}

void TestCa::makeAlternateIssuers(int count)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    alternateIssuers.clear();
    for (int number = 1; number <= count; ++number) {
        const auto other = crypto::makeRoot(u"Alternate Root %1"_s.arg(number), crypto::KeyType::EcP256,
                                            now.addYears(-1), now.addYears(20));
        crypto::CertificateContent content {
            .key = issuer.key.publicKey(), .notBefore = now.addYears(-1), .notAfter = now.addYears(20)};
        content.commonName = u"Fault server issuer"_s;
        content.isCa = true;
        alternateIssuers.append(crypto::issueCertificate(other.value(), content).value().pem());
    }
}

std::optional<Step> TestCa::requestStep(const QByteArray& path)
{
    for (const Route& route : routes)
        if (path.startsWith(route.prefix) && path.endsWith(route.suffix))
            return route.step;
    return std::nullopt;
}

QByteArray TestCa::freshNonce()
{
    const QByteArray nonce = jose::base64url::encode(crypto::randomBytes(16));
    m_nonces.insert(nonce);
    return nonce;
}

ServedAnswer TestCa::badNonce()
{
    ++badNonces;
    return problemAnswer(400, u"badNonce"_s, u"the nonce is not known"_s);
}

ServedAnswer TestCa::answer(const ServedRequest& request)
{
    const std::optional<Step> step = requestStep(request.path);
    ServedAnswer answer;
    if (request.header("User-Agent").isEmpty())
        answer = malformed(u"no User-Agent"_s);
    else if (step == Step::Directory)
        answer = directory();
    else if (step == Step::RenewalInfo)
        answer = renewalInfo(request);
    else if (step == Step::NewNonce)
        answer.status = request.method == "HEAD" ? 200 : 204;
    else
        answer = answerPost(request);
    const QDateTime date = settings.now().addSecs(settings.dateOffset.count());
    answer.headers.append(
        qMakePair("Date"_ba, QLocale::c().toString(date.toUTC(), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1()));
    answer.headers.append(qMakePair("Replay-Nonce"_ba, freshNonce()));
    answer.headers.append(qMakePair("Link"_ba, '<' + url("/dir") + ">;rel=\"index\""));
    return answer;
}

ServedAnswer TestCa::answerPost(const ServedRequest& request)
{
    if (request.method != "POST")
        return problemAnswer(405, u"malformed"_s, u"resources are read by POST-as-GET"_s);
    if (request.header("Content-Type") != "application/jose+json")
        return problemAnswer(415, u"malformed"_s, u"Content-Type is not application/jose+json"_s);
    const auto post = verify(request);
    return post ? dispatch(*post) : post.error();
}

tl::expected<VerifiedPost, ServedAnswer> TestCa::verify(const ServedRequest& request)
{
    const QJsonObject jws = QJsonDocument::fromJson(request.body).object();
    const auto headerText = jose::base64url::decode(jws[u"protected"_s].toString().toLatin1());
    if (!headerText)
        return tl::unexpected(malformed(u"no JWS"_s));
    const QJsonObject header = QJsonDocument::fromJson(*headerText).object();
    auto post = verifySigner(request, header);
    if (!post)
        return post;
    if (!m_nonces.remove(header[u"nonce"_s].toString().toLatin1()))
        return tl::unexpected(badNonce());
    if (header[u"url"_s].toString().toUtf8() != url(request.path))
        return tl::unexpected(problemAnswer(401, u"unauthorized"_s, u"the url is another one"_s));
    return post;
}

bool TestCa::refusesName(const TestAccount& account, const QByteArray& name) const
{
    if (settings.accountTie == AccountTie::None)
        return false;
    const bool moved = !account.madeAs.startsWith(origin + "/account/");
    return name != account.madeAs || (moved && settings.accountTie == AccountTie::Place);
}

tl::expected<VerifiedPost, ServedAnswer> TestCa::verifySigner(const ServedRequest& request, const QJsonObject& header)
{
    VerifiedPost post {request.path, {}, root.certificate.publicKey().value(), 0};
    if (header.contains(u"kid"_s) == header.contains(u"jwk"_s))
        return tl::unexpected(malformed(u"neither or both of kid and jwk"_s));
    if (header.contains(u"jwk"_s)) {
        auto key = jose::publicKeyFromJwk(header[u"jwk"_s].toObject());
        if (!key)
            return tl::unexpected(problemAnswer(400, u"badPublicKey"_s, key.error().message()));
        post.key = *key;
    } else {
        post.account = idIn(header[u"kid"_s].toString().toUtf8());
        if (post.account >= 1 && post.account <= accounts.size()
            && accounts[post.account - 1].status == u"deactivated"_s)
            return tl::unexpected(problemAnswer(401, u"unauthorized"_s, u"the account is deactivated"_s));
        if (post.account < 1 || post.account > accounts.size())
            return tl::unexpected(problemAnswer(400, u"accountDoesNotExist"_s, u"no such account"_s));
        if (refusesName(accounts[post.account - 1], header[u"kid"_s].toString().toUtf8()))
            return tl::unexpected(
                problemAnswer(401, u"unauthorized"_s, u"kid does not match stored account location"_s));
        post.key = accounts[post.account - 1].key;
    }
    const auto verified = jose::verifyFlattened(request.body, post.key);
    if (!verified)
        return tl::unexpected(malformed(verified.error().message()));
    post.payload = verified->payload;
    return post;
}

ServedAnswer TestCa::dispatch(const VerifiedPost& post)
{
    const std::optional<Step> step = requestStep(post.path);
    const bool mayCarryJwk = step == Step::NewAccount || step == Step::Revoke;
    if (post.account == 0 && !mayCarryJwk)
        return malformed(u"this request takes a kid"_s);
    switch (step.value_or(Step::Directory)) {
    case Step::NewAccount:
        return newAccount(post);
    case Step::Account:
        return account(post);
    case Step::OrderList:
        return orderList(post);
    case Step::NewAuthorization:
        return newAuthorization(post);
    case Step::NewOrder:
        return newOrder(post);
    case Step::Order:
        return order(post);
    case Step::Authorization:
        return authorization(post);
    case Step::Challenge:
        return challenge(post);
    case Step::Finalize:
        return finalize(post);
    case Step::Certificate:
        return certificate(post);
    case Step::Revoke:
        return revoke(post);
    case Step::KeyChange:
        return keyChange(post);
    case Step::Directory:
    case Step::NewNonce:
    case Step::RenewalInfo:
        break;
    }
    return problemAnswer(404, u"malformed"_s, u"no such resource"_s);
}

ServedAnswer TestCa::directory() const
{
    const auto at = [this](const char* path) { return QString::fromLatin1(url(path)); };
    QJsonObject meta {{u"termsOfService"_s, settings.terms}, {u"website"_s, u"https://ca.test"_s}};
    if (!settings.externalAccounts.isEmpty() && settings.announcesExternalAccounts)
        meta[u"externalAccountRequired"_s] = true;
    if (!settings.accountHashPrefix.isEmpty()) {
        meta[u"accountHashPrefix"_s] = settings.accountHashPrefix;
        meta[u"issuerDomainNames"_s] = QJsonArray {u"ca.test"_s};
        meta[u"caaIdentities"_s] = QJsonArray {u"ca.test"_s};
    }
    QJsonObject profiles;
    for (const QString& profile : settings.profiles)
        profiles[profile] = u"a profile"_s;
    if (!profiles.isEmpty())
        meta[u"profiles"_s] = profiles;
    QJsonObject json {{u"newNonce"_s, at("/nonce")},
                      {u"newAccount"_s, at("/new-account")},
                      {u"newOrder"_s, at("/new-order")},
                      {u"revokeCert"_s, at("/revoke")},
                      {u"meta"_s, meta}};
    if (settings.keyChange != KeyChangeSupport::NotInDirectory)
        json[u"keyChange"_s] = at("/key-change");
    if (settings.hasPreauthorization)
        json[u"newAuthz"_s] = at("/new-authz");
    if (settings.hasRenewalInfo)
        json[u"renewalInfo"_s] = at("/renewal-info");
    return jsonAnswer(200, json);
}

QJsonObject VerifiedPost::json() const
{
    return QJsonDocument::fromJson(payload).object();
}

ServedAnswer jsonAnswer(int status, const QJsonObject& json, const http::Headers& headers)
{
    ServedAnswer answer {status, headers, QJsonDocument(json).toJson(QJsonDocument::Compact)};
    answer.headers.append(qMakePair("Content-Type"_ba, "application/json"_ba));
    return answer;
}

ServedAnswer problemAnswer(int status, const QString& type, const QString& detail, const QJsonObject& more)
{
    QJsonObject problem = more;
    problem[u"type"_s] = QString(u"urn:ietf:params:acme:error:"_s + type);
    problem[u"detail"_s] = detail;
    problem[u"status"_s] = status;
    ServedAnswer answer {status, {}, QJsonDocument(problem).toJson(QJsonDocument::Compact)};
    answer.headers.append(qMakePair("Content-Type"_ba, "application/problem+json"_ba));
    return answer;
}

int idIn(const QByteArray& path, int skip)
{
    const QList<QByteArray> parts = path.split('/');
    return parts.value(parts.size() - 1 - skip).toInt();
}

} // namespace support
