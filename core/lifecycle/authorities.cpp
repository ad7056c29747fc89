// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"

#include "acme/acme_client.h"
#include "acme/directory.h"
#include "acme/server_traits.h"
#include "crypto/certificate.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

AuthorityMeta metaOf(const acme::Directory& directory, const QUrl& url)
{
    AuthorityMeta meta;
    meta.termsOfService = directory.meta.termsOfService;
    meta.website = directory.meta.website;
    meta.caaIdentities = directory.meta.caaIdentities;
    const acme::ServerTraits& traits = acme::recogniseServer(url, directory);
    meta.externalAccountRequired = directory.meta.externalAccountRequired || traits.requiresExternalAccount;
    meta.renewalInfo = !directory.renewalInfo.isEmpty();
    meta.profiles = directory.meta.profiles;
    meta.kind = QString::fromUtf16(traits.name);
    return meta;
}

AuthorityPreview previewOf(const Authority& authority)
{
    AuthorityPreview preview;
    preview.details.name = authority.name;
    preview.details.directoryUrl = authority.directoryUrl.toString();
    preview.details.rootsPem = authority.rootsPem;
    preview.details.proxy = authority.proxy;
    preview.details.resolvers = authority.resolvers;
    preview.meta = authority.meta;
    const auto roots = crypto::certificatesFromPem(authority.rootsPem);
    if (!roots)
        return preview; // the system's store
    for (const crypto::Certificate& root : *roots) {
        preview.rootSubjects.append(root.subject());
        preview.rootFingerprints.append(QString::fromLatin1(root.fingerprint(crypto::DigestAlgorithm::Sha256).toHex()));
    }
    return preview;
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

Authorities::Authorities(Repositories& repositories, AcmeClients& clients, Journal& journal)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_journal(journal)
{
}

Task<Result<Authority>> Authorities::checked(AuthorityDetails details, Authority authority, std::stop_token stop)
{
    if (!details.rootFingerprint.trimmed().isEmpty()) {
        auto completed = co_await withFetchedRoot(std::move(details), stop);
        if (!completed)
            co_return tl::unexpected(std::move(completed).error());
        details = *std::move(completed);
    }
    auto parsed = parseAuthority(details);
    if (!parsed)
        co_return tl::unexpected(std::move(parsed).error());
    parsed->id = authority.id;
    parsed->createdAt = authority.createdAt;
    auto directory = co_await readDirectory(*parsed, std::move(stop));
    if (!directory)
        co_return tl::unexpected(besideItsField(std::move(directory).error()));
    parsed->meta = metaOf(*directory, parsed->directoryUrl);
    parsed->checkedAt = m_journal.now();
    co_return *std::move(parsed);
}

Task<Result<acme::Directory>> Authorities::readDirectory(Authority authority, std::stop_token stop)
{
    // The check runs under an id of its own, so that settings that fail it never reach a client in use.
    authority.id = u"check:"_s + newId();
    auto client = m_clients.of(authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    auto directory = co_await (*client)->refreshDirectory(std::move(stop));
    m_clients.forget(authority.id);
    co_return directory;
}

Task<Result<AuthorityPreview>> Authorities::preview(AuthorityDetails details, std::stop_token stop)
{
    if (details.name.trimmed().isEmpty())
        details.name = u"preview"_s;
    Authority unnamed;
    auto authority = co_await checked(std::move(details), std::move(unnamed), std::move(stop));
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    co_return previewOf(*authority);
}

Task<Result<Authority>> Authorities::add(AuthorityDetails details, std::stop_token stop)
{
    const QString name = details.name.trimmed();
    Authority fresh;
    fresh.id = newId();
    fresh.createdAt = m_journal.now();
    auto authority = co_await checked(std::move(details), std::move(fresh), std::move(stop));
    if (authority) {
        auto inserted = co_await m_repositories.authorities.insert(*authority);
        if (!inserted)
            authority = tl::unexpected(std::move(inserted).error().about(u"name"_s));
    }
    if (!authority) {
        co_await m_journal.failed(u"authority.add"_s, QString(), name, authority.error());
        co_return authority;
    }
    co_await m_journal.done(u"authority.add"_s, authority->id, authority->name, Change::Authorities);
    co_return authority;
}

Task<Result<Authority>> Authorities::update(QString id, AuthorityDetails details, std::stop_token stop)
{
    auto before = co_await m_repositories.authorities.byId(id);
    if (!before)
        co_return before;
    const QString name = before->name;
    auto authority = co_await checked(std::move(details), *std::move(before), std::move(stop));
    if (authority) {
        auto updated = co_await m_repositories.authorities.update(*authority);
        if (!updated)
            authority = tl::unexpected(std::move(updated).error().about(u"name"_s));
    }
    if (!authority) {
        co_await m_journal.failed(u"authority.update"_s, id, name, authority.error());
        co_return authority;
    }
    m_clients.apply(*authority);
    co_await m_journal.done(u"authority.update"_s, id, authority->name, Change::Authorities);
    co_return authority;
}

Task<Result<Authority>> Authorities::refresh(QString id, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(id);
    if (!authority)
        co_return authority;
    auto client = m_clients.of(*authority);
    if (!client)
        co_return tl::unexpected(std::move(client).error());
    auto directory = co_await (*client)->refreshDirectory(std::move(stop));
    if (!directory)
        co_return tl::unexpected(std::move(directory).error());
    authority->meta = metaOf(*directory, authority->directoryUrl);
    authority->checkedAt = m_journal.now();
    auto updated = co_await m_repositories.authorities.update(*authority);
    if (!updated)
        co_return tl::unexpected(std::move(updated).error());
    m_journal.announce(Change::Authorities);
    co_return authority;
}

Task<Result<void>> Authorities::remove(QString id)
{
    auto authority = co_await m_repositories.authorities.byId(id);
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    auto removed = co_await m_repositories.authorities.remove(id);
    if (!removed) {
        co_await m_journal.failed(u"authority.remove"_s, id, authority->name, removed.error());
        co_return removed;
    }
    co_await m_journal.done(u"authority.remove"_s, id, authority->name, Change::Authorities);
    co_return removed;
}

Task<Result<QList<Authority>>> Authorities::all()
{
    return m_repositories.authorities.all();
}

Task<Result<Authority>> Authorities::find(QString nameOrId)
{
    auto all = co_await m_repositories.authorities.all();
    if (!all)
        co_return tl::unexpected(std::move(all).error());
    for (const Authority& authority : *all)
        if (authority.id == nameOrId || authority.name.compare(nameOrId, Qt::CaseInsensitive) == 0)
            co_return authority;
    co_return base::failed(base::ErrorCode::NotFound, u"there is no authority “%1”"_s.arg(nameOrId));
}

} // namespace lifecycle
