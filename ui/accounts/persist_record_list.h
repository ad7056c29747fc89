// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/persist_record.h"

#include <QTreeWidget>

namespace ui {

class Preferences;

/// Records of dns-persist-01: those just made, then those that are watched.
class PersistRecordList : public QTreeWidget {
    Q_OBJECT

public:
    explicit PersistRecordList(Preferences& settings, QWidget* parent = nullptr);

    /// Those that are selected stay selected.
    void fill(const QList<lifecycle::PersistRecord>& made, const QList<lifecycle::PersistRecord>& watched);
    /// Selects the rows of these records and no others.
    void select(const QList<lifecycle::PersistRecord>& records);
    /// The selected ones, in the order shown.
    QList<lifecycle::PersistRecord> selected() const;

private:
    void add(const lifecycle::PersistRecord& record, const QDateTime& now);

    QList<lifecycle::PersistRecord> m_records; ///< as shown
};

} // namespace ui
