// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/key_type.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace lifecycle {

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
    QDateTime createdAt;
    QDateTime lastUsedAt;
};

QString accountStatusName(Account::Status status);
Account::Status accountStatusFromName(QStringView name);

/// An external account binding credential (RFC 8555 section 7.3.4). Its HMAC key is sealed in the operator ring.
struct EabCredential {
    enum class State {
        Unused,
        Reserved, ///< stored with a pending account; the outcome is not known yet
        Bound,
        Refused, ///< the authority rejected it
    };

    QString id;
    QString authorityId;
    QString kid;
    QString algorithm; ///< "HS256", "HS384" or "HS512"
    QString label;
    State state = State::Unused;
    QString accountId; ///< the account that used it
    QDateTime boundAt;
    QDateTime createdAt;
};

QString eabStateName(EabCredential::State state);
EabCredential::State eabStateFromName(QStringView name);

} // namespace lifecycle
