// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/screen.h"

class QLabel;
class QLineEdit;
class QTreeView;

namespace ui {

class Banner;
class EventListModel;

/// Who did what, when and from where, with which outcome.
class ActivityScreen : public Screen {
    Q_OBJECT

public:
    explicit ActivityScreen(Workspace& workspace);

    void refresh() override;
    QWidget* searchField() override;
    lifecycle::Changes interests() const override;

private:
    EventListModel* m_model;
    QLineEdit* m_search;
    QTreeView* m_list;
    QLabel* m_count;
    Banner* m_banner;
};

} // namespace ui
