// SPDX-License-Identifier: Apache-2.0
#include "base/termination.h"

#include <csignal>
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace base::platform {
namespace {

int terminationEvent = -1;

extern "C" void announceTermination(int)
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(terminationEvent, &one, sizeof one);
}

void handleOnce(int signal)
{
    struct sigaction action { };
    action.sa_handler = announceTermination;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(signal, &action, nullptr);
}

} // namespace

int terminationSignals()
{
    if (terminationEvent < 0) {
        terminationEvent = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        handleOnce(SIGINT);
        handleOnce(SIGTERM);
    }
    return terminationEvent;
}

} // namespace base::platform
