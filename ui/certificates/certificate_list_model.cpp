// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/certificate_list_model.h"

#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/life_left_delegate.h"
#include "ui/common/status.h"

#include <algorithm>
#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::CertificateRow;

constexpr int pageSize = 200;

double lifeLeftOf(const CertificateRow& row, const QDateTime& now)
{
    const qint64 life = row.notBefore.secsTo(row.notAfter);
    if (!row.notAfter.isValid() || life <= 0)
        return -1;
    return std::clamp(static_cast<double>(now.secsTo(row.notAfter)) / static_cast<double>(life), 0.0, 1.0);
}

QString lifeText(const CertificateRow& row, const QDateTime& now)
{
    if (!row.notAfter.isValid())
        return QString();
    const qint64 seconds = now.secsTo(row.notAfter);
    return seconds < 0 ? CertificateListModel::tr("over") : durationText(seconds);
}

QString renewalToolTip(const CertificateRow& row)
{
    QStringList lines;
    if (row.renewAt.isValid())
        lines += utcTime(row.renewAt);
    for (const QString& line : {row.renewalReason, row.lastError})
        if (!line.isEmpty())
            lines += line;
    return lines.join(u'\n');
}

lifecycle::CertificateQuery::Sort sortOf(int column)
{
    using enum lifecycle::CertificateQuery::Sort;
    static constexpr std::array sorts {State, Name, Authority, NotAfter, NotAfter, RenewAt, Tags};
    return sorts.at(static_cast<std::size_t>(column));
}

} // namespace

CertificateListModel::CertificateListModel(Fetcher fetcher, QObject* parent)
    : QAbstractTableModel(parent)
    , m_fetcher(std::move(fetcher))
{
}

CertificateListModel::Shown CertificateListModel::shown(const CertificateRow& row)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString state = statusOf(row.state).word;
    return {row,
            {state, namesText(row.names), row.authorityName, lifeText(row, now), localTime(row.notAfter),
             renewalText(row, now), row.tags.join(u", "_s)},
            {row.lastError.isEmpty() ? state : row.lastError, nameLines(row.names), row.issuer, utcTime(row.notAfter),
             utcTime(row.notAfter), renewalToolTip(row), row.tags.join(u'\n')},
            lifeLeftOf(row, now)};
}

void CertificateListModel::setFilter(const QString& filter)
{
    m_query.filter = filter.trimmed();
    ++m_generation;
    fetch(0, pageSize);
}

void CertificateListModel::setShowRetired(bool show)
{
    m_query.showRetired = show;
    ++m_generation;
    fetch(0, pageSize);
}

void CertificateListModel::reload()
{
    ++m_generation;
    fetch(0, std::max<int>(pageSize, static_cast<int>(m_rows.size())));
}

void CertificateListModel::sort(int column, Qt::SortOrder order)
{
    m_query.sort = sortOf(column);
    m_query.descending = order == Qt::DescendingOrder;
    ++m_generation;
    fetch(0, pageSize);
}

void CertificateListModel::fetch(int offset, int limit)
{
    m_fetching = true;
    lifecycle::CertificateQuery query = m_query;
    query.offset = offset;
    query.limit = limit;
    m_fetcher(query, this, [this, offset, generation = m_generation](base::Result<lifecycle::CertificatePage> page) {
        take(generation, offset, std::move(page));
    });
}

void CertificateListModel::take(int generation, int offset, base::Result<lifecycle::CertificatePage> page)
{
    if (generation != m_generation)
        return;
    m_fetching = false;
    if (!page)
        return Q_EMIT failed(page.error());
    m_matching = page->matching;
    m_total = page->total;
    m_hidden = page->hidden;
    QList<Shown> rows;
    rows.reserve(page->rows.size());
    for (const CertificateRow& row : page->rows)
        rows += shown(row);
    if (offset == 0) {
        replaceRows(std::move(rows));
    } else if (!rows.isEmpty()) {
        beginInsertRows({}, offset, offset + static_cast<int>(rows.size()) - 1);
        m_rows += rows;
        endInsertRows();
    }
    Q_EMIT loaded();
}

void CertificateListModel::replaceRows(QList<Shown> rows)
{
    const bool sameRows = !rows.isEmpty() && rows.size() == m_rows.size()
        && std::equal(rows.begin(), rows.end(), m_rows.begin(),
                      [](const Shown& left, const Shown& right) { return left.value.id == right.value.id; });
    if (sameRows) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int CertificateListModel::rowOf(const QString& id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Shown& row) { return row.value.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int CertificateListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CertificateListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CertificateListModel::data(const QModelIndex& index, int role) const
{
    const Shown& row = m_rows.at(index.row());
    if (role == Qt::DisplayRole)
        return row.texts.at(index.column());
    if (role == Qt::ToolTipRole)
        return row.toolTips.at(index.column());
    if (role == Qt::DecorationRole && index.column() == State)
        return statusOf(row.value.state).icon();
    if (role == LifeLeftDelegate::FractionRole && index.column() == LifeLeft && row.lifeLeft >= 0)
        return row.lifeLeft;
    return {};
}

QVariant CertificateListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array titles {tr("State"),     tr("Names"),        tr("Authority"), tr("Life left"),
                             tr("Not after"), tr("Next renewal"), tr("Tags")};
    return titles.at(static_cast<std::size_t>(section));
}

bool CertificateListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_fetching && m_rows.size() < m_matching;
}

void CertificateListModel::fetchMore(const QModelIndex&)
{
    fetch(static_cast<int>(m_rows.size()), pageSize);
}

} // namespace ui
