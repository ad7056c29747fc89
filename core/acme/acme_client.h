// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/account.h"
#include "acme/authorization.h"
#include "acme/directory.h"
#include "acme/exchange.h"
#include "acme/order.h"
#include "acme/renewal_info.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"

#include <memory>
#include <stop_token>

namespace http {
class HttpClient;
}

namespace acme {

/// A certificate chain as downloaded (RFC 8555 section 7.4.2).
struct CertificateDownload {
    QByteArray pem; ///< leaf first
    QList<QUrl> alternates; ///< other chains for the same certificate
};

/// The requests of RFC 8555 and RFC 9773 to one CA, one method each, without policy: nothing here waits for a status.
///
/// What is repeated here, and what never is:
/// - Reads (GET, HEAD, POST-as-GET) repeat themselves up to three times after a network error or a 5xx reply.
/// - Every signed request but the four below is repeated after badNonce, with the nonce of the badNonce reply, until
///   `stop` or twenty times and two minutes have passed, whichever is later.
/// - newOrder(), finalize(), respond() and keyChange() are sent once. A POST may have been delivered twice, so that a
/// badNonce can hide
///   a success: they return it (isBadNonce()), and the caller reads the object again before it asks again. The next
///   call uses the nonce of that reply.
/// - A POST that changes something and got no answer returns Network or Timeout: whether it arrived is unknown.
///
/// Errors say the step ("creating order: …"), carry the server's problem document, and `retryAt` where the reply had
/// Retry-After. A reply that is no JSON is Protocol with its status and first words.
/// Lives on one thread and outlives the tasks it hands out; `http` and `clock` outlive it. Calls may overlap.
class AcmeClient {
public:
    AcmeClient(http::HttpClient& http, base::Clock& clock, QUrl directoryUrl);
    ~AcmeClient();
    AcmeClient(const AcmeClient&) = delete;
    AcmeClient& operator=(const AcmeClient&) = delete;

    const QUrl& directoryUrl() const;

    /// The directory, read once. InvalidInput about `directoryUrl` where that URL is not https or has no directory.
    base::Task<base::Result<Directory>> directory(std::stop_token stop);
    /// Reads the directory again; the old one stays where that fails.
    base::Task<base::Result<Directory>> refreshDirectory(std::stop_token stop);

    /// Section 7.3. Where the key has an account already, that one (`existed`).
    base::Task<base::Result<Account>> newAccount(AccountContext context, NewAccount request, std::stop_token stop);
    /// Section 7.3.1: the account of a key, without making one. Rejected with accountDoesNotExist where there is none.
    base::Task<base::Result<Account>> findAccount(AccountContext context, std::stop_token stop);
    base::Task<base::Result<Account>> account(AccountContext context, std::stop_token stop);
    /// Section 7.3.2.
    base::Task<base::Result<Account>> updateContacts(AccountContext context, QStringList contacts,
                                                     std::stop_token stop);
    /// Section 7.3.5: from now on the account has `newKey` instead of the one that signs here. Sent once: after any
    /// failure but Unsupported, findAccount() with each key tells which one the server has. Unsupported where the
    /// directory has no keyChange, and where it has one that answers "not implemented".
    base::Task<base::Result<void>> keyChange(AccountContext context, crypto::PrivateKey newKey, std::stop_token stop);
    /// Section 7.3.3: agrees to the terms that the directory names now.
    base::Task<base::Result<Account>> agreeToTerms(AccountContext context, std::stop_token stop);
    /// Section 7.3.6. Cannot be undone.
    base::Task<base::Result<Account>> deactivateAccount(AccountContext context, std::stop_token stop);

    /// Section 7.4. Sent once. Protocol where the reply has no Location, since the order cannot be found again then.
    /// Where only the body cannot be read, an order with its URL and the status Unknown: read it.
    base::Task<base::Result<Order>> newOrder(AccountContext context, NewOrder request, std::stop_token stop);
    base::Task<base::Result<Order>> order(AccountContext context, QUrl url, std::stop_token stop);
    /// One page of the account's orders; Account::orders is the first one's URL. Also the bare array that step-ca
    /// sends.
    base::Task<base::Result<OrderList>> orders(AccountContext context, QUrl url, std::stop_token stop);
    /// Section 7.5. Its challenges are inside.
    base::Task<base::Result<Authorization>> authorization(AccountContext context, QUrl url, std::stop_token stop);
    /// Section 7.4.1: an authorization before there is an order, the one that is there already where the CA has it.
    /// Unsupported where the directory has no newAuthz. There is none for a wildcard.
    base::Task<base::Result<Authorization>> newAuthorization(AccountContext context, base::Identifier identifier,
                                                             std::stop_token stop);
    /// Section 7.5.2: gives the authorization up; orders that need it become invalid.
    base::Task<base::Result<Authorization>> deactivateAuthorization(AccountContext context, QUrl url,
                                                                    std::stop_token stop);
    /// Section 7.5.1: tells the CA to validate now. Sent once.
    base::Task<base::Result<Challenge>> respond(AccountContext context, QUrl challengeUrl, std::stop_token stop);
    /// Section 7.4. Sent once. `Order::url` is empty where the reply has no Location. A problem orderNotReady means:
    /// read the order again, it may be processing or valid already.
    base::Task<base::Result<Order>> finalize(AccountContext context, QUrl finalizeUrl, QByteArray csrDer,
                                             std::stop_token stop);
    /// Section 7.4.2. Protocol where the reply holds no certificate.
    base::Task<base::Result<CertificateDownload>> downloadChain(AccountContext context, QUrl url, std::stop_token stop);

    /// Section 7.6, with a reason code of RFC 5280 section 5.3.1. Success also where it was revoked already.
    base::Task<base::Result<void>> revoke(AccountContext context, QByteArray certificateDer, int reason,
                                          std::stop_token stop);
    /// The same, signed by the certificate's own key. The exchange is not reported to anybody where `onExchange` is
    /// empty.
    base::Task<base::Result<void>> revokeWithCertificateKey(crypto::PrivateKey key, QByteArray certificateDer,
                                                            int reason, std::function<void(const Exchange&)> onExchange,
                                                            std::stop_token stop);

    /// RFC 9773 section 4, by renewalIdentifier(). Unsigned. Unsupported where the directory has no renewalInfo;
    /// Protocol for a window that is none.
    base::Task<base::Result<RenewalInfo>> renewalInfo(QString certificateIdentifier, std::stop_token stop);

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

/// Whether the server refused the nonce, so that the request may be made again after reading the object it is about.
bool isBadNonce(const base::Error& error);

} // namespace acme
