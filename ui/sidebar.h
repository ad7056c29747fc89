// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/navigator.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace ui {

/// The list of screens at the left.
class Sidebar : public QWidget {
    Q_OBJECT

public:
    explicit Sidebar(QWidget* parent = nullptr);
    void setCurrent(ScreenId screen);
    /// Shows how many things want attention behind the name of a screen; none for 0.
    void setCount(ScreenId screen, int count);

Q_SIGNALS:
    void chosen(ui::ScreenId screen);
    void newCertificateChosen();

private:
    QListWidget* m_list;
};

/// The name of a screen as the sidebar and its title show it.
QString screenTitle(ScreenId screen);

} // namespace ui
