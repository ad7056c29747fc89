// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/external_account_binding.h"
#include "base/result.h"
#include "crypto/private_key.h"

#include <QJsonObject>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <optional>

namespace acme {

struct Exchange;

/// RFC 8555 section 7.1.6; Unknown for anything else, with the server's word kept beside it.
enum class AccountStatus { Valid, Deactivated, Revoked, Unknown };

/// An account as the CA knows it (RFC 8555 section 7.1.2).
struct Account {
    QUrl url; ///< from Location, else as the request was signed
    AccountStatus status = AccountStatus::Valid;
    QString statusText; ///< as sent; empty where the server left it out
    QStringList contacts; ///< some CAs never send them back
    bool termsOfServiceAgreed = false;
    QUrl orders; ///< empty where the server has no list of orders
    bool existed = false; ///< newAccount answered 200: the key had an account already, and this request made none

    /// Relative URLs are resolved against `requestUrl`. Protocol for one that is not https.
    static base::Result<Account> fromJson(const QJsonObject& json, const QUrl& requestUrl);
};

/// "valid" …, as ACME writes it; "unknown" for Unknown.
QString statusName(AccountStatus status);

/// What newAccount asks for (RFC 8555 section 7.3). Move-only: it may hold an HMAC key.
struct NewAccount {
    QStringList contacts = {}; ///< URIs: `mailto:pki@example.org`
    bool termsOfServiceAgreed = false;
    std::optional<ExternalAccountBinding> externalAccountBinding = {};
};

/// Who signs requests, and who wants to see them.
struct AccountContext {
    crypto::PrivateKey key;
    QUrl url = {}; ///< the account's URL, as `kid`; empty before the account is known (newAccount, findAccount)
    std::function<void(const Exchange&)> onExchange = {}; ///< called after every exchange, on the client's thread
    /// Where the account is read and changed, at a server that was renamed and goes on calling it by the URL of before;
    /// empty: at `url`.
    QUrl location = {};
};

} // namespace acme
