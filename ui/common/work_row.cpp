// SPDX-License-Identifier: Apache-2.0
#include "ui/common/work_row.h"

#include "ui/common/widgets.h"

#include <QHBoxLayout>

namespace ui {

WorkRow::WorkRow(const QString& cancelName, QWidget* fields, const QList<QPushButton*>& actions, QWidget* parent)
    : QWidget(parent)
    , m_words(makeFaint(QString()))
    , m_cancel(makeButton(QString(), cancelName))
    , m_waiting {fields}
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_cancel);
    for (QPushButton* action : actions) {
        layout->addWidget(action);
        m_waiting += action;
    }
    tell(QString());
    connect(m_cancel, &QPushButton::clicked, this, &WorkRow::press);
}

void WorkRow::addWaiting(QWidget* widget)
{
    m_waiting += widget;
}

bool WorkRow::isWorking() const
{
    return m_stop.stop_possible();
}

std::stop_token WorkRow::begin(const QString& words)
{
    abandon();
    m_stop = std::stop_source();
    for (QWidget* widget : m_waiting)
        wait(widget);
    tell(words);
    return m_stop.get_token();
}

void WorkRow::wait(QWidget* widget)
{
    QWidget* focused = window()->focusWidget();
    if (focused && (widget == focused || widget->isAncestorOf(focused))) { // disabled, it would lose it to anywhere
        m_focusBefore = focused;
        m_cancel->setFocus();
    }
    m_enabledBefore += widget->isEnabled();
    widget->setEnabled(false);
}

void WorkRow::say(const QString& words)
{
    if (isWorking())
        tell(words);
}

bool WorkRow::end(const std::stop_token& work)
{
    if (!isWorking() || m_stop.get_token() != work)
        return false;
    m_stop = std::stop_source(std::nostopstate);
    for (QWidget* widget : m_waiting)
        widget->setEnabled(m_enabledBefore.takeFirst());
    if (m_focusBefore && m_cancel->hasFocus())
        m_focusBefore->setFocus();
    m_focusBefore.clear();
    tell(QString());
    return true;
}

void WorkRow::abandon()
{
    m_stop.request_stop();
    end(m_stop.get_token());
}

void WorkRow::press()
{
    if (!isWorking())
        return Q_EMIT cancelled();
    m_stop.request_stop();
}

void WorkRow::tell(const QString& words)
{
    m_words->setText(words);
    m_cancel->setText(words.isEmpty() ? tr("Ca&ncel") : tr("&Stop"));
    m_cancel->setAccessibleName(words.isEmpty() ? tr("Cancel") : tr("Stop"));
}

} // namespace ui
