// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/accounts/account_book.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QSortFilterProxyModel>

#include <optional>

namespace ui {

/// The EAB credentials as a table. Texts and icons are made when the inventory arrives, not while it is painted.
class CredentialListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Authority, Kid, Owner, Host, Expires, UsedBy, When, ColumnCount };
    /// What a column is sorted by.
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void take(const AccountBook& book);
    const lifecycle::EabCredential& credential(int row) const { return m_rows.at(row).credential; }
    const QString& authorityName(int row) const { return m_rows.at(row).texts.at(Authority); }
    const QString& accountName(int row) const { return m_rows.at(row).texts.at(UsedBy); }
    /// The row of a credential, or -1.
    int rowOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Shown {
        lifecycle::EabCredential credential;
        QStringList texts;
        QStringList toolTips;
        QIcon icon;
    };
    static Shown shown(const lifecycle::EabCredential& credential, const AccountBook& book,
                       const QHash<QString, QString>& accountNames);

    QList<Shown> m_rows;
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
