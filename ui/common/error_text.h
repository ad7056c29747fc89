// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QString>

namespace ui {

/// A failure in the operator's language.
struct ErrorText {
    QString what; ///< what happened
    QString why; ///< why, in the server's own words where it said something
    QString next; ///< what to do next

    /// The three in one paragraph.
    QString paragraph() const;
    /// What happened and why, short enough to stand beside a field.
    QString sentence() const;
};

/// The only place that turns codes into sentences.
ErrorText explain(const base::Error& error);

} // namespace ui
