// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/credential_import.h"

namespace lifecycle {

/// Reads a CSV file with credentials, line by line; which authorities and credentials there are is not asked here.
/// Touches nothing but the file, so that it can run in the pool.
base::Result<CredentialImportPreview> readCredentialLines(const CredentialFile& file);

} // namespace lifecycle
