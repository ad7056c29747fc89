// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/following_table.h"

#include <QCoreApplication>
#include <QSortFilterProxyModel>

namespace ui {

/// An account, and what else its line depends on.
struct AccountLine {
    lifecycle::Account account;
    QString authorityName;
    bool termsChanged = false;

    const QString& id() const { return account.id; }
    friend bool operator==(const AccountLine&, const AccountLine&) = default;
};

/// The accounts as a table.
class AccountListModel : public FollowingTable<AccountLine> {
    Q_DECLARE_TR_FUNCTIONS(ui::AccountListModel)

public:
    enum Column { State, Authority, Contact, Key, Certificates, LastUsed, ColumnCount };

    using FollowingTable::FollowingTable;

    void show(const AccountBook& book);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    Cells cellsOf(const AccountLine& line) const override;
    QVariant sortValue(const AccountLine& line, int column) const override;
};

/// Those accounts that match words.
class AccountFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit AccountFilter(AccountListModel& model, QObject* parent = nullptr);

    void setWords(const QString& words);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    AccountListModel& m_model;
    QString m_words;
};

} // namespace ui
