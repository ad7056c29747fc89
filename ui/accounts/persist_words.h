// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/persist_record.h"
#include "ui/common/status.h"

namespace ui {

/// How a record of dns-persist-01 stands: what was found, and whether it is coming to its end.
Status statusOf(const lifecycle::PersistRecord& record, const QDateTime& now);
/// What that means and what to do about it; empty where there is nothing to do.
QString persistSentence(const lifecycle::PersistRecord& record, const QDateTime& now);

} // namespace ui
