// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/delivery.h"

#include <QList>

namespace support {

/// A clock that stands still until the test advances it; sleepers wake when their moment is reached.
///
/// With setSleepsPass() a sleep advances the clock itself and ends at once, so that long waits take no time.
class FakeClock final : public base::Clock {
public:
    explicit FakeClock(QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC));

    QDateTime now() const override { return m_now; }
    base::Task<bool> sleep(std::chrono::milliseconds duration, std::stop_token stop) override;

    void advance(std::chrono::milliseconds duration);
    void setSleepsPass(bool pass) { m_sleepsPass = pass; }
    /// Every duration slept so far, in order.
    const QList<std::chrono::milliseconds>& sleeps() const { return m_sleeps; }

private:
    struct Sleeper {
        QDateTime until;
        base::Delivery<bool> over;
    };

    QDateTime m_now;
    bool m_sleepsPass = false;
    QList<std::chrono::milliseconds> m_sleeps;
    QList<Sleeper> m_sleepers;
};

} // namespace support
