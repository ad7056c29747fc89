// SPDX-License-Identifier: Apache-2.0
#include "ui/common/screen.h"

#include "lifecycle/certificate_manager.h"

namespace ui {

Screen::Screen(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    connect(&workspace.manager, &lifecycle::CertificateManager::changed, this, &Screen::noteChanges);
}

void Screen::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_stale, false))
        refresh();
}

void Screen::noteChanges(lifecycle::Changes changes)
{
    if (!(changes & interests()))
        return;
    if (isVisible())
        refresh();
    else
        m_stale = true;
}

} // namespace ui
