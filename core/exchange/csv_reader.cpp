// SPDX-License-Identifier: Apache-2.0
#include "exchange/csv_reader.h"

#include "base/secret.h"

namespace exchange {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

tl::unexpected<base::Error> refuse(int line, const QString& what)
{
    return base::invalid(u"file"_s, u"line %1 %2"_s.arg(line).arg(what));
}

char delimiterOf(QByteArrayView text)
{
    int balance = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '\n' && !quoted)
            break;
        quoted = quoted != (c == '"');
        if (!quoted)
            balance += c == ';' ? 1 : (c == ',' ? -1 : 0);
    }
    return balance > 0 ? ';' : ',';
}

/// Walks through the text once.
class Reader {
public:
    Reader(QByteArrayView text, char delimiter)
        : m_text(text)
        , m_delimiter(delimiter)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }

    /// Also what was read of a record that is refused, so that it can be wiped.
    Result<void> read(CsvRecord& record)
    {
        record.line = m_line;
        do {
            record.cells.append(QByteArray());
            auto read = isAt('"') ? quotedCell(record.cells.last()) : plainCell(record.cells.last());
            if (!read)
                return read;
        } while (take(m_delimiter));
        endLine();
        return {};
    }

private:
    bool isAt(char c) const { return !atEnd() && m_text[m_at] == c; }
    bool isAtLineEnd() const
    {
        return atEnd() || isAt('\n') || (isAt('\r') && (m_at + 1 == m_text.size() || m_text[m_at + 1] == '\n'));
    }

    bool take(char c)
    {
        const bool taken = isAt(c);
        m_at += taken ? 1 : 0;
        return taken;
    }

    void endLine()
    {
        take('\r');
        m_line += take('\n') ? 1 : 0;
    }

    Result<void> plainCell(QByteArray& cell)
    {
        const qsizetype begin = m_at;
        while (!isAtLineEnd() && !isAt(m_delimiter)) {
            if (isAt('"'))
                return refuse(m_line, u"has a quote inside a cell that does not begin with one"_s);
            ++m_at;
        }
        cell = m_text.sliced(begin, m_at - begin).toByteArray();
        return {};
    }

    Result<void> quotedCell(QByteArray& cell)
    {
        const int begun = m_line;
        const qsizetype begin = ++m_at;
        while (!atEnd()) {
            const char c = m_text[m_at++];
            m_line += c == '\n' ? 1 : 0;
            if (c != '"' || take('"'))
                continue;
            if (!isAtLineEnd() && !isAt(m_delimiter))
                return refuse(m_line, u"has text behind a closing quote"_s);
            // copied in one go: a cell that grows would leave pieces of a key behind
            cell = m_text.sliced(begin, m_at - 1 - begin).toByteArray();
            cell.replace("\"\"", "\"");
            return {};
        }
        return refuse(begun, u"has a quote that is never closed"_s);
    }

    QByteArrayView m_text;
    char m_delimiter;
    qsizetype m_at = 0;
    int m_line = 1;
};

bool isBlank(const CsvRecord& record)
{
    return record.cells.size() == 1 && record.cells.first().trimmed().isEmpty();
}

Result<void> readAll(Reader& reader, CsvTable& table)
{
    while (!reader.atEnd()) {
        table.records.append(CsvRecord());
        CsvRecord& last = table.records.last();
        if (auto read = reader.read(last); !read)
            return read;
        const qsizetype expected = table.records.first().cells.size();
        if (isBlank(last))
            table.records.removeLast();
        else if (last.cells.size() != expected)
            return refuse(last.line,
                          u"has %1 cells where the first line has %2"_s.arg(last.cells.size()).arg(expected));
    }
    return {};
}

} // namespace

Result<CsvTable> readCsv(QByteArrayView text)
{
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
    if (text.startsWith(byteOrderMark))
        text = text.sliced(byteOrderMark.size());
    CsvTable table;
    table.delimiter = delimiterOf(text);
    Reader reader(text, table.delimiter);
    auto read = readAll(reader, table);
    if (!read) {
        wipe(table);
        return tl::unexpected(std::move(read).error());
    }
    return table;
}

void wipe(CsvTable& table)
{
    for (CsvRecord& record : table.records)
        for (QByteArray& cell : record.cells)
            base::wipe(cell);
}

} // namespace exchange
