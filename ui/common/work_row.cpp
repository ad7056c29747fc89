// SPDX-License-Identifier: Apache-2.0
#include "ui/common/work_row.h"

#include "ui/common/widgets.h"

#include <QHBoxLayout>

namespace ui {

WorkRow::WorkRow(const QString& cancelName, const QList<QPushButton*>& actions, QWidget* parent)
    : QWidget(parent)
    , m_words(makeFaint(QString()))
    , m_cancel(makeButton(QString(), cancelName))
    , m_actions(actions)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_cancel);
    for (QPushButton* action : m_actions)
        layout->addWidget(action);
    show(QString());
    connect(m_cancel, &QPushButton::clicked, this, &WorkRow::press);
}

bool WorkRow::isWorking() const
{
    return m_stop.stop_possible();
}

std::stop_token WorkRow::begin(const QString& words)
{
    abandon();
    m_stop = std::stop_source();
    for (QPushButton* action : m_actions) {
        if (action->hasFocus()) { // a disabled button would lose it to anywhere
            m_pressed = action;
            m_cancel->setFocus();
        }
        m_enabledBefore += action->isEnabled();
        action->setEnabled(false);
    }
    show(words);
    return m_stop.get_token();
}

bool WorkRow::end(const std::stop_token& work)
{
    if (!isWorking() || m_stop.get_token() != work)
        return false;
    m_stop = std::stop_source(std::nostopstate);
    for (QPushButton* action : m_actions)
        action->setEnabled(m_enabledBefore.takeFirst());
    if (m_pressed && m_cancel->hasFocus())
        m_pressed->setFocus();
    m_pressed = nullptr;
    show(QString());
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

void WorkRow::show(const QString& words)
{
    m_words->setText(words);
    m_cancel->setText(words.isEmpty() ? tr("Ca&ncel") : tr("&Stop"));
    m_cancel->setAccessibleName(words.isEmpty() ? tr("Cancel") : tr("Stop"));
}

} // namespace ui
