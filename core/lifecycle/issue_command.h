// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"

namespace lifecycle {

/// The same request as a call of sealwright-cli, for a POSIX shell. A certificate request is called FILE, since a
/// command line cannot carry it; secrets are never in it.
QString issueCommand(const IssueRequest& request, const QString& authorityName);

} // namespace lifecycle
