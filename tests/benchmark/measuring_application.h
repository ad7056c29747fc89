// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QMetaEnum>
#include <QThread>

#include <cstdio>
#include <ctime>

namespace benchmark {

constexpr double oneFrameMs = 16.0;

/// Measures every event from its delivery until the loop goes on: by the wall, and what this thread worked meanwhile,
/// since on a busy machine another process may have had the processor.
class MeasuringApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_inside || QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        m_inside = true;
        const QByteArray name = nameOf(receiver, event); // both may be gone afterwards
        const double before = workedMs();
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        note(static_cast<double>(timer.nsecsElapsed()) / 1e6, workedMs() - before, name);
        m_inside = false;
        return handled;
    }

    void begin()
    {
        m_longest = {};
        m_hardest = {};
        m_tooLong = 0;
        m_tooHard = 0;
        m_events = 0;
    }

    void report(const char* what) const
    {
        std::printf("%-36s longest %6.1f ms (%s), %d of %d events over %.0f ms\n", what, m_longest.milliseconds,
                    m_longest.receiver.constData(), m_tooLong, m_events, oneFrameMs);
        std::printf("%-36s longest %6.1f ms (%s), %d of %d events over %.0f ms\n", "  of that, the window's own work",
                    m_hardest.milliseconds, m_hardest.receiver.constData(), m_tooHard, m_events, oneFrameMs);
    }

private:
    struct Extreme {
        double milliseconds = 0;
        QByteArray receiver;
    };

    static QByteArray nameOf(const QObject* receiver, const QEvent* event)
    {
        const char* type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type());
        const QByteArray kind = type ? QByteArray(type) : QByteArray::number(event->type());
        return receiver ? receiver->metaObject()->className() + (' ' + kind) : kind;
    }

    static double workedMs()
    {
        timespec now {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }

    void note(double wall, double worked, const QByteArray& receiver)
    {
        ++m_events;
        m_tooLong += wall > oneFrameMs ? 1 : 0;
        m_tooHard += worked > oneFrameMs ? 1 : 0;
        if (wall > m_longest.milliseconds)
            m_longest = {wall, receiver};
        if (worked > m_hardest.milliseconds)
            m_hardest = {worked, receiver};
    }

    bool m_inside = false;
    Extreme m_longest;
    Extreme m_hardest;
    int m_tooLong = 0;
    int m_tooHard = 0;
    int m_events = 0;
};

} // namespace benchmark
