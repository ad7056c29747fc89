// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace crypto {

/// The version of OpenSSL that this process runs with ("3.0.15"), for reports.
QString libraryVersion();

} // namespace crypto
