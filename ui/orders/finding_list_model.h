// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/finding.h"
#include "ui/common/status.h"

#include <QAbstractTableModel>
#include <QList>

namespace ui {

/// What a check before an order found, as it arrives.
class FindingListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Verdict, Name, Check, Sentence, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void append(const QList<challenge::Finding>& findings);
    /// Everything at once, the worst first.
    void take(QList<challenge::Finding> findings);
    int count(challenge::Finding::Verdict verdict) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<challenge::Finding> m_findings;
};

/// A word and an icon for a verdict.
Status statusOf(challenge::Finding::Verdict verdict);

} // namespace ui
