// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

/// Logging categories. Nothing secret is ever logged: no keys, tokens' key authorizations, passphrases or HMAC keys.
namespace base::log {

Q_DECLARE_LOGGING_CATEGORY(acme)
Q_DECLARE_LOGGING_CATEGORY(challenge)
Q_DECLARE_LOGGING_CATEGORY(http)
Q_DECLARE_LOGGING_CATEGORY(lifecycle)
Q_DECLARE_LOGGING_CATEGORY(storage)

} // namespace base::log
