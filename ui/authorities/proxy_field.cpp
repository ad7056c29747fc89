// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/proxy_field.h"

#include "ui/common/passphrase_field.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

ProxyField::ProxyField(QWidget* parent)
    : QWidget(parent)
    , m_proxy(new QLineEdit)
    , m_login(new QWidget)
    , m_user(new QLineEdit)
    , m_password(makePassphraseField(u"authorityProxyPassword"_s))
{
    m_proxy->setObjectName(u"authorityProxy"_s);
    m_user->setObjectName(u"authorityProxyUser"_s);
    m_user->setAccessibleName(tr("User name at the proxy"));
    m_user->setPlaceholderText(tr("User name, where the proxy wants one"));
    m_password->setAccessibleName(tr("Password at the proxy"));
    auto* login = new QHBoxLayout(m_login);
    login->setContentsMargins(0, 0, 0, 0);
    login->addWidget(m_user);
    login->addWidget(m_password);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_proxy);
    layout->addWidget(m_login);
    connect(m_proxy, &QLineEdit::textChanged, this, &ProxyField::showLogin);
    connect(m_proxy, &QLineEdit::returnPressed, this, &ProxyField::returnPressed);
    for (QLineEdit* line : {m_proxy, m_user, m_password})
        connect(line, &QLineEdit::textEdited, this, &ProxyField::edited);
    clear();
}

void ProxyField::clear()
{
    m_proxy->setText(u"system"_s);
    m_user->clear();
    m_password->clear();
    m_password->setPlaceholderText(tr("Password, kept in the vault"));
    showLogin();
}

void ProxyField::setProxy(const lifecycle::Authority& authority)
{
    clear();
    m_proxy->setText(authority.proxy);
    if (!authority.proxyCredentials.isEmpty())
        m_password->setPlaceholderText(tr("The stored password stays"));
}

void ProxyField::showLogin()
{
    m_login->setVisible(m_proxy->text().contains(u"://"_s));
}

QString ProxyField::enter(lifecycle::AuthorityDetails& details) const
{
    details.proxy = m_proxy->text().trimmed();
    const bool hasUser = !m_user->text().isEmpty();
    if (m_login->isHidden() || (!hasUser && m_password->text().isEmpty()))
        return {};
    if (!hasUser)
        return tr("Enter the user name that belongs to the password.");
    details.proxyCredentials = secretOf(m_user->text() + u':' + m_password->text());
    return {};
}

void ProxyField::forgetPassword()
{
    m_password->clear();
}

} // namespace ui
