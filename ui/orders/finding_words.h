// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/finding.h"

#include <QString>

namespace lifecycle {
struct PendingReason;
}

namespace ui {

/// What was looked at.
QString checkText(challenge::Finding::Check check);
/// What was found, in the operator's language.
QString findingText(const challenge::Finding& finding);
/// Why a name is not proved: a line for the authority's words, each finding, and what is known of this kind of server.
QString pendingText(const lifecycle::PendingReason& reason);

} // namespace ui
