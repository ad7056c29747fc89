// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace base::platform {

/// A descriptor that becomes readable when SIGINT or SIGTERM arrives for the first time; the second one ends the
/// process. To be called before anything waits; later calls return the same descriptor.
int terminationSignals();

} // namespace base::platform
