// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_form.h"

class QLineEdit;

namespace ui {

/// Changes the contacts of an account at the authority.
class ContactsForm : public AccountForm {
    Q_OBJECT

public:
    explicit ContactsForm(Workspace& workspace, QWidget* parent = nullptr);
    void begin(const lifecycle::Account& account) override;

private:
    void submit();

    QLineEdit* m_contacts;
};

} // namespace ui
