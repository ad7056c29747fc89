// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account_imports.h"
#include "ui/common/status.h"

namespace ui {

/// What became of an account of another client.
Status statusOfImport(lifecycle::ImportedAccount::Outcome outcome);
/// "certbot", "A key as PEM", …
QString importFormatText(const QString& format);

} // namespace ui
