// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>
#include <vector>

namespace ui {

/// What happened in one order as a tree: order, authorizations with their challenges, finalize, download.
///
/// Authorizations that failed come first and valid ones last. Exchanges are kept apart, in order.
class OrderProgressModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Step, State, Since, NextPoll, Words, ColumnCount };
    /// The state in ACME's words, as QString.
    static constexpr int StateRole = Qt::UserRole + 1;

    explicit OrderProgressModel(QObject* parent = nullptr);
    ~OrderProgressModel() override;

    /// Shows these events instead of any before.
    void reset(const QList<lifecycle::OrderEvent>& events);
    /// Takes in events that are newer than those known; others are passed over.
    void append(const QList<lifecycle::OrderEvent>& events);
    /// Counts down: tells views that the poll column changed in the top-level rows `first` to `last`.
    void tick(int first, int last);
    /// The moment that waits are counted from; for tests. The machine's clock where it is null.
    void setNow(const QDateTime& now) { m_now = now; }

    /// The last event of the node, or null for a node that only has children.
    const lifecycle::OrderEvent* event(const QModelIndex& index) const;
    /// The newest ones.
    const QList<lifecycle::OrderEvent>& exchanges() const { return m_exchanges; }
    /// All of them; exchanges without their texts.
    const QList<lifecycle::OrderEvent>& events() const { return m_events; }
    /// Of the newest event taken in.
    int lastSequence() const { return m_lastSequence; }
    /// What the node is about, for find(); stays the same while rows move.
    QString keyOf(const QModelIndex& index) const;
    QModelIndex find(const QString& key) const;
    /// How many names there are, and how many of them are proved.
    int nameCount() const { return m_names; }
    int provedCount() const { return m_proved; }
    /// Since when the authority has the order in its hands, and when it is looked at next; null unless it has.
    QDateTime processingSince() const;
    QDateTime nextLook() const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Events were taken in.
    void advanced();
    /// Rows were added or moved, so that a view has to decide again what is collapsed.
    void rearranged();

private:
    struct Node;
    Node* nodeOf(const QModelIndex& index) const;
    QModelIndex indexOf(const Node& node) const;
    void take(const lifecycle::OrderEvent& event);
    void keep(const lifecycle::OrderEvent& event);
    void endOpenSteps(const Node& parent, const QDateTime& at);
    Node* findNode(const lifecycle::OrderEvent& event) const;
    void addNodes(const QList<lifecycle::OrderEvent>& events);
    void addNodesBelowRoot(const QList<lifecycle::OrderEvent>& events);
    void addChallenge(const lifecycle::OrderEvent& event);
    void sort();
    void tellChanged(const QList<lifecycle::OrderEvent>& events);
    const lifecycle::OrderEvent* finalizeEvent() const;
    QString text(const Node& node, int column) const;
    QString pollText(const Node& node) const;
    QDateTime now() const;

    std::unique_ptr<Node> m_root;
    QHash<QString, Node*> m_nodes;
    int m_names = 0;
    int m_proved = 0;
    QList<lifecycle::OrderEvent> m_events;
    QList<lifecycle::OrderEvent> m_exchanges;
    int m_lastSequence = 0;
    QDateTime m_now;
};

} // namespace ui
