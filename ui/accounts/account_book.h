// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/authority.h"

namespace ui {

/// What the accounts screen shows, read together so that names can be put for ids.
struct AccountBook {
    QList<lifecycle::Authority> authorities;
    QList<lifecycle::Account> accounts;
    QList<lifecycle::EabCredential> credentials;

    QString authorityName(const QString& id) const;
    /// nameOf() the account; empty where there is no such account.
    QString accountName(const QString& id) const;
    /// “None” for an account that was registered without one.
    QString credentialKid(const QString& id) const;
};

/// The contacts of an account, else the end of its URL.
QString nameOf(const lifecycle::Account& account);
/// Contacts as people write them: “mailto:” left out, with commas between.
QString contactsText(const QStringList& uris);

} // namespace ui
