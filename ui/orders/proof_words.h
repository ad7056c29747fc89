// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace challenge {
struct ProofSettings;
}

namespace lifecycle {
struct ProofSuggestion;
}

/// Sentences about ways of proving names.
namespace ui {

/// "dns-01 by internal BIND", "http-01, answered on 0.0.0.0:80".
QString proofText(const challenge::ProofSettings& proof);
/// Which way was chosen and why, then what is wrong with those that were tried before, a line each.
QString suggestionText(const lifecycle::ProofSuggestion& suggestion);

} // namespace ui
