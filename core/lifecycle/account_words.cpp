// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/account_words.h"

#include "acme/server_traits.h"

#include <QUrl>

namespace lifecycle {

using namespace Qt::StringLiterals;

base::Result<QStringList> parseContacts(const QStringList& contacts)
{
    QStringList uris;
    for (const QString& contact : contacts) {
        const QString text = contact.trimmed();
        if (text.isEmpty())
            continue;
        const bool bareAddress = text.contains(u'@') && !text.contains(u':');
        const QUrl uri(bareAddress ? u"mailto:"_s + text : text, QUrl::StrictMode);
        if (!uri.isValid() || uri.scheme().isEmpty())
            return base::invalid(u"contacts"_s, u"“%1” is neither a mail address nor a URI"_s.arg(text));
        uris.append(uri.toString(QUrl::FullyEncoded));
    }
    return uris;
}

bool keepsContacts(const Authority& authority)
{
    return acme::traitsOf(authority.meta.kind).keepsContacts;
}

Account::Status accountStatusOf(acme::AccountStatus status)
{
    switch (status) {
    case acme::AccountStatus::Deactivated:
        return Account::Status::Deactivated;
    case acme::AccountStatus::Revoked:
        return Account::Status::Revoked;
    case acme::AccountStatus::Valid:
    case acme::AccountStatus::Unknown:
        break;
    }
    return Account::Status::Valid;
}

QUrl changedTerms(const Account& account, const Authority& authority)
{
    const QUrl& terms = authority.meta.termsOfService;
    return account.termsUrl.isEmpty() || account.termsUrl == terms ? QUrl() : terms;
}

QString accountTitle(const Account& account)
{
    return account.contacts.isEmpty() ? account.keyThumbprint.left(12) : account.contacts.join(u", "_s);
}

} // namespace lifecycle
