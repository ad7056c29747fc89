// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/event_list_model.h"

#include "ui/common/date_text.h"
#include "ui/common/status.h"

#include <QCoreApplication>

#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int pageSize = 200;

struct ActionWord {
    const char16_t* action;
    const char* words;
};

constexpr std::array actionWords {
    ActionWord {u"authority.add", QT_TRANSLATE_NOOP("ui::EventListModel", "Add authority")},
    ActionWord {u"authority.update", QT_TRANSLATE_NOOP("ui::EventListModel", "Change authority")},
    ActionWord {u"authority.refresh", QT_TRANSLATE_NOOP("ui::EventListModel", "Check authority")},
    ActionWord {u"authority.remove", QT_TRANSLATE_NOOP("ui::EventListModel", "Remove authority")},
    ActionWord {u"account.register", QT_TRANSLATE_NOOP("ui::EventListModel", "Register account")},
    ActionWord {u"eab.add", QT_TRANSLATE_NOOP("ui::EventListModel", "Add EAB credential")},
    ActionWord {u"eab.remove", QT_TRANSLATE_NOOP("ui::EventListModel", "Remove EAB credential")},
    ActionWord {u"order.place", QT_TRANSLATE_NOOP("ui::EventListModel", "Place order")},
    ActionWord {u"order.resume", QT_TRANSLATE_NOOP("ui::EventListModel", "Resume order")},
    ActionWord {u"order.cancel", QT_TRANSLATE_NOOP("ui::EventListModel", "Cancel order")},
    ActionWord {u"certificate.issue", QT_TRANSLATE_NOOP("ui::EventListModel", "Issue certificate")},
    ActionWord {u"certificate.renew", QT_TRANSLATE_NOOP("ui::EventListModel", "Renew certificate")},
    ActionWord {u"certificate.export", QT_TRANSLATE_NOOP("ui::EventListModel", "Export certificate")},
    ActionWord {u"certificate.revoke", QT_TRANSLATE_NOOP("ui::EventListModel", "Revoke certificate")},
    ActionWord {u"certificate.remove", QT_TRANSLATE_NOOP("ui::EventListModel", "Remove certificate")},
    ActionWord {u"certificate.tag", QT_TRANSLATE_NOOP("ui::EventListModel", "Change tags")},
    ActionWord {u"vault.create", QT_TRANSLATE_NOOP("ui::EventListModel", "Create vault")},
    ActionWord {u"vault.unlock", QT_TRANSLATE_NOOP("ui::EventListModel", "Unlock vault")},
    ActionWord {u"vault.lock", QT_TRANSLATE_NOOP("ui::EventListModel", "Lock vault")},
    ActionWord {u"vault.addPassphrase", QT_TRANSLATE_NOOP("ui::EventListModel", "Add passphrase")},
};

QString originText(lifecycle::Origin origin)
{
    switch (origin) {
    case lifecycle::Origin::Desktop:
        return EventListModel::tr("Desktop");
    case lifecycle::Origin::CommandLine:
        return EventListModel::tr("Command line");
    case lifecycle::Origin::Agent:
        return EventListModel::tr("Agent");
    }
    return QString();
}

} // namespace

QString actionText(const QString& action)
{
    for (const ActionWord& word : actionWords)
        if (action == QStringView(word.action))
            return EventListModel::tr(word.words);
    return action;
}

EventListModel::EventListModel(Fetcher fetcher, QObject* parent)
    : QAbstractTableModel(parent)
    , m_fetcher(std::move(fetcher))
{
}

void EventListModel::setFilter(const QString& filter)
{
    m_filter = filter;
    reload();
}

void EventListModel::reload()
{
    ++m_generation;
    m_fetching = false;
    fetch(0);
}

void EventListModel::fetch(int offset)
{
    m_fetching = true;
    const lifecycle::EventQuery query {m_filter, offset, pageSize};
    m_fetcher(query, this, [this, offset, generation = m_generation](base::Result<QList<lifecycle::Event>> page) {
        take(generation, offset, std::move(page));
    });
}

void EventListModel::take(int generation, int offset, base::Result<QList<lifecycle::Event>> page)
{
    if (generation != m_generation)
        return;
    m_fetching = false;
    if (!page)
        return Q_EMIT failed(page.error());
    m_more = page->size() == pageSize;
    if (offset == 0) {
        beginResetModel();
        m_events = *std::move(page);
        endResetModel();
    } else if (!page->isEmpty()) {
        beginInsertRows({}, offset, offset + static_cast<int>(page->size()) - 1);
        m_events += *std::move(page);
        endInsertRows();
    }
    Q_EMIT loaded();
}

int EventListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int EventListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString EventListModel::text(const lifecycle::Event& event, int column) const
{
    switch (column) {
    case Time:
        return localTime(event.at);
    case Who:
        return event.actor.user;
    case Origin:
        return originText(event.actor.origin);
    case Action:
        return actionText(event.action);
    case Object:
        return event.objectName;
    case Outcome:
        return statusOfOutcome(event.outcome).word;
    default:
        return event.detail;
    }
}

QVariant EventListModel::data(const QModelIndex& index, int role) const
{
    const lifecycle::Event& event = m_events.at(index.row());
    if (role == Qt::DisplayRole)
        return text(event, index.column()).simplified();
    if (role == Qt::DecorationRole && index.column() == Outcome)
        return statusOfOutcome(event.outcome).icon();
    if (role == Qt::ToolTipRole)
        return index.column() == Time ? utcTime(event.at) : text(event, index.column());
    return {};
}

QVariant EventListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array titles {tr("Time"),   tr("Who"),     tr("From where"), tr("Action"),
                             tr("Object"), tr("Outcome"), tr("Why")};
    return titles.at(static_cast<std::size_t>(section));
}

bool EventListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_more && !m_fetching;
}

void EventListModel::fetchMore(const QModelIndex&)
{
    fetch(static_cast<int>(m_events.size()));
}

} // namespace ui
