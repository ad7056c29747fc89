// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include "base/delivery.h"

#include <QAbstractEventDispatcher>
#include <QTimer>

namespace base {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

Task<bool> SystemClock::sleep(std::chrono::milliseconds duration, std::stop_token stop)
{
    const Delivery<bool> over;
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [over] { over.deliver(true); });
    timer.start(duration);
    const std::stop_callback onStop(stop, [over] { over.deliver(false); });
    co_return co_await over;
}

} // namespace base
