// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/credential_import.h"

namespace lifecycle {

/// Reads the lines of a CSV file with credentials; which authorities and credentials there are is not asked here.
/// Touches nothing but its argument, so that it can run in the pool.
base::Result<CredentialImportPreview> readCredentialLines(const CredentialFile& file);

} // namespace lifecycle
