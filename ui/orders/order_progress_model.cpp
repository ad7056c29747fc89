// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_progress_model.h"

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
    QString challengeType;
    std::optional<OrderEvent> last;
    QDateTime since;
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;

    int row() const
    {
        const auto& siblings = parent->children;
        const auto found =
            std::find_if(siblings.begin(), siblings.end(), [this](const auto& node) { return node.get() == this; });
        return static_cast<int>(found - siblings.begin());
    }

    QString state() const { return last ? last->state : QString(); }

    bool isAbout(const OrderEvent& event) const
    {
        if (subject != event.subject)
            return false;
        return !isNamed(subject) || (identifier == event.identifier && challengeType == event.challengeType);
    }

    std::pair<int, int> sortKey() const
    {
        return {static_cast<int>(subject), subject == Subject::Authorization ? rankOfState(state()) : 0};
    }

    static bool comesBefore(const std::unique_ptr<Node>& left, const std::unique_ptr<Node>& right)
    {
        return left->sortKey() < right->sortKey();
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
    m_events.clear();
    m_exchanges.clear();
    m_lastSequence = 0;
    for (const OrderEvent& event : events)
        take(event);
    sortAuthorizations();
    endResetModel();
    Q_EMIT rearranged();
}

void OrderProgressModel::append(const QList<OrderEvent>& events)
{
    QList<OrderEvent> news;
    std::copy_if(events.begin(), events.end(), std::back_inserter(news),
                 [this](const OrderEvent& event) { return event.sequence > m_lastSequence; });
    if (news.isEmpty())
        return;
    const bool grows = std::any_of(news.begin(), news.end(), [this](const OrderEvent& event) {
        return event.subject != Subject::Exchange && !findNode(event);
    });
    if (grows)
        beginResetModel();
    for (const OrderEvent& event : news)
        take(event);
    if (!grows && isSorted())
        return tellChanged(m_root.get());
    if (!grows)
        beginResetModel();
    sortAuthorizations();
    endResetModel();
    Q_EMIT rearranged();
}

void OrderProgressModel::tellChanged(const Node* parent)
{
    const auto count = static_cast<int>(parent->children.size());
    if (count == 0)
        return;
    const QModelIndex above = parent == m_root.get() ? QModelIndex() : createIndex(parent->row(), 0, parent);
    Q_EMIT dataChanged(index(0, 0, above), index(count - 1, ColumnCount - 1, above));
    for (const auto& child : parent->children)
        tellChanged(child.get());
}

void OrderProgressModel::take(const OrderEvent& event)
{
    if (event.sequence <= m_lastSequence)
        return;
    m_lastSequence = event.sequence;
    m_events += event;
    if (event.subject == Subject::Exchange) {
        m_exchanges += event;
        return;
    }
    Node* node = nodeFor(event);
    if (node->state() != event.state)
        node->since = event.at;
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
        }
        endOpenSteps(*node, at);
    }
}

OrderProgressModel::Node* OrderProgressModel::findNode(const OrderEvent& event) const
{
    const Node* parent = m_root.get();
    if (event.subject == Subject::Challenge)
        parent = findNode(authorizationOf(event));
    if (!parent)
        return nullptr;
    for (const auto& child : parent->children)
        if (child->isAbout(event))
            return child.get();
    return nullptr;
}

OrderProgressModel::Node* OrderProgressModel::nodeFor(const OrderEvent& event)
{
    if (Node* known = findNode(event))
        return known;
    auto node = std::make_unique<Node>();
    node->subject = event.subject;
    node->identifier = isNamed(event.subject) ? event.identifier : QString();
    node->challengeType = event.challengeType;
    node->parent = event.subject == Subject::Challenge ? nodeFor(authorizationOf(event)) : m_root.get();
    return node->parent->children.emplace_back(std::move(node)).get();
}

bool OrderProgressModel::isSorted() const
{
    return std::is_sorted(m_root->children.begin(), m_root->children.end(), Node::comesBefore);
}

void OrderProgressModel::sortAuthorizations()
{
    std::stable_sort(m_root->children.begin(), m_root->children.end(), Node::comesBefore);
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
    return above == m_root.get() ? QModelIndex() : createIndex(above->row(), 0, above);
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
        return stepText(node.subject, node.identifier, node.challengeType);
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
