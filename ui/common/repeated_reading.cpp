// SPDX-License-Identifier: Apache-2.0
#include "ui/common/repeated_reading.h"

#include <utility>

namespace ui {

RepeatedReading::RepeatedReading(std::function<void()> read, QObject* parent)
    : QObject(parent)
    , m_read(std::move(read))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &RepeatedReading::read);
}

void RepeatedReading::begin()
{
    if (m_reading)
        m_again = true;
    else if (!m_pause.isActive())
        read();
}

void RepeatedReading::read()
{
    m_reading = true;
    m_since.start();
    m_read();
}

void RepeatedReading::ended()
{
    m_reading = false;
    if (std::exchange(m_again, false))
        m_pause.start(static_cast<int>(m_since.elapsed()));
}

} // namespace ui
