// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_progress_model.h"

#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/error_text.h"
#include "ui/common/status.h"

#include <algorithm>
#include <array>

namespace ui {

using lifecycle::OrderEvent;
using Subject = OrderEvent::Subject;

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype exchangesKept = 60; // as many as the core keeps of a run

bool isNamed(Subject subject)
{
    return subject == Subject::Authorization || subject == Subject::Challenge;
}

OrderEvent authorizationOf(const OrderEvent& challenge)
{
    OrderEvent authorization;
    authorization.subject = Subject::Authorization;
    authorization.identifier = challenge.identifier;
    return authorization;
}

QString stepKey(Subject subject, const QString& identifier, const QString& challengeType)
{
    return QString::number(static_cast<int>(subject)) + u'/' + identifier + u'/' + challengeType;
}

QString keyOfEvent(const OrderEvent& event)
{
    const bool named = isNamed(event.subject);
    return stepKey(event.subject, named ? event.identifier : QString(),
                   event.subject == Subject::Challenge ? event.challengeType : QString());
}

bool endsEverything(const QString& state)
{
    return state == u"failed" || state == u"cancelled";
}

bool isOpen(const QString& state)
{
    const Severity severity = statusOfStep(state).severity;
    return severity == Severity::Working || state == u"retrying";
}

/// Failures first, then what asks for attention, then what works; what is done comes last.
int rankOfState(const QString& state)
{
    switch (statusOfStep(state).severity) {
    case Severity::Bad:
        return 0;
    case Severity::Attention:
        return 1;
    case Severity::Good:
        return 3;
    default:
        return 2;
    }
}

} // namespace

struct OrderProgressModel::Node {
    Subject subject = Subject::Order;
    QString identifier;
    QString shownName; ///< the identifier for reading
    QString challengeType;
    std::optional<OrderEvent> last;
    QDateTime since;
    Node* parent = nullptr;
    int row = 0; ///< among its siblings
    int rank = 0; ///< of its state; kept, since thousands are compared at a time
    std::vector<std::unique_ptr<Node>> children;

    QString state() const { return last ? last->state : QString(); }

    std::pair<int, int> sortKey() const { return {static_cast<int>(subject), rank}; }

    static bool comesBefore(const std::unique_ptr<Node>& left, const std::unique_ptr<Node>& right)
    {
        return left->sortKey() < right->sortKey();
    }

    void add(std::unique_ptr<Node> child)
    {
        child->parent = this;
        child->row = static_cast<int>(children.size());
        children.push_back(std::move(child));
    }

    void sortChildren()
    {
        std::stable_sort(children.begin(), children.end(), comesBefore);
        for (std::size_t at = 0; at < children.size(); ++at)
            children[at]->row = static_cast<int>(at);
    }
};

namespace {

QString stepText(Subject subject, const QString& identifier, const QString& challengeType)
{
    switch (subject) {
    case Subject::Order:
        return OrderProgressModel::tr("Order");
    case Subject::Authorization:
        return identifier;
    case Subject::Challenge:
        return OrderProgressModel::tr("Challenge %1").arg(challengeType);
    case Subject::Finalize:
        return OrderProgressModel::tr("Finalize");
    case Subject::Download:
        return OrderProgressModel::tr("Download");
    case Subject::Exchange:
        break;
    }
    return QString();
}

QString wordsOf(const OrderEvent& event)
{
    return event.error ? explain(*event.error).sentence() : event.detail;
}

} // namespace

OrderProgressModel::OrderProgressModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

OrderProgressModel::~OrderProgressModel() = default;

void OrderProgressModel::reset(const QList<OrderEvent>& events)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_nodes.clear();
    m_events.clear();
    m_exchanges.clear();
    m_lastSequence = m_names = m_proved = 0;
    endResetModel();
    append(events);
    Q_EMIT rearranged();
}

void OrderProgressModel::append(const QList<OrderEvent>& events)
{
    QList<OrderEvent> steps;
    const int known = m_lastSequence;
    for (const OrderEvent& event : events) {
        if (event.sequence <= m_lastSequence)
            continue;
        keep(event);
        if (event.subject != Subject::Exchange)
            steps += event;
    }
    if (m_lastSequence == known)
        return;
    const auto before = m_nodes.size();
    addNodes(steps);
    for (const OrderEvent& event : std::as_const(steps))
        take(event);
    const bool sorted = std::is_sorted(m_root->children.begin(), m_root->children.end(), Node::comesBefore);
    if (!sorted)
        sort();
    tellChanged(steps);
    if (!sorted || m_nodes.size() > before)
        Q_EMIT rearranged();
    Q_EMIT advanced();
}

void OrderProgressModel::keep(const OrderEvent& event)
{
    m_lastSequence = event.sequence;
    m_events += event;
    if (event.subject != Subject::Exchange)
        return;
    m_events.last().exchange = {}; // an order of thousands of names would keep thousands of these texts
    m_exchanges += event;
    if (m_exchanges.size() > exchangesKept)
        m_exchanges.removeFirst();
}

void OrderProgressModel::addNodes(const QList<OrderEvent>& events)
{
    addNodesBelowRoot(events);
    for (const OrderEvent& event : events)
        if (event.subject == Subject::Challenge && !findNode(event))
            addChallenge(event);
}

// One insertion for all of them: an order may have thousands of names.
void OrderProgressModel::addNodesBelowRoot(const QList<OrderEvent>& events)
{
    std::vector<std::unique_ptr<Node>> added;
    for (const OrderEvent& event : events) {
        const OrderEvent top = event.subject == Subject::Challenge ? authorizationOf(event) : event;
        if (findNode(top))
            continue;
        auto node = std::make_unique<Node>();
        node->subject = top.subject;
        node->identifier = isNamed(top.subject) ? top.identifier : QString();
        node->shownName = nameText(node->identifier);
        node->rank = top.subject == Subject::Authorization ? rankOfState(QString()) : 0;
        m_names += top.subject == Subject::Authorization ? 1 : 0;
        m_nodes.insert(keyOfEvent(top), node.get());
        added.push_back(std::move(node));
    }
    if (added.empty())
        return;
    const auto first = static_cast<int>(m_root->children.size());
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (auto& node : added)
        m_root->add(std::move(node));
    endInsertRows();
}

void OrderProgressModel::addChallenge(const OrderEvent& event)
{
    Node* above = findNode(authorizationOf(event));
    auto node = std::make_unique<Node>();
    node->subject = event.subject;
    node->identifier = event.identifier;
    node->challengeType = event.challengeType;
    const auto row = static_cast<int>(above->children.size());
    beginInsertRows(indexOf(*above), row, row);
    m_nodes.insert(keyOfEvent(event), node.get());
    above->add(std::move(node));
    endInsertRows();
}

void OrderProgressModel::take(const OrderEvent& event)
{
    Node* node = findNode(event);
    const bool named = node->subject == Subject::Authorization;
    if (node->state() != event.state)
        node->since = event.at;
    if (named && node->state() != event.state)
        m_proved += (event.state == u"valid" ? 1 : 0) - (node->state() == u"valid" ? 1 : 0);
    if (named)
        node->rank = rankOfState(event.state);
    OrderEvent merged = event;
    if (node->last && merged.token.isEmpty()) {
        merged.token = node->last->token;
        merged.expectedAt = node->last->expectedAt;
        merged.expectedValue = node->last->expectedValue;
    }
    node->last = std::move(merged);
    if (event.subject == Subject::Order && endsEverything(event.state))
        endOpenSteps(*m_root, event.at);
}

void OrderProgressModel::endOpenSteps(const Node& parent, const QDateTime& at)
{
    for (const auto& node : parent.children) {
        if (node->subject != Subject::Order && node->last && isOpen(node->last->state)) {
            node->last->state = u"ended"_s;
            node->last->nextPollAt = {};
            node->since = at;
            node->rank = node->subject == Subject::Authorization ? rankOfState(u"ended"_s) : 0;
        }
        endOpenSteps(*node, at);
    }
}

OrderProgressModel::Node* OrderProgressModel::findNode(const OrderEvent& event) const
{
    return m_nodes.value(keyOfEvent(event));
}

QString OrderProgressModel::keyOf(const QModelIndex& index) const
{
    const Node* node = nodeOf(index);
    if (node == m_root.get())
        return QString();
    return stepKey(node->subject, node->identifier, node->challengeType);
}

QModelIndex OrderProgressModel::find(const QString& key) const
{
    const Node* node = m_nodes.value(key);
    return node ? indexOf(*node) : QModelIndex();
}

void OrderProgressModel::sort()
{
    Q_EMIT layoutAboutToBeChanged();
    m_root->sortChildren();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& index : before)
        after += createIndex(nodeOf(index)->row, index.column(), index.internalPointer());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void OrderProgressModel::tellChanged(const QList<OrderEvent>& events)
{
    if (events.isEmpty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    for (const OrderEvent& event : events) {
        if (event.subject != Subject::Challenge)
            continue;
        const Node& node = *findNode(event);
        Q_EMIT dataChanged(indexOf(node), createIndex(node.row, ColumnCount - 1, &node));
    }
}

const OrderEvent* OrderProgressModel::finalizeEvent() const
{
    const Node* node = m_nodes.value(stepKey(Subject::Finalize, QString(), QString()));
    const bool waits = node && node->last && node->last->nextPollAt.isValid() && node->state() != u"valid";
    return waits ? &*node->last : nullptr;
}

QDateTime OrderProgressModel::processingSince() const
{
    return finalizeEvent() ? m_nodes.value(stepKey(Subject::Finalize, QString(), QString()))->since : QDateTime();
}

QDateTime OrderProgressModel::nextLook() const
{
    return finalizeEvent() ? finalizeEvent()->nextPollAt : QDateTime();
}

void OrderProgressModel::tick(int first, int last)
{
    const int bottom = std::min(last, rowCount() - 1);
    for (int row = std::max(0, first); row <= bottom; ++row) {
        const QModelIndex top = index(row, NextPoll);
        Q_EMIT dataChanged(top, top, {Qt::DisplayRole});
        const QModelIndex node = index(row, 0);
        if (const int children = rowCount(node))
            Q_EMIT dataChanged(index(0, NextPoll, node), index(children - 1, NextPoll, node), {Qt::DisplayRole});
    }
}

const OrderEvent* OrderProgressModel::event(const QModelIndex& index) const
{
    const Node* node = nodeOf(index);
    return node->last ? &*node->last : nullptr;
}

OrderProgressModel::Node* OrderProgressModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex OrderProgressModel::indexOf(const Node& node) const
{
    return createIndex(node.row, 0, &node);
}

QModelIndex OrderProgressModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children.at(static_cast<std::size_t>(row)).get());
}

QModelIndex OrderProgressModel::parent(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    Node* above = nodeOf(index)->parent;
    return above == m_root.get() ? QModelIndex() : indexOf(*above);
}

int OrderProgressModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int OrderProgressModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QDateTime OrderProgressModel::now() const
{
    return m_now.isValid() ? m_now : QDateTime::currentDateTimeUtc();
}

QString OrderProgressModel::pollText(const Node& node) const
{
    if (!node.last || !node.last->nextPollAt.isValid())
        return QString();
    const qint64 seconds = std::max<qint64>(0, now().secsTo(node.last->nextPollAt));
    return seconds == 0 ? tr("now") : tr("in %1 s").arg(seconds);
}

QString OrderProgressModel::text(const Node& node, int column) const
{
    switch (column) {
    case Step:
        return stepText(node.subject, node.shownName, node.challengeType);
    case State:
        return node.last ? statusOfStep(node.last->state).word : QString();
    case Since:
        return node.since.isValid() ? node.since.toLocalTime().toString(u"HH:mm:ss"_s) : QString();
    case NextPoll:
        return pollText(node);
    default:
        return node.last ? wordsOf(*node.last) : QString();
    }
}

QVariant OrderProgressModel::data(const QModelIndex& index, int role) const
{
    const Node& node = *nodeOf(index);
    if (role == Qt::DisplayRole)
        return text(node, index.column()).simplified();
    if (role == StateRole)
        return node.state();
    if (role == Qt::DecorationRole && index.column() == State && node.last)
        return statusOfStep(node.last->state).icon();
    if (role == Qt::ToolTipRole)
        return index.column() == Since ? utcTime(node.since) : text(node, index.column());
    return {};
}

QVariant OrderProgressModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array titles {tr("Step"), tr("State"), tr("Since"), tr("Next poll"), tr("The CA's words")};
    return titles.at(static_cast<std::size_t>(section));
}

} // namespace ui
