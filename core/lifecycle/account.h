// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "crypto/key_type.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace lifecycle {

/// A change of an account's key (RFC 8555 section 7.3.5) of which it is not known whether the authority carried it out.
/// The old and the new key are both in the vault until it is.
struct KeyRollover {
    crypto::KeyType keyType = crypto::KeyType::EcP256;
    QString keyThumbprint; ///< of the new key
    QDateTime startedAt;

    friend bool operator==(const KeyRollover&, const KeyRollover&) = default;
};

/// An ACME account as we know it. Its private key is sealed in the vault's renewal ring.
struct Account {
    enum class Status {
        Pending, ///< key stored, the authority has not confirmed yet; registering again resumes
        Valid,
        Deactivated,
        Revoked,
    };

    QString id; ///< stable and random
    QString authorityId;
    QStringList contacts; ///< URIs: "mailto:…"
    crypto::KeyType keyType = crypto::KeyType::EcP256;
    QString keyThumbprint; ///< RFC 7638
    QUrl url; ///< the `kid`; empty while pending
    Status status = Status::Pending;
    QString eabCredentialId; ///< the credential it was bound with, if any
    bool termsAgreed = false;
    QUrl termsUrl; ///< the terms that were agreed to, as the directory named them then
    QDateTime termsAgreedAt;
    QDateTime createdAt;
    QDateTime lastUsedAt;
    std::optional<KeyRollover> rollover; ///< unfinished; stored by AccountRepository::insertRollover() alone
    std::optional<base::Error> refusal; ///< what the authority refused last; stored by noteRefusal() alone
    QDateTime refusedAt;
    int certificates = 0; ///< managed certificates that renew with it; counted when read

    /// Whether every word of `filter` occurs in some field, without regard to case.
    bool matches(const QString& filter, const QString& authorityName) const;

    friend bool operator==(const Account&, const Account&) = default;
};

/// An account after its authority was renamed.
struct MovedAccount {
    Account account;
    QByteArray sealedKey; ///< of a new key, which its thumbprint is of; empty where it keeps the one that it has
};

/// What ends with an account when it is deactivated.
struct AccountDependents {
    QStringList certificates; ///< the names of managed certificates that renew with it, the first hundred
    int certificateCount = 0;
    QStringList unfinishedOrders; ///< their ids
    QStringList hosts; ///< the names of hosts that are to use it
};

QString accountStatusName(Account::Status status);
Account::Status accountStatusFromName(QStringView name);

/// An external account binding credential (RFC 8555 section 7.3.4). Its HMAC key is sealed in the operator ring.
struct EabCredential {
    enum class State {
        Unused,
        Reserved, ///< for a pending account: the reply was lost, or the authority asks to wait
        Bound,
        Spent, ///< used, and not by an account that is known here
        Refused, ///< the authority did not accept it
        Expired, ///< unused until its expiry; never stored, see stateAt()
    };

    QString id;
    QString authorityId;
    QString kid;
    QString algorithm; ///< "HS256", "HS384" or "HS512"
    QString label;
    QString owner; ///< who answers for it
    QString host; ///< the machine of the inventory that it was made for, by name
    QStringList contacts; ///< URIs for the account that is to use it; empty: as asked for then
    State state = State::Unused;
    QString accountId; ///< the account that used it
    QString refusal; ///< what the authority said when it refused a registration with it
    QDateTime expiresAt; ///< the last moment at which the authority takes it, UTC; null: not known
    QDateTime boundAt;
    QDateTime createdAt;

    /// The state with the expiry taken into account.
    State stateAt(const QDateTime& now) const;
    /// Whether a registration may still be tried with it.
    bool isUsableAt(const QDateTime& now) const;
    /// Whether every word of `filter` occurs in some field, without regard to case.
    bool matches(const QString& filter, const QString& authorityName) const;

    friend bool operator==(const EabCredential&, const EabCredential&) = default;
};

QString eabStateName(EabCredential::State state);
EabCredential::State eabStateFromName(QStringView name);
/// Every state, as an operator meets them.
QList<EabCredential::State> allEabStates();

} // namespace lifecycle
