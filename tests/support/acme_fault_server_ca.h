// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/certificate_builder.h"
#include "support/acme_fault_server.h"
#include "support/tls_http_server.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <tl/expected.hpp>

#include <optional>

/// The honest half of AcmeFaultServer: an ACME CA as a function from requests to answers.
namespace support {

struct TestAccount {
    int id = 0;
    crypto::PublicKey key;
    QJsonArray contacts = {};
    QString status = {};
    QString agreedTerms = {};
    QList<QByteArray> formerThumbprints = {};
    QByteArray madeAs = {}; ///< the URL that it was made with
};

struct TestChallenge {
    QString type;
    QString token = {};
    QString status = QStringLiteral("pending");
    QJsonObject error = {};
};

struct TestAuthorization {
    int id = 0;
    int account = 0;
    QString identifierType;
    QString name; ///< without the `*.` of a wildcard
    bool wildcard = false;
    QString status = QStringLiteral("pending");
    QDateTime expires;
    QList<TestChallenge> challenges;
};

struct TestOrder {
    int id = 0;
    int account = 0;
    QJsonArray identifiers;
    QString status = QStringLiteral("pending");
    QDateTime expires;
    QList<int> authorizations;
    int pollsLeft = 0;
    QByteArray leafPem = {};
    QString profile = {};
    QDateTime notBefore = {};
    QDateTime notAfter = {};
};

/// A POST whose signature, nonce, url and key id were found good.
struct VerifiedPost {
    QByteArray path;
    QByteArray payload; ///< empty for POST-as-GET
    crypto::PublicKey key;
    int account = 0; ///< 0 where the request carried its jwk
    QJsonObject json() const;
};

struct TestCaSettings {
    Validation validation = Validation::AlwaysValid;
    quint16 http01Port = 80;
    int processingPolls = 1;
    int retryAfter = 0;
    QMap<QString, QByteArray> externalAccounts;
    bool announcesExternalAccounts = true;
    QJsonObject accountRefusal;
    QStringList blockedNames;
    bool reuseAuthorizations = false;
    KeyChangeSupport keyChange = KeyChangeSupport::Works;
    AccountTie accountTie = AccountTie::None;
    QString terms = QStringLiteral("https://ca.test/terms");
    bool termsMatter = false; ///< no orders for accounts that agreed to other terms
    bool hasOrderList = true;
    bool preValidated = false;
    bool hasRenewalInfo = false;
    QStringList profiles = {}; ///< newOrder with another one is refused; none is offered when empty
    QByteArray renewalInfoBody = {}; ///< for every certificate; by its lifetime when empty
    QByteArray renewalInfoRetryAfter = "21600";
    QString accountHashPrefix = {}; ///< dns-persist-01 of draft 02; it is not offered when empty
    quint16 dnsPort = 53; ///< where its records are looked up
    bool refusesValidity = false;
    bool hasPreauthorization = false;
    bool awaitsApproval = false;
    QJsonObject replacesRefusal = {}; ///< the problem document of a newOrder with `replaces`; none when empty
    std::function<QDateTime()> now = [] { return QDateTime::currentDateTimeUtc(); };
    std::chrono::seconds dateOffset {0};
    std::chrono::seconds certificateLifetime = std::chrono::hours(24 * 90);
};

class TestCa {
public:
    TestCa();

    ServedAnswer answer(const ServedRequest& request);
    static std::optional<Step> requestStep(const QByteArray& path);
    ServedAnswer badNonce();
    QByteArray freshNonce();
    QByteArray url(const QByteArray& path) const { return origin + path; }

    QMap<QString, QString> authorizationStates() const;
    /// Certificates of the issuer's key under other roots.
    void makeAlternateIssuers(int count);

    QByteArray origin; ///< "https://127.0.0.1:12345"
    TestCaSettings settings;
    crypto::Identity root;
    crypto::Identity issuer;
    QList<QByteArray> alternateIssuers; ///< PEM
    int badNonces = 0;
    int issued = 0;
    int answered = 0;
    int keysChanged = 0;
    QStringList spentCredentials;
    QStringList replaced;
    QStringList renewalInfoAsked;
    QList<QByteArray> certificateKeys;
    QList<QPair<QByteArray, int>> revocations;
    QList<TestAccount> accounts;
    QList<TestOrder> orders;

private:
    ServedAnswer answerPost(const ServedRequest& request);
    tl::expected<VerifiedPost, ServedAnswer> verify(const ServedRequest& request);
    bool refusesName(const TestAccount& account, const QByteArray& name) const;
    tl::expected<VerifiedPost, ServedAnswer> verifySigner(const ServedRequest& request, const QJsonObject& header);
    ServedAnswer dispatch(const VerifiedPost& post);

    ServedAnswer directory() const;
    ServedAnswer newAccount(const VerifiedPost& post);
    std::optional<ServedAnswer> refuseBinding(const VerifiedPost& post);
    ServedAnswer account(const VerifiedPost& post);
    ServedAnswer keyChange(const VerifiedPost& post);
    ServedAnswer changeKey(const VerifiedPost& post);
    ServedAnswer accountAnswer(const TestAccount& account, int status) const;
    ServedAnswer orderList(const VerifiedPost& post) const;
    std::optional<ServedAnswer> refuseTerms(const VerifiedPost& post) const;
    ServedAnswer newOrder(const VerifiedPost& post);
    std::optional<ServedAnswer> refuseNames(const QJsonArray& identifiers) const;
    int authorizationFor(int account, const QJsonObject& identifier);
    ServedAnswer order(const VerifiedPost& post);
    ServedAnswer orderAnswer(const TestOrder& order, int status) const;
    void update(TestOrder& order);
    ServedAnswer newAuthorization(const VerifiedPost& post);
    ServedAnswer authorization(const VerifiedPost& post);
    ServedAnswer authorizationAnswer(const TestAuthorization& authorization, int status) const;
    QJsonObject challengeJson(const TestAuthorization& authorization, const TestChallenge& challenge) const;
    ServedAnswer challenge(const VerifiedPost& post);
    void validate(int authorization, int challenge, const QByteArray& keyAuthorization);
    void fetchHttp01(int authorization, int challenge, const QByteArray& keyAuthorization);
    void lookUpRecord(int authorization, int challenge);
    bool isAuthorizedBy(const QByteArray& record, const TestAuthorization& authorization) const;
    void settle(int authorization, int challenge, const QString& failure);
    ServedAnswer finalize(const VerifiedPost& post);
    ServedAnswer certificate(const VerifiedPost& post) const;
    ServedAnswer revoke(const VerifiedPost& post);
    ServedAnswer renewalInfo(const ServedRequest& request);

    QSet<QByteArray> m_nonces;
    QSet<QString> m_usedBindings;
    QList<TestAuthorization> m_authorizations;
};

/// A JSON answer.
ServedAnswer jsonAnswer(int status, const QJsonObject& json, const http::Headers& headers = {});
/// A RenewalInfo object (RFC 9773 section 4.2); without explanationURL where `explanation` is empty.
QByteArray renewalInfoJson(const QDateTime& start, const QDateTime& end, const QUrl& explanation = QUrl());
/// As ACME writes times (RFC 3339).
QString utcText(const QDateTime& moment);
/// A problem document of that ACME error.
ServedAnswer problemAnswer(int status, const QString& type, const QString& detail, const QJsonObject& more = {});
/// The number behind the last slash but `skip`.
int idIn(const QByteArray& path, int skip = 0);

} // namespace support
