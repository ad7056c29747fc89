// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"

namespace ui {

/// "a.example", or "a.example +2" for several; A-labels in Unicode.
QString namesText(const QStringList& names);
/// When it will be renewed: "in 12 days", "due since 2 hours", "running"; a dash where it is not renewed any more.
QString renewalText(const lifecycle::CertificateRow& row, const QDateTime& now);

} // namespace ui
