// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account_keys.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

class Banner;
class Form;
class WorkRow;

/// Gives an account a new key, or finishes that where its outcome is not known.
class KeyChangeForm : public QWidget {
    Q_OBJECT

public:
    explicit KeyChangeForm(Workspace& workspace, QWidget* parent = nullptr);
    void begin(const lifecycle::Account& account);
    /// Stops what runs; both keys are kept then.
    void abandon();

Q_SIGNALS:
    void done(const QString& words);
    void cancelled();

private:
    void submit();
    void giveUp();
    void tell(lifecycle::RolloverStep step);
    void failed(const base::Error& error);

    Workspace& m_workspace;
    QString m_accountId;
    QLabel* m_words;
    Form* m_form;
    Banner* m_banner;
    QComboBox* m_keyType;
    QPushButton* m_change;
    QPushButton* m_giveUp;
    WorkRow* m_work;
};

} // namespace ui
