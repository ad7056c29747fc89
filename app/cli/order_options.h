// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/managed_certificate.h"

namespace cli {

/// The options about what the certificate shall be like, beside its names and how they are proved.
QList<Option> orderOptionList();
/// Reads them into the request. Errors name the option that is wrong.
base::Result<void> readOrderOptions(const Arguments& arguments, lifecycle::IssueRequest& request);
/// The certificate request in the file that `--csr` names, as it is there.
base::Result<QByteArray> readCsrOption(const Arguments& arguments);

} // namespace cli
