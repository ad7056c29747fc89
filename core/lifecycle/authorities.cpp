// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"

#include "acme/acme_client.h"
#include "acme/directory.h"
#include "acme/server_traits.h"
#include "crypto/certificate.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/journal.h"
#include "lifecycle/key_sealing.h"
#include "lifecycle/repositories.h"
#include "lifecycle/root_change.h"

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
    meta.preauthorization = !directory.newAuthz.isEmpty();
    meta.profiles = directory.meta.profiles;
    meta.accountHashPrefix = directory.meta.accountHashPrefix;
    meta.issuerDomainNames = directory.meta.issuerDomainNames;
    meta.kind = QString::fromUtf16(traits.name);
    return meta;
}

AuthorityPreview previewOf(const Authority& authority)
{
    AuthorityPreview preview;
    preview.details = detailsOf(authority);
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

/// What an update did to the roots, for the log.
QString rootsChanged(const QByteArray& before, const QByteArray& after)
{
    if (before == after)
        return {};
    QStringList fingerprints;
    for (const CertificateFacts& root : certificateFacts(after))
        fingerprints.append(root.sha256);
    return u"trusted roots: "_s + (fingerprints.isEmpty() ? u"the system's store"_s : fingerprints.join(u", "_s));
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

Authorities::Authorities(Repositories& repositories, AcmeClients& clients, Vault& vault, Journal& journal)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
{
}

Task<Result<Authority>> Authorities::checked(AuthorityDetails details, Authority authority, std::stop_token stop)
{
    const auto proxy = proxyFor(details, authority);
    if (!proxy)
        co_return tl::unexpected(proxy.error());
    if (!details.rootFingerprint.trimmed().isEmpty()) {
        auto completed = co_await withFetchedRoot(std::move(details), *proxy, stop);
        if (!completed)
            co_return tl::unexpected(std::move(completed).error());
        details = *std::move(completed);
    }
    auto parsed = parseAuthority(details);
    if (!parsed)
        co_return tl::unexpected(std::move(parsed).error());
    parsed->id = authority.id;
    parsed->createdAt = authority.createdAt;
    const auto sealed = sealCredentials(details, authority, *parsed);
    if (!sealed)
        co_return tl::unexpected(sealed.error());
    auto directory = co_await readDirectory(*parsed, *proxy, std::move(stop));
    if (!directory)
        co_return tl::unexpected(besideItsField(std::move(directory).error()));
    parsed->meta = metaOf(*directory, parsed->directoryUrl);
    parsed->checkedAt = m_journal.now();
    co_return *std::move(parsed);
}

Result<http::Proxy> Authorities::proxyFor(const AuthorityDetails& details, const Authority& before)
{
    if (!details.proxyCredentials && details.proxy == before.proxy)
        return m_clients.proxyOf(before);
    auto proxy = http::Proxy::parse(details.proxy);
    return proxy && details.proxyCredentials ? proxy->withCredentials(details.proxyCredentials) : proxy;
}

Result<void> Authorities::sealCredentials(const AuthorityDetails& details, const Authority& before,
                                          Authority& authority)
{
    // A password is never sent to another proxy than the one it was entered for.
    if (!details.proxyCredentials && details.proxy == before.proxy)
        authority.proxyCredentials = before.proxyCredentials;
    if (!details.proxyCredentials || authority.id.isEmpty())
        return {};
    auto sealed = sealProxyCredentials(m_vault, authority.id, *details.proxyCredentials);
    if (!sealed)
        return base::failed(std::move(sealed), u"storing the proxy's credentials");
    authority.proxyCredentials = *std::move(sealed);
    return {};
}

Task<Result<acme::Directory>> Authorities::readDirectory(Authority authority, http::Proxy proxy, std::stop_token stop)
{
    // Apart from the clients in use, so that settings that fail the check never reach them.
    const auto client = m_clients.probe(authority, proxy);
    auto directory = co_await client->refreshDirectory(std::move(stop));
    co_return directory;
}

Task<Result<AuthorityPreview>> Authorities::preview(AuthorityDetails details, std::stop_token stop)
{
    if (details.name.trimmed().isEmpty())
        details.name = u"preview"_s;
    Authority unnamed;
    unnamed.proxy = details.proxy;
    if (!details.changing.isEmpty()) {
        auto before = co_await m_repositories.authorities.byId(details.changing);
        if (!before)
            co_return tl::unexpected(std::move(before).error());
        unnamed = *std::move(before);
    }
    const SharedSecret credentials = details.proxyCredentials;
    auto authority = co_await checked(std::move(details), std::move(unnamed), std::move(stop));
    if (!authority)
        co_return tl::unexpected(std::move(authority).error());
    AuthorityPreview preview = previewOf(*authority);
    preview.details.proxyCredentials = credentials;
    co_return preview;
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
    const QByteArray rootsBefore = before->rootsPem;
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
    m_clients.release(id);
    // The new trust verified the server a moment ago.
    AuthorityCondition goesOn;
    goesOn.authorityId = id;
    co_await m_repositories.authorities.noteStop(std::move(goesOn));
    co_await m_journal.done(u"authority.update"_s, id, authority->name, Change::Authorities,
                            rootsChanged(rootsBefore, authority->rootsPem));
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
    const QUrl asked = authority->directoryUrl;
    authority = co_await m_repositories.authorities.byId(id); // it may have been changed while its server answered
    if (!authority || authority->directoryUrl != asked)
        co_return authority;
    // What only a refusal told is not forgotten by looking again; changing the authority reads everything anew.
    const bool toldByRefusal = authority->meta.externalAccountRequired;
    authority->meta = metaOf(*directory, authority->directoryUrl);
    authority->meta.externalAccountRequired = authority->meta.externalAccountRequired || toldByRefusal;
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
