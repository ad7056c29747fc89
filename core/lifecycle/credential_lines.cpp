// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/credential_lines.h"

#include "acme/external_account_binding.h"
#include "base/platform.h"
#include "exchange/csv_reader.h"
#include "jose/jws.h"
#include "lifecycle/account_words.h"
#include "lifecycle/eab_rules.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using Verdict = CredentialImportLine::Verdict;

using Columns = QHash<QString, qsizetype>;

constexpr qint64 largestFile = 16LL * 1024 * 1024;

/// The column that a header means; empty where it means none.
QString columnFor(const QString& header)
{
    static const QHash<QString, QString> names {
        {u"authority"_s, u"authority"_s},
        {u"ca"_s, u"authority"_s},
        {u"kid"_s, u"kid"_s},
        {u"keyid"_s, u"kid"_s},
        {u"keyidentifier"_s, u"kid"_s},
        {u"key"_s, u"key"_s},
        {u"hmac"_s, u"key"_s},
        {u"hmackey"_s, u"key"_s},
        {u"alg"_s, u"alg"_s},
        {u"algorithm"_s, u"alg"_s},
        {u"label"_s, u"label"_s},
        {u"owner"_s, u"owner"_s},
        {u"host"_s, u"host"_s},
        {u"expires"_s, u"expires"_s},
        {u"expiry"_s, u"expires"_s},
        {u"contact"_s, u"contact"_s},
        {u"contacts"_s, u"contact"_s},
    };
    static const QRegularExpression separators(u"[\\s_-]+"_s);
    return names.value(header.trimmed().toLower().remove(separators));
}

Result<Columns> columnsOf(const exchange::CsvRecord& header, QStringList& ignored)
{
    Columns columns;
    for (qsizetype i = 0; i < header.cells.size(); ++i) {
        const QString text = QString::fromUtf8(header.cells[i]);
        const QString column = columnFor(text);
        if (column.isEmpty())
            ignored.append(text.trimmed());
        else if (columns.contains(column))
            return base::invalid(u"file"_s, u"the first line names the column “%1” twice"_s.arg(column));
        else
            columns.insert(column, i);
    }
    for (const QString& needed : {u"kid"_s, u"key"_s})
        if (!columns.contains(needed))
            return base::invalid(u"file"_s,
                                 u"the first line has no column “%1”; it names the columns: authority, kid, "
                                 "key, alg, label, owner, host, expires, contact"_s.arg(needed));
    return columns;
}

/// One record, by the names of its columns.
class Fields {
public:
    Fields(const Columns& columns, const exchange::CsvRecord& record)
        : m_columns(columns)
        , m_record(record)
    {
    }

    QByteArrayView bytes(const QString& column) const
    {
        const auto at = m_columns.constFind(column);
        return at == m_columns.constEnd() ? QByteArrayView() : QByteArrayView(m_record.cells[*at]);
    }
    QString text(const QString& column) const { return QString::fromUtf8(bytes(column)).trimmed(); }

private:
    const Columns& m_columns;
    const exchange::CsvRecord& m_record;
};

Result<QString> algorithmOf(const QString& text)
{
    if (text.isEmpty())
        return u"HS256"_s;
    const QString name = text.toUpper();
    if (!jose::macAlgorithmFromName(name))
        return base::invalid(u"algorithm"_s, u"“%1” is none of HS256, HS384, HS512"_s.arg(text));
    return name;
}

Result<void> readKey(QByteArrayView text, std::optional<bool> decodeOnceMore, CredentialImportLine& into)
{
    auto decoded = acme::decodeMacKey(base::Secret(text));
    if (!decoded)
        return tl::unexpected(std::move(decoded).error());
    into.looksEncodedOnceMore = decoded->looksEncodedOnceMore;
    if (decoded->looksEncodedOnceMore && decodeOnceMore.value_or(false))
        decoded = acme::decodeMacKeyAgain(*decoded);
    if (!decoded)
        return tl::unexpected(std::move(decoded).error());
    into.key = std::make_shared<const base::Secret>(std::move(decoded->key));
    return {};
}

Result<void> readFields(const Fields& fields, std::optional<bool> decodeOnceMore, CredentialImportLine& into)
{
    static const QRegularExpression blanks(u"[\\s,;]+"_s);
    EabCredential& credential = into.credential;
    credential.kid = fields.text(u"kid"_s);
    credential.label = fields.text(u"label"_s);
    credential.owner = fields.text(u"owner"_s);
    credential.host = fields.text(u"host"_s);
    if (credential.kid.isEmpty())
        return base::invalid(u"kid"_s, u"the credential needs its key identifier"_s);
    auto algorithm = algorithmOf(fields.text(u"alg"_s));
    if (!algorithm)
        return tl::unexpected(std::move(algorithm).error());
    credential.algorithm = *algorithm;
    auto expiry = parseExpiry(fields.text(u"expires"_s));
    if (!expiry)
        return tl::unexpected(std::move(expiry).error());
    credential.expiresAt = *expiry;
    auto contacts = parseContacts(fields.text(u"contact"_s).split(blanks, Qt::SkipEmptyParts));
    if (!contacts)
        return tl::unexpected(std::move(contacts).error());
    credential.contacts = *contacts;
    return readKey(fields.bytes(u"key"_s), decodeOnceMore, into);
}

CredentialImportLine lineOf(const Columns& columns, const exchange::CsvRecord& record, const CredentialFile& file)
{
    const Fields fields(columns, record);
    CredentialImportLine line;
    line.line = record.line;
    line.authorityName = fields.text(u"authority"_s);
    if (line.authorityName.isEmpty())
        line.authorityName = file.authority;
    auto read = readFields(fields, file.decodeOnceMore, line);
    if (read)
        line.verdict = Verdict::Add;
    else
        line.error = std::move(read).error();
    return line;
}

Result<CredentialImportPreview> previewOf(const exchange::CsvTable& table, const CredentialFile& file)
{
    CredentialImportPreview preview;
    if (table.records.isEmpty())
        return base::invalid(u"file"_s, u"the file is empty"_s);
    auto columns = columnsOf(table.records.first(), preview.ignoredColumns);
    if (!columns)
        return tl::unexpected(std::move(columns).error());
    for (const exchange::CsvRecord& record : table.records.sliced(1))
        preview.lines.append(lineOf(*columns, record, file));
    for (const CredentialImportLine& line : std::as_const(preview.lines))
        preview.needsAnswer |= line.looksEncodedOnceMore && !file.decodeOnceMore;
    return preview;
}

} // namespace

int CredentialImportPreview::count(Verdict verdict) const
{
    return static_cast<int>(std::count_if(
        lines.begin(), lines.end(), [verdict](const CredentialImportLine& line) { return line.verdict == verdict; }));
}

Result<CredentialImportPreview> readCredentialLines(const CredentialFile& file)
{
    const auto text = base::platform::readSecret(file.path, largestFile);
    if (!text)
        return tl::unexpected(base::Error(text.error()).about(u"file"_s));
    auto table = exchange::readCsv(text->view());
    if (!table)
        return tl::unexpected(std::move(table).error());
    auto preview = previewOf(*table, file);
    exchange::wipe(*table);
    return preview;
}

} // namespace lifecycle
