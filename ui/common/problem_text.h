// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem_document.h"

#include <QString>

namespace ui {

/// What a type of problem means to the operator, and what helps.
struct ProblemWords {
    QString what;
    QString next;
};

/// Our words for the error types of RFC 8555 section 6.7; empty for types we do not know.
ProblemWords wordsFor(const base::ProblemDocument& problem);

} // namespace ui
