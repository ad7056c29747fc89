// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/account_book.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;

QString contactsText(const QStringList& uris)
{
    QStringList texts;
    for (const QString& uri : uris)
        texts += uri.startsWith(u"mailto:"_s) ? uri.mid(7) : uri;
    return texts.join(u", "_s);
}

QString nameOf(const lifecycle::Account& account)
{
    return account.contacts.isEmpty() ? account.url.fileName() : contactsText(account.contacts);
}

QString AccountBook::authorityName(const QString& id) const
{
    for (const lifecycle::Authority& authority : authorities)
        if (authority.id == id)
            return authority.name;
    return id;
}

QString AccountBook::accountName(const QString& id) const
{
    for (const lifecycle::Account& account : accounts)
        if (account.id == id)
            return nameOf(account);
    return QString();
}

QString AccountBook::credentialKid(const QString& id) const
{
    for (const lifecycle::EabCredential& credential : credentials)
        if (credential.id == id)
            return credential.kid;
    return id.isEmpty() ? QCoreApplication::translate("ui::AccountsPane", "None") : id;
}

} // namespace ui
