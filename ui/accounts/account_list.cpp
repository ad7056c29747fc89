// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/account_list.h"

#include "ui/common/widgets.h"

namespace ui {

QTreeWidget* makeAccountList(const QString& objectName, const QString& accessibleName, const QStringList& headers)
{
    auto* list = new QTreeWidget;
    prepareList(list, objectName, accessibleName);
    list->setHeaderLabels(headers);
    list->setSortingEnabled(true);
    list->sortByColumn(1, Qt::AscendingOrder);
    return list;
}

QString currentId(const QTreeWidget* list)
{
    const QTreeWidgetItem* item = list->currentItem();
    return item ? item->data(0, IdRole).toString() : QString();
}

} // namespace ui
