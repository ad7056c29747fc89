// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lifecycle/event.h"

#include <QAbstractTableModel>

#include <functional>

namespace ui {

/// The event log, newest first, fetched page by page as it is scrolled.
class EventListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Who, Origin, Action, Object, Outcome, Why, ColumnCount };
    using Reply = std::function<void(base::Result<QList<lifecycle::Event>>)>;
    /// Fetches one page and calls back on this thread.
    using Fetcher = std::function<void(lifecycle::EventQuery, QObject*, Reply)>;

    explicit EventListModel(Fetcher fetcher, QObject* parent = nullptr);

    void setFilter(const QString& filter);
    /// Reads from the first page on again.
    void reload();
    const lifecycle::Event& event(int row) const { return m_events.at(row); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void loaded();
    void failed(const base::Error& error);

private:
    void fetch(int offset);
    void take(int generation, int offset, base::Result<QList<lifecycle::Event>> page);
    QString text(const lifecycle::Event& event, int column) const;

    Fetcher m_fetcher;
    QString m_filter;
    QList<lifecycle::Event> m_events;
    int m_generation = 0;
    bool m_fetching = false;
    bool m_more = false;
};

/// The action in words: "certificate.issue" → "Issue certificate"; the action itself where we have no words.
QString actionText(const QString& action);

} // namespace ui
