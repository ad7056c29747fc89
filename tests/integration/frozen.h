// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <csignal>

namespace integration {

/// Stops a process where it is for as long as this object lives.
class Frozen {
public:
    explicit Frozen(qint64 processId)
        : m_process(static_cast<pid_t>(processId))
    {
        ::kill(m_process, SIGSTOP);
    }
    ~Frozen() { ::kill(m_process, SIGCONT); }
    Frozen(const Frozen&) = delete;
    Frozen& operator=(const Frozen&) = delete;

private:
    pid_t m_process;
};

} // namespace integration
