// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/persist_record_list.h"

#include "ui/accounts/persist_words.h"
#include "ui/common/date_text.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using Records = QList<lifecycle::PersistRecord>;

enum Column { StateColumn, RecordColumn, EndColumn, CheckedColumn, SentenceColumn };

/// A record gets its id where it is put in place or watched, and stays what it was.
bool isSame(const lifecycle::PersistRecord& left, const lifecycle::PersistRecord& right)
{
    if (!left.id.isEmpty() && !right.id.isEmpty())
        return left.id == right.id;
    return left.isInPlaceOf(right) && left.value == right.value;
}

} // namespace

PersistRecordList::PersistRecordList(Preferences& settings, QWidget* parent)
    : QTreeWidget(parent)
{
    prepareList(this, u"persistRecords"_s, tr("Persistent records"));
    setHeaderLabels({tr("State"), tr("Record"), tr("Ends"), tr("Looked at"), tr("What to do")});
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    rememberHeader(this, settings, {115, 245, 125, 125, 150});
}

void PersistRecordList::fill(const Records& made, const Records& watched)
{
    const Records before = selected();
    m_records = made;
    for (const lifecycle::PersistRecord& record : watched)
        m_records += record;
    const QSignalBlocker blocker(this);
    clear();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const lifecycle::PersistRecord& record : std::as_const(m_records))
        add(record, now);
    setCurrentItem(topLevelItem(0), StateColumn, QItemSelectionModel::NoUpdate); // where keys begin
    select(before);
}

void PersistRecordList::add(const lifecycle::PersistRecord& record, const QDateTime& now)
{
    const Status status = statusOf(record, now);
    const QDateTime until = record.persistUntil();
    const QString sentence = persistSentence(record, now);
    auto* item =
        new QTreeWidgetItem(this,
                            {status.word, record.recordName(), until.isValid() ? localTime(until) : tr("Never"),
                             localTime(record.checkedAt), sentence});
    item->setIcon(StateColumn, status.icon());
    item->setToolTip(RecordColumn, QString::fromLatin1(record.value));
    item->setToolTip(EndColumn, utcTime(until));
    item->setToolTip(CheckedColumn, utcTime(record.checkedAt));
    item->setToolTip(SentenceColumn, sentence + u'\n' + record.detail);
}

void PersistRecordList::select(const Records& records)
{
    for (int row = 0; row < topLevelItemCount(); ++row) {
        const auto isShown = [&shown = m_records.at(row)](const lifecycle::PersistRecord& record) {
            return isSame(record, shown);
        };
        topLevelItem(row)->setSelected(std::any_of(records.begin(), records.end(), isShown));
    }
}

Records PersistRecordList::selected() const
{
    Records chosen;
    for (int row = 0; row < topLevelItemCount(); ++row)
        if (topLevelItem(row)->isSelected())
            chosen += m_records[row];
    return chosen;
}

} // namespace ui
