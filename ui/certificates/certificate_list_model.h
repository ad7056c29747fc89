// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/managed_certificate.h"

#include <QAbstractTableModel>

#include <functional>

namespace ui {

/// The certificates that match a query, fetched in pages as they are scrolled; what is shown is computed once a page.
class CertificateListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Names, Authority, LifeLeft, NotAfter, NextRenewal, Tags, ColumnCount };
    using Reply = std::function<void(base::Result<lifecycle::CertificatePage>)>;
    using Fetcher = std::function<void(lifecycle::CertificateQuery, QObject*, Reply)>;

    explicit CertificateListModel(Fetcher fetcher, QObject* parent = nullptr);

    void setFilter(const QString& filter);
    void setShowRetired(bool show);
    const QString& filter() const { return m_query.filter; }
    /// Reads again what is loaded, keeping the rows where they are as far as they still match.
    void reload();

    const lifecycle::CertificateRow& certificate(int row) const { return m_rows.at(row).value; }
    /// The row of a certificate, or -1 while it is not loaded.
    int rowOf(const QString& id) const;
    int matching() const { return m_matching; }
    int total() const { return m_total; }
    int hidden() const { return m_hidden; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    /// Sorts where the rows come from.
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void loaded();
    void failed(const base::Error& error);

private:
    struct Shown {
        lifecycle::CertificateRow value;
        QStringList texts;
        QStringList toolTips;
        double lifeLeft = -1; ///< negative where there is no lifetime
    };
    static Shown shown(const lifecycle::CertificateRow& row);
    void fetch(int offset, int limit);
    void take(int generation, int offset, base::Result<lifecycle::CertificatePage> page);
    void replaceRows(QList<Shown> rows);

    Fetcher m_fetcher;
    lifecycle::CertificateQuery m_query;
    QList<Shown> m_rows;
    int m_matching = 0;
    int m_total = 0;
    int m_hidden = 0;
    int m_generation = 0;
    bool m_fetching = false;
};

} // namespace ui
