// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"

#include <QString>

namespace ui {

/// An order as Markdown, to be pasted into a ticket: no keys, tokens' answers or nonces are in it.
QString orderReport(const lifecycle::OrderRecord& order, const QString& authorityName,
                    const QList<lifecycle::OrderEvent>& events);

} // namespace ui
