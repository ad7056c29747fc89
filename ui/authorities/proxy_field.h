// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authorities.h"

#include <QWidget>

class QLineEdit;

namespace ui {

/// The proxy that leads to an authority and, where it has a URL, a user name and a password for it.
class ProxyField : public QWidget {
    Q_OBJECT

public:
    explicit ProxyField(QWidget* parent = nullptr);

    /// As for a new authority.
    void clear();
    void setProxy(const lifecycle::Authority& authority);
    /// Puts what was entered into `details`. The sentence that says what is missing, else empty.
    QString enter(lifecycle::AuthorityDetails& details) const;
    void forgetPassword();

Q_SIGNALS:
    void edited();
    void returnPressed();

private:
    void showLogin();

    QLineEdit* m_proxy;
    QWidget* m_login;
    QLineEdit* m_user;
    QLineEdit* m_password;
};

} // namespace ui
