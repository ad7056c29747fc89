// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace ui {

/// Has what a screen shows read again when it has changed: once at a time, and for at most half of the time, however
/// often it changes.
class RepeatedReading : public QObject {
    Q_OBJECT

public:
    /// `read` begins a reading, whose end is told by ended().
    explicit RepeatedReading(std::function<void()> read, QObject* parent = nullptr);

    /// Now, or after the one that runs and as long a pause.
    void begin();
    void ended();

private:
    void read();

    std::function<void()> m_read;
    QElapsedTimer m_since;
    QTimer m_pause;
    bool m_reading = false;
    bool m_again = false;
};

} // namespace ui
