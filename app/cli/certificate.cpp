// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificates.h"

#include "app/cli/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/passphrase.h"
#include "app/cli/session.h"

#include <QFileInfo>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int pageSize = 1000;

Task<Result<Reply>> list(Session& session, Arguments arguments)
{
    lifecycle::CertificateQuery query;
    query.filter = arguments.value(u"filter"_s);
    query.showRetired = arguments.has(u"all"_s);
    query.limit = pageSize;
    QJsonArray documents;
    int matching = 1;
    int hidden = 0;
    while (query.offset < matching) {
        auto page = co_await session.engine().certificates().page(query);
        if (!page)
            co_return base::failed(std::move(page).error());
        for (const lifecycle::CertificateRow& row : page->rows)
            documents.append(documentOf(row));
        matching = page->matching;
        hidden = page->hidden;
        query.offset += pageSize;
    }
    if (hidden > 0)
        printLine(u"%1 expired or revoked not listed; --all lists them too"_s.arg(hidden));
    co_return Reply {
        documents,
        {u"id"_s, u"names"_s, u"state"_s, u"authority"_s, u"notAfter"_s, u"nextRenewal"_s, u"tags"_s, u"lastError"_s}};
}

Task<Result<Reply>> show(Session& session, Arguments arguments)
{
    auto details = co_await session.engine().certificates().details(arguments.words[0]);
    if (!details)
        co_return base::failed(std::move(details).error());
    co_return Reply {documentOf(*details)};
}

Result<lifecycle::ExportRequest> exportRequestFrom(const Arguments& arguments)
{
    const auto formatName = requiredOption(arguments, u"format"_s);
    if (!formatName)
        return base::failed(formatName.error());
    const auto format = exchange::formatFromName(*formatName);
    if (!format)
        return badOption(u"format"_s, format.error().detail());
    const auto out = requiredOption(arguments, u"out"_s);
    if (!out)
        return base::failed(out.error());
    lifecycle::ExportRequest request;
    request.certificateId = arguments.words[0];
    request.format = *format;
    request.path = *out;
    request.versionId = arguments.value(u"version"_s);
    request.overwrite = arguments.has(u"overwrite"_s);
    request.unencryptedKey = arguments.has(u"unencrypted"_s);
    if (arguments.has(u"password-file"_s)) {
        auto password = secretFromFile(arguments.value(u"password-file"_s), u"password-file"_s);
        if (!password)
            return base::failed(std::move(password).error());
        request.password = std::make_shared<const base::Secret>(*std::move(password));
    }
    return request;
}

/// In the words of the command line.
base::Error worded(base::Error error)
{
    if (error.field() == u"password")
        return base::Error(error.code(), error.detail() + u" (--password-file)"_s).about(u"password-file"_s);
    if (error.code() == base::ErrorCode::AlreadyExists)
        return base::Error(error.code(), error.detail() + u"; --overwrite replaces it"_s);
    return error;
}

Task<Result<Reply>> exportTo(Session& session, Arguments arguments)
{
    const auto request = exportRequestFrom(arguments);
    if (!request)
        co_return base::failed(request.error());
    if (exchange::describe(request->format).needsKey) {
        auto opened = co_await session.openVault();
        if (!opened)
            co_return base::failed(std::move(opened).error());
    }
    auto exported = co_await session.engine().certificates().exportTo(*request);
    if (!exported)
        co_return base::failed(worded(std::move(exported).error()).during(u"exporting"));
    const QJsonObject document {
        {u"id"_s, request->certificateId},
        {u"format"_s, arguments.value(u"format"_s)},
        {u"file"_s, QFileInfo(request->path).absoluteFilePath()},
    };
    co_return Reply {document};
}

/// What was revoked, and nothing else of the certificate.
QJsonObject revocationDocument(const lifecycle::CertificateDetails& details, const lifecycle::RevokeRequest& request)
{
    for (const lifecycle::CertificateVersion& version : details.versions)
        if (request.versionId.isEmpty() || lifecycle::isVersion(version, request.versionId))
            return {
                {u"id"_s, details.row.id},
                {u"version"_s, version.id},
                {u"names"_s, QJsonArray::fromStringList(version.names)},
                {u"serial"_s, version.serial},
                {u"state"_s, u"revoked"_s},
                {u"revokedAt"_s, timeValue(version.revokedAt)},
                {u"revocationReason"_s, lifecycle::revocationReasonName(version.revocationReason)},
                {u"revocationNote"_s, version.revocationNote},
            };
    return {};
}

Task<Result<Reply>> revoke(Session& session, Arguments arguments)
{
    const auto reason = lifecycle::revocationReasonFromName(arguments.value(u"reason"_s, u"unspecified"_s));
    if (!reason)
        co_return badOption(u"reason"_s, reason.error().detail());
    lifecycle::RevokeRequest request;
    request.certificateId = arguments.words[0];
    request.reason = *reason;
    request.note = arguments.value(u"note"_s);
    request.versionId = arguments.value(u"version"_s);
    request.withCertificateKey = arguments.has(u"with-certificate-key"_s);
    auto revoked = co_await session.engine().certificates().revoke(request, session.stop());
    if (!revoked)
        co_return base::failed(std::move(revoked), u"revoking");
    auto details = co_await session.engine().certificates().details(request.certificateId);
    if (!details)
        co_return base::failed(std::move(details).error());
    co_return Reply {revocationDocument(*details, request)};
}

Task<Result<Reply>> remove(Session& session, Arguments arguments)
{
    auto removed = co_await session.engine().certificates().remove(arguments.words[0]);
    if (!removed)
        co_return base::failed(std::move(removed), u"removing the certificate");
    co_return removedReply(arguments.words[0]);
}

Option versionOption()
{
    return {u"version"_s, u"ID|SERIAL"_s, u"One of its versions; the current one unless given."_s};
}

QString formatNames()
{
    QStringList names;
    for (const exchange::FormatDescription& format : exchange::formats())
        names.append(format.name);
    return names.join(u", "_s);
}

QList<Option> exportOptions()
{
    return {
        {u"format"_s, u"FORMAT"_s, formatNames() + u'.'},
        {u"out"_s, u"FILE"_s, u"Where to write it."_s},
        versionOption(),
        {u"password-file"_s, u"FILE"_s, u"Encrypts the key with the first line of FILE."_s},
        {u"overwrite"_s, {}, u"Replaces an existing file."_s},
        {u"unencrypted"_s, {}, u"Writes the private key in the clear."_s},
    };
}

QList<Option> revokeOptions()
{
    return {
        {u"reason"_s, u"REASON"_s, lifecycle::revocationReasonNames().join(u", "_s) + u'.'},
        {u"note"_s, u"TEXT"_s, u"Why, for the event log only."_s},
        versionOption(),
        {u"with-certificate-key"_s, {}, u"Signs with the certificate's own key, not with the account's."_s},
    };
}

QList<Option> listOptions()
{
    return {
        {u"filter"_s, u"QUERY"_s,
         u"Words that the names contain; tag:NAME for certificates with that tag, tag: for those with any."_s},
        {u"all"_s, {}, u"Also expired and revoked ones."_s},
    };
}

} // namespace

QList<Command> certificateCommands()
{
    using Needs = Command::Needs;
    const QString noun = u"certificate"_s;
    return {
        {noun, u"list"_s, {}, 0, 0, u"Lists the certificates."_s, listOptions(), Needs::Data, list},
        {noun, u"show"_s, u"ID"_s, 1, 1, u"Shows one certificate with its versions."_s, {}, Needs::Data, show},
        {noun, u"export"_s, u"ID"_s, 1, 1, u"Writes a certificate or its key to a file."_s, exportOptions(),
         Needs::Data, exportTo},
        {noun, u"revoke"_s, u"ID"_s, 1, 1, u"Revokes a version at the CA, the current one unless told."_s,
         revokeOptions(), Needs::OpenVault, revoke},
        {noun, u"remove"_s, u"ID"_s, 1, 1, u"Forgets a certificate and its keys for good."_s, {}, Needs::Vault, remove},
    };
}

} // namespace cli
