// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"

namespace base::log {

Q_LOGGING_CATEGORY(acme, "sealwright.acme", QtWarningMsg)
Q_LOGGING_CATEGORY(challenge, "sealwright.challenge", QtWarningMsg)
Q_LOGGING_CATEGORY(http, "sealwright.http", QtWarningMsg)
Q_LOGGING_CATEGORY(lifecycle, "sealwright.lifecycle", QtWarningMsg)
Q_LOGGING_CATEGORY(storage, "sealwright.storage", QtWarningMsg)

} // namespace base::log
