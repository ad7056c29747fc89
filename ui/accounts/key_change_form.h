// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account_keys.h"
#include "ui/accounts/account_form.h"

class QComboBox;
class QLabel;

namespace ui {

/// Gives an account a new key, or finishes that where its outcome is not known. Both keys are kept where it is stopped.
class KeyChangeForm : public AccountForm {
    Q_OBJECT

public:
    explicit KeyChangeForm(Workspace& workspace, QWidget* parent = nullptr);
    void begin(const lifecycle::Account& account) override;

private:
    void submit();
    void giveUp();
    void tell(lifecycle::RolloverStep step);
    void failed(const base::Error& error);

    QLabel* m_words;
    QComboBox* m_keyType;
    QPushButton* m_change;
    QPushButton* m_giveUp;
};

} // namespace ui
