// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

#include <QObject>

namespace cli {

/// Prints what happens in running orders on standard error, for as long as this object lives: one line an event, in
/// JSON where the command answers JSON.
class Progress {
public:
    /// Silent with `--json`, unless `--progress` was given.
    Progress(Session& session, const Arguments& arguments);

private:
    QObject m_context;
};

/// The option that the constructor reads.
Option progressOption();

} // namespace cli
