// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"
#include "ui/common/following_table.h"

#include <QCoreApplication>
#include <QSortFilterProxyModel>

#include <optional>

namespace ui {

/// A credential, and what else its line depends on.
struct CredentialLine {
    lifecycle::EabCredential credential;
    QString authorityName;
    QString accountName;

    const QString& id() const { return credential.id; }
    friend bool operator==(const CredentialLine&, const CredentialLine&) = default;
};

/// The EAB credentials as a table.
class CredentialListModel : public FollowingTable<CredentialLine> {
    Q_DECLARE_TR_FUNCTIONS(ui::CredentialListModel)

public:
    enum Column { State, Authority, Kid, Owner, Host, Expires, UsedBy, When, ColumnCount };

    using FollowingTable::FollowingTable;

    void show(const AccountBook& book);
    const lifecycle::EabCredential& credential(int row) const { return item(row).credential; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    Cells cellsOf(const CredentialLine& line) const override;
    QVariant sortValue(const CredentialLine& line, int column) const override;
};

/// Those credentials that match words and a state.
class CredentialFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit CredentialFilter(CredentialListModel& model, QObject* parent = nullptr);

    void setWords(const QString& words);
    void setState(std::optional<lifecycle::EabCredential::State> state);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    CredentialListModel& m_model;
    QString m_words;
    std::optional<lifecycle::EabCredential::State> m_state;
};

} // namespace ui
