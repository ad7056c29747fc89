// SPDX-License-Identifier: Apache-2.0
#include "support/fake_clock.h"

#include <utility>

namespace support {

FakeClock::FakeClock(QDateTime now)
    : m_now(std::move(now))
{
}

base::Task<bool> FakeClock::sleep(std::chrono::milliseconds duration, std::stop_token stop)
{
    m_sleeps.append(duration);
    const base::Delivery<bool> over;
    const std::stop_callback onStop(stop, [over] { over.deliver(false); });
    if (m_sleepsPass) {
        advance(duration);
        over.deliver(true);
    } else {
        const Sleeper sleeper {m_now.addMSecs(duration.count()), over};
        m_sleepers.append(sleeper);
    }
    co_return co_await over;
}

void FakeClock::advance(std::chrono::milliseconds duration)
{
    m_now = m_now.addMSecs(duration.count());
    const QList<Sleeper> sleepers = std::exchange(m_sleepers, {});
    for (const Sleeper& sleeper : sleepers) {
        if (sleeper.until <= m_now)
            sleeper.over.deliver(true);
        else
            m_sleepers.append(sleeper);
    }
}

} // namespace support
