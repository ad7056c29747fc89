// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace crypto {
class PublicKey;
}

namespace support {

struct ServedAnswer;

/// The requests of an order, for scripting and counting.
enum class Step {
    Directory,
    NewNonce,
    NewAccount,
    Account,
    OrderList,
    NewAuthorization,
    NewOrder,
    Order,
    Authorization,
    Challenge,
    Finalize,
    Certificate,
    Revoke,
    RenewalInfo,
    KeyChange,
};

/// What goes wrong with one request. "Unprocessed" means that the CA did not act on it.
enum class Fault {
    ResetBeforeProcessing, ///< the connection closes, unprocessed
    ResetAfterProcessing, ///< processed, then the connection closes without a reply
    DeliveredTwice, ///< processed, and the reply is the badNonce that the second copy of the POST got
    BadNonce, ///< unprocessed
    MuteBadNonce, ///< HTTP 400 with an HTML page and a fresh nonce, unprocessed
    InternalErrorHtml, ///< HTTP 500 with an HTML page, unprocessed
    RateLimitedSeconds, ///< 429 with Retry-After: 17, unprocessed
    RateLimitedDate, ///< 429 with the HTTP-date 17 s ahead, unprocessed
    TruncatedJson, ///< processed; the body ends in the middle, with a Content-Length that fits
    CutBody, ///< processed; the connection closes in the middle of the body
    MissingLocation, ///< processed; no Location
    MissingNonce, ///< processed; no Replay-Nonce
    RelativeUrls, ///< processed; every URL of the reply is relative
    UnknownStatus, ///< processed; "status" is a word that no RFC has
    HugeBody, ///< processed; 100 MB follow the body
    RedirectToHttp, ///< 307 to a URL in the clear, unprocessed
    RefusedSecondCopy, ///< processed, and the reply is the refusal that a second copy of the POST got: 403
    Hang, ///< processed; no reply ever
};

/// How challenges are validated.
enum class Validation {
    AlwaysValid,
    Http01, ///< by fetching from 127.0.0.1, see setHttp01Port()
    AlwaysInvalid, ///< challenge, authorization and order become invalid
    Undecided, ///< the challenge goes on processing for as long as anybody looks
    PendingWithError, ///< the challenge keeps the status pending and gets an error, as step-ca does it
};

/// What a server that was renamed holds an account to.
enum class AccountTie {
    None, ///< it is what the server calls it now
    Url, ///< its `kid` is the URL that it was made with, as with step-ca whose host was renamed
    Place, ///< that, and it belongs to where it was made, as with step-ca whose provisioner was renamed
};

/// How far a server goes with keyChange (RFC 8555 section 7.3.5).
enum class KeyChangeSupport {
    Works,
    NotInDirectory,
    NotImplemented, ///< 501 with a problem document, as Smallstep's engine answers it
    NotImplementedHtml, ///< 501 with an HTML page
    AlwaysConflict, ///< 409: another account has the new key
    AlwaysUnauthorized, ///< 401 whatever comes
};

/// An ACME CA in this process, over real TLS, that issues real certificates and goes wrong on request.
///
/// Takes what RFC 8555 section 7.1 needs, ES256 and every other account key of jose, and checks what it gets:
/// signature, nonce, url, Content-Type, key id. Every reply of an authorization has, before those that work, a
/// challenge of an unknown type without a token. Lives on the thread of its event loop.
class AcmeFaultServer {
public:
    AcmeFaultServer();
    ~AcmeFaultServer();

    QUrl directoryUrl() const;
    /// The root of its TLS certificate, for TrustSettings.
    QByteArray tlsRootPem() const;
    /// The same host and port under another root from now on, which `tlsRootPem` then is; open connections close. What
    /// is issued leads to the same root as before. `sendsRoot`: the server sends its root with its certificate.
    void changeTlsRoot(bool sendsRoot);
    /// Serves under the root that it had before the last change again.
    void restoreTlsRoot();
    /// The CA has another path from now on: the same accounts and orders below `prefix` ("/acme/new"), 404 elsewhere.
    void rename(const QByteArray& prefix);
    /// How far the Date of its replies is from the CA's clock.
    void setDateOffset(std::chrono::seconds offset);
    /// The root that issued certificates lead to.
    QByteArray issuerRootPem() const;

    /// The next `times` requests of `step` that have no fault yet get this one; several queue up.
    void failNext(Step step, Fault fault, int times = 1);
    /// Nothing goes wrong from now on, unless asked for again.
    void clearFaults();
    /// Closes every open connection now.
    void dropConnections();

    void setValidation(Validation validation);
    void setHttp01Port(quint16 port);
    /// Polls of an order that are answered with `processing` after finalize, of those that wait already at most so
    /// many more; 1 unless set.
    void setProcessingPolls(int polls);
    /// Every order that is processing is valid from now on.
    void approveAll();
    /// Retry-After of pending and processing objects in seconds; none unless set.
    void setRetryAfter(int seconds);
    /// newAccount needs one of these: kid → HMAC key. Each is good for one account.
    void setExternalAccounts(const QMap<QString, QByteArray>& macKeys);
    /// Whether the directory says that newAccount needs one; it does unless unset.
    void setAnnouncesExternalAccounts(bool announces);
    /// newAccount refuses new keys with this problem document, whose "status" is the reply's; empty: no more.
    void setAccountRefusal(const QJsonObject& problem);
    /// newOrder refuses these names with rejectedIdentifier and a subproblem each.
    void setBlockedNames(const QStringList& names);
    /// Whether valid authorizations are used again.
    void setReuseAuthorizations(bool reuse);
    /// How the directory's keyChange answers; it works unless set.
    void setKeyChange(KeyChangeSupport support);
    /// What becomes of accounts by rename(); None unless set.
    void setAccountTie(AccountTie tie);
    /// The terms that the directory names, https://ca.test/terms unless set; accounts must agree to others again before
    /// they get an order (RFC 8555 section 7.3.3).
    void setTerms(const QUrl& terms);
    /// Whether accounts have a list of orders; they do unless unset.
    void setHasOrderList(bool has);
    /// Whether the directory has renewalInfo; it has none unless set.
    void setHasRenewalInfo(bool has);
    /// What renewalInfo answers for every certificate of this CA: a window of two hundredths of the lifetime around two
    /// thirds of it unless set.
    void setRenewalWindow(const QDateTime& start, const QDateTime& end, const QUrl& explanation = QUrl());
    /// The same, word for word.
    void setRenewalInfoBody(const QByteArray& body);
    /// Its Retry-After; 21600 (six hours) unless set, none where empty.
    void setRenewalInfoRetryAfter(const QByteArray& value);
    /// newOrder refuses `replaces` with this problem document, whose "status" is the reply's.
    void setReplacesRefusal(const QJsonObject& problem);
    /// The profiles of the directory; newOrder refuses every other one and uses the first unless told. None unless set.
    void setProfiles(const QStringList& profiles);
    /// Edits every honest answer before it is sent, as a server with manners of its own would have written it.
    using Manner = std::function<void(Step step, ServedAnswer& answer)>;
    void setManner(Manner manner);
    /// Issues under that many roots more, whose chains are alternates ("Alternate Root 1", …); 0 unless set.
    void setAlternateChains(int count);
    /// Whether newOrder refuses notBefore and notAfter, in Boulder's words; it takes them unless set.
    void setRefusesValidity(bool refuses);
    /// Whether the directory has newAuthz, and orders use what it proved; it has none unless set.
    void setHasPreauthorization(bool has);
    /// Offers dns-persist-01 as draft 02 has it, with hashes behind this prefix, and looks records up at 127.0.0.1 and
    /// that port; not offered unless set.
    void setPersistence(const QString& accountHashPrefix, quint16 dnsPort);
    /// Whether finalize is refused with 403 until somebody has approved, as EJBCA does it.
    void setAwaitsApproval(bool awaits);
    /// Answers in place of the CA, which then never sees the request; nothing: the CA answers. `payload` is what the
    /// request carries.
    using Refusal = std::function<std::optional<ServedAnswer>(Step step, const QJsonObject& payload)>;
    void setRefusal(Refusal refusal);
    /// Every authorization is valid from the beginning and has no challenge; unset at first.
    void setPreValidated(bool preValidated);
    /// The CA's clock, for expiry and certificates; the machine's unless set.
    void setNow(std::function<QDateTime()> now);
    void setCertificateLifetime(std::chrono::seconds lifetime);

    int requests(Step step) const;
    int connections() const;
    /// An account that somebody else made.
    void addAccount(const crypto::PublicKey& key);

    int accountsCreated() const;
    /// The thumbprints of the keys that its accounts have now, in order of creation (RFC 7638).
    QStringList accountThumbprints() const;
    /// How often keys were changed.
    int keysChanged() const;
    /// Credentials that were spent, each as often as it was.
    QStringList spentCredentials() const;
    int ordersCreated() const;
    int certificatesIssued() const;
    /// `replaces` of every newOrder with acceptable names, in order; empty where it had none.
    QStringList replaced() const;
    /// The identifiers that renewalInfo was asked about, in order.
    QStringList renewalInfoAsked() const;
    int badNoncesSent() const;
    int challengesAnswered() const;
    /// The status of the newest authorization of each name.
    QMap<QString, QString> authorizationStates() const;
    /// SubjectPublicKeyInfo of every CSR that was finalized, in order.
    QList<QByteArray> certificateKeys() const;
    /// URLs of the orders, in order of creation.
    QList<QUrl> orderUrls() const;
    /// Certificates that were revoked (DER) with their reasons.
    QList<QPair<QByteArray, int>> revocations() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace support
