// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"

namespace ui {

/// One name for reading: A-labels in Unicode.
QString nameText(const QString& name);
/// All of them for a tip or a fact, one a line; of hundreds only the first, with the count of the others.
QString nameLines(const QStringList& names);
/// "a.example", or "a.example +2" for several; A-labels in Unicode.
QString namesText(const QStringList& names);
/// When it will be renewed: "in 12 days", "due since 2 hours", "running"; a dash where it is not renewed any more.
QString renewalText(const lifecycle::CertificateRow& row, const QDateTime& now);

} // namespace ui
