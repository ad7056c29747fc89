// SPDX-License-Identifier: Apache-2.0
#include "ui/common/remembered_header.h"

#include "ui/common/preferences.h"

#include <QHeaderView>
#include <QTreeView>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

void rememberHeader(QTreeView* list, Preferences& settings, const QList<int>& widths)
{
    QHeaderView* header = list->header();
    const QString key = u"lists/%1"_s.arg(list->objectName());
    header->setStretchLastSection(true);
    for (int column = 0; column < widths.size(); ++column)
        header->resizeSection(column, widths.at(column));
    const QByteArray state = settings.value(key).toByteArray();
    if (!state.isEmpty())
        header->restoreState(state);
    const auto save = [header, key, &settings] { settings.setValue(key, header->saveState()); };
    QObject::connect(header, &QHeaderView::sectionResized, header, save);
    QObject::connect(header, &QHeaderView::sectionMoved, header, save);
    QObject::connect(header, &QHeaderView::sortIndicatorChanged, header, save);
}

} // namespace ui
