// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QList>

namespace exchange {

/// One record of a CSV file.
struct CsvRecord {
    int line = 0; ///< where it begins in the file, from 1
    QList<QByteArray> cells; ///< unquoted; wipe() them where they may hold a secret
};

/// A CSV file, read.
struct CsvTable {
    char delimiter = ',';
    QList<CsvRecord> records; ///< the header first; empty lines are left out
};

/// Reads CSV as RFC 4180 has it, and as German spreadsheets write it: "," or ";" between cells, whichever the first
/// line has more of; CRLF or LF; a byte order mark is dropped; cells in double quotes may hold delimiters, line breaks
/// and doubled quotes.
///
/// Strict: InvalidInput about "file", with the line, for a quote inside an unquoted cell, text behind a closing quote,
/// a quote that is never closed, and a record with more or fewer cells than the first. Content is never quoted in
/// errors.
base::Result<CsvTable> readCsv(QByteArrayView text);
/// Wipes every cell.
void wipe(CsvTable& table);

} // namespace exchange
