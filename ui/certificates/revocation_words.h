// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace ui {

/// The reasons of RFC 5280 section 5.3.1 that a client may give, the most usual first.
QList<int> offeredRevocationReasons();
QString revocationReasonText(int reason);

} // namespace ui
