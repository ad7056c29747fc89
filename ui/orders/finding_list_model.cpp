// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/finding_list_model.h"

#include "ui/orders/finding_words.h"

#include <algorithm>
#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::Finding;

QString cellText(const Finding& finding, int column)
{
    switch (column) {
    case FindingListModel::Verdict:
        return statusOf(finding.verdict).word;
    case FindingListModel::Name:
        return finding.name.isEmpty() ? FindingListModel::tr("All names") : finding.name;
    case FindingListModel::Check:
        return checkText(finding.check);
    default:
        return findingText(finding);
    }
}

} // namespace

Status statusOf(Finding::Verdict verdict)
{
    switch (verdict) {
    case Finding::Verdict::Good:
        return {FindingListModel::tr("Good"), u"ok"_s, Severity::Good};
    case Finding::Verdict::Warning:
        return {FindingListModel::tr("Warning"), u"attention"_s, Severity::Attention};
    case Finding::Verdict::Bad:
        return {FindingListModel::tr("Bad"), u"bad"_s, Severity::Bad};
    case Finding::Verdict::Unknown:
        break;
    }
    return {FindingListModel::tr("Unknown"), u"neutral"_s, Severity::Neutral};
}

void FindingListModel::clear()
{
    beginResetModel();
    m_findings.clear();
    endResetModel();
}

void FindingListModel::append(const QList<Finding>& findings)
{
    if (findings.isEmpty())
        return;
    const int first = static_cast<int>(m_findings.size());
    beginInsertRows({}, first, first + static_cast<int>(findings.size()) - 1);
    m_findings += findings;
    endInsertRows();
}

void FindingListModel::take(QList<Finding> findings)
{
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& one, const Finding& other) { return one.verdict > other.verdict; });
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingListModel::count(Finding::Verdict verdict) const
{
    return static_cast<int>(std::count_if(m_findings.cbegin(), m_findings.cend(),
                                          [verdict](const Finding& finding) { return finding.verdict == verdict; }));
}

int FindingListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingListModel::data(const QModelIndex& index, int role) const
{
    const Finding& finding = m_findings.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return cellText(finding, index.column());
    if (role == Qt::DecorationRole && index.column() == Verdict)
        return statusOf(finding.verdict).icon();
    return {};
}

QVariant FindingListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array titles {tr("Verdict"), tr("Name"), tr("What was looked at"), tr("Finding")};
    return titles.at(static_cast<std::size_t>(section));
}

} // namespace ui
