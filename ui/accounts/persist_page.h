// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/persist_record.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <functional>
#include <stop_token>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace base {
class Error;
}

namespace ui {

class Banner;
class Form;
class PersistRecordList;
class WorkRow;

/// The records that prove every order of an account by dns-persist-01: made for names, copied, looked for, put in place
/// once, watched, and taken out again.
class PersistPage : public QWidget {
    Q_OBJECT

public:
    explicit PersistPage(Workspace& workspace, QWidget* parent = nullptr);

    /// The page of an account; the record of `select` is selected where it is watched.
    void show(const lifecycle::Account& account, const QString& title, const QString& select = QString());
    /// Reads again what is watched, and the solvers.
    void refresh();

Q_SIGNALS:
    void closed();

private:
    using Records = QList<lifecycle::PersistRecord>;
    using Reply = std::function<void(base::Result<Records>)>;

    void makeForm();
    QWidget* makeActions();
    lifecycle::PersistWish entered() const;
    void make();
    void verify();
    void place();
    void watch();
    void forget();
    void confirmRemoval();
    void removeFromDns(const QStringList& ids, const QString& solverId);
    void copy();
    void take(const Records& records);
    void selectName(const QString& name);
    void showRecords();
    void showSelection();
    void allowActions();
    /// A reply to work that ends it: `then` is called with the records unless it failed or nobody waits any more.
    Reply ending(const std::stop_token& work, std::function<void(const Records&)> then);
    void showFailure(const base::Error& error);

    Workspace& m_workspace;
    lifecycle::Account m_account;
    Records m_made; ///< that are not watched
    Records m_watched; ///< of this account
    QString m_select; ///< whose record is selected once they are read
    QLabel* m_title;
    Form* m_form;
    QLineEdit* m_names;
    QLineEdit* m_until;
    QLineEdit* m_issuer;
    QCheckBox* m_wildcard;
    Banner* m_banner;
    PersistRecordList* m_list;
    QLabel* m_sentence; ///< of the record that is selected, whole
    QComboBox* m_solver;
    QPushButton* m_make;
    QPushButton* m_copy;
    QPushButton* m_verify;
    QPushButton* m_place;
    QPushButton* m_watch;
    QPushButton* m_forget;
    QPushButton* m_remove;
    WorkRow* m_work;
};

} // namespace ui
