// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/tag.h"

namespace cli {

/// The tags that an option gives, which may be repeated. InvalidInput about the option where one is no tag.
base::Result<QList<lifecycle::Tag>> tagsOption(const Arguments& arguments, const QString& name);

} // namespace cli
