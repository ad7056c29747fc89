// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/support/facade_double.h"

namespace support {

/// Two authorities, accounts and credentials, certificates in every state, and orders that run, failed and were issued.
Scene sampleScene();

} // namespace support
