// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace crypto {

/// A failure while `doing` something, with every reason that OpenSSL queued on this thread; empties the queue.
tl::unexpected<base::Error> opensslFailed(const QString& doing, base::ErrorCode code = base::ErrorCode::Crypto);

/// Bad input: `detail` is the whole story, what OpenSSL queued is dropped.
tl::unexpected<base::Error> refused(base::ErrorCode code, const QString& detail);

} // namespace crypto
