// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/vault.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace base {
class Error;
}

namespace ui {

class Banner;
class Form;

/// What stands before the screens while the vault is missing or locked.
class VaultGate : public QWidget {
    Q_OBJECT

public:
    explicit VaultGate(Workspace& workspace, QWidget* parent = nullptr);

    /// Opens the vault without a question where that is possible: with `passphrase` where one is given, else with the
    /// platform's keyring. Asks otherwise.
    void begin(lifecycle::SharedSecret passphrase);
    /// Asks, also where the keyring would open the vault: it has just been locked on purpose.
    void askAgain(const lifecycle::VaultStatus& status);

Q_SIGNALS:
    /// `newInKeyring`: the vault was created just now and only the keyring opens it.
    void opened(bool newInKeyring);
    /// A question has to be answered by the operator.
    void asking();

private:
    void decide(const lifecycle::VaultStatus& status, const lifecycle::SharedSecret& passphrase);
    void createInKeyring();
    void unlockFromKeyring(bool hasPassphrase);
    void ask(bool create);
    void offerWays(bool passphrase, bool keyring);
    void submit();
    bool acceptable();
    void answered(const base::Error* error);

    Workspace& m_workspace;
    Banner* m_banner;
    Form* m_form;
    QWidget* m_card;
    QLabel* m_title;
    QLabel* m_text;
    QLineEdit* m_passphrase;
    QLineEdit* m_repeat;
    QPushButton* m_submit;
    QPushButton* m_keyring;
    bool m_create = false;
};

} // namespace ui
