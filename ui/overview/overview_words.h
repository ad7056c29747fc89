// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"
#include "ui/common/severity.h"

#include <QIcon>

namespace ui {

/// "2 safe, 1 renewing, 1 needs you"; what is zero is left out.
QString overviewSentence(const lifecycle::CertificateCounts& counts);
/// The worst thing that the counts say.
Severity overviewSeverity(const lifecycle::CertificateCounts& counts);
QIcon overviewIcon(const lifecycle::CertificateCounts& counts);
QString overviewIconName(const lifecycle::CertificateCounts& counts);

} // namespace ui
