// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exchange/exporter.h"

namespace ui {

/// A format as the export dialog lists it, and who needs it.
QString exportFormatText(exchange::ExportFormat format);
QString exportFormatHint(exchange::ExportFormat format);
/// What a proposed file name ends with, so that the formats of one certificate do not overwrite each other.
QString exportFileEnding(const exchange::FormatDescription& format);

} // namespace ui
