// SPDX-License-Identifier: Apache-2.0
#include "ui/common/request_dialog.h"

#include "ui/common/banner.h"
#include "ui/common/widgets.h"

#include <QEvent>

#include <utility>

namespace ui {

RequestDialog::RequestDialog(const QString& bannerName, QWidget* parent)
    : QDialog(parent)
    , m_banner(new Banner(bannerName, this))
{
}

void RequestDialog::reject()
{
    if (m_waiting.isEmpty())
        QDialog::reject();
}

bool RequestDialog::event(QEvent* event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest)
        growToFit(this);
    return handled;
}

void RequestDialog::beginRequest(const QString& words, const QWidgetList& waiting)
{
    m_waiting = waiting;
    m_focused = focusWidget();
    for (QWidget* each : waiting)
        each->setEnabled(false);
    m_banner->showMessage(Severity::Working, words);
}

void RequestDialog::endRequest()
{
    const QWidgetList waited = std::exchange(m_waiting, {});
    for (QWidget* each : waited)
        each->setEnabled(true);
    if (m_focused) // what is disabled loses it
        m_focused->setFocus();
    m_banner->hide();
}

} // namespace ui
