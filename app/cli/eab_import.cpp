// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/credential_import.h"

#include "app/cli/documents.h"
#include "app/cli/eab_key.h"
#include "app/cli/exit_code.h"
#include "app/cli/output.h"
#include "app/cli/session.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::CredentialImportLine;
using lifecycle::CredentialImportPreview;
using Verdict = CredentialImportLine::Verdict;

Result<lifecycle::CredentialFile> fileFrom(const Arguments& arguments)
{
    const auto decoding = decodingOption(arguments, u"key-decoding"_s);
    if (!decoding)
        return base::failed(decoding.error());
    return lifecycle::CredentialFile {arguments.words[0], arguments.value(u"authority"_s), *decoding};
}

QString outcomeName(Verdict verdict, bool stored)
{
    if (verdict == Verdict::Add)
        return stored ? u"added"_s : u"would-add"_s;
    return verdict == Verdict::Known ? u"known"_s : u"bad"_s;
}

QJsonArray documentOf(const CredentialImportPreview& preview, bool stored)
{
    QJsonArray documents;
    for (const CredentialImportLine& line : preview.lines) {
        QJsonObject document {
            {u"line"_s, line.line},
            {u"outcome"_s, outcomeName(line.verdict, stored)},
            {u"authority"_s, line.authorityName},
            {u"kid"_s, line.credential.kid},
            {u"algorithm"_s, line.credential.algorithm},
            {u"label"_s, line.credential.label},
            {u"owner"_s, line.credential.owner},
            {u"host"_s, line.credential.host},
            {u"contacts"_s, QJsonArray::fromStringList(line.credential.contacts)},
            {u"expires"_s, timeValue(line.credential.expiresAt)},
            {u"keyLooksEncodedTwice"_s, line.looksEncodedOnceMore},
        };
        if (line.error) {
            document[u"reason"_s] = line.error->message();
            document[u"error"_s] = line.error->toJson();
        }
        documents.append(document);
    }
    return documents;
}

Reply replyFor(const CredentialImportPreview& preview, bool stored)
{
    const bool bad = preview.count(Verdict::Bad) > 0;
    return {documentOf(preview, stored),
            {u"line"_s, u"outcome"_s, u"authority"_s, u"kid"_s, u"owner"_s, u"host"_s, u"expires"_s, u"reason"_s},
            bad ? exit_code::Failed : exit_code::Done};
}

void tellIgnored(const CredentialImportPreview& preview)
{
    if (!preview.ignoredColumns.isEmpty())
        printLine(u"columns that mean nothing here: "_s + preview.ignoredColumns.join(u", "_s));
}

Task<Result<Reply>> import(Session& session, Arguments arguments)
{
    auto file = fileFrom(arguments);
    if (!file)
        co_return base::failed(std::move(file).error());
    auto preview = co_await session.engine().credentialImport().preview(*std::move(file));
    if (!preview)
        co_return base::failed(std::move(preview), u"reading the credentials");
    tellIgnored(*preview);
    if (arguments.has(u"dry-run"_s))
        co_return replyFor(*preview, false);
    if (preview->needsAnswer)
        co_return badOption(u"key-decoding"_s, u"some keys look base64-encoded twice; say “once” or “twice” for all"_s);
    if (const int bad = preview->count(Verdict::Bad); bad > 0) {
        printLine(u"nothing was stored: %1 of %2 lines are wrong"_s.arg(bad).arg(preview->lines.size()));
        co_return replyFor(*preview, false);
    }
    auto stored = co_await session.engine().credentialImport().accept(*preview);
    if (!stored)
        co_return base::failed(std::move(stored), u"importing the credentials");
    printLine(u"%1 credentials are in the vault; %2 has their keys in the clear, so delete it"_s.arg(*stored).arg(
        arguments.words[0]));
    co_return replyFor(*preview, true);
}

QList<Option> importOptions()
{
    return {
        {u"authority"_s, u"NAME"_s, u"For lines that name none."_s},
        {u"dry-run"_s, {}, u"Tells what each line would do, and stores nothing."_s},
        {u"key-decoding"_s, u"HOW"_s, u"“once” or “twice”, where keys look encoded twice."_s},
    };
}

} // namespace

QList<Command> eabImportCommands()
{
    return {{u"eab"_s, u"import"_s, u"FILE"_s, 1, 1,
             u"Stores credentials from CSV: authority, kid, key, alg, label, owner, host, expires, contact."_s,
             importOptions(), Command::Needs::Vault, import}};
}

} // namespace cli
