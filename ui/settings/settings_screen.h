// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/screen.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class Banner;
class Facts;
class Form;
class SolversCard;

/// Vault, solvers, appearance, and where everything is kept.
class SettingsScreen : public Screen {
    Q_OBJECT

public:
    SettingsScreen(Workspace& workspace, const QString& dataFolder);

    void refresh() override;
    lifecycle::Changes interests() const override { return lifecycle::Change::Vault | lifecycle::Change::Solvers; }

private:
    QWidget* makeVaultCard();
    QWidget* makeLookCard();
    void addPassphrase();
    void changeLook();

    Banner* m_banner;
    Facts* m_vault;
    SolversCard* m_solvers;
    Form* m_form;
    QLineEdit* m_passphrase;
    QLineEdit* m_repeat;
    QComboBox* m_appearance;
};

} // namespace ui
