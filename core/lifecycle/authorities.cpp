// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authorities.h"

#include "acme/acme_client.h"
#include "acme/directory.h"
#include "acme/server_traits.h"
#include "crypto/certificate.h"
#include "http/proxy.h"
#include "http/root_fetch.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/journal.h"
#include "lifecycle/repositories.h"

#include <QRegularExpression>
#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Result<QUrl> parseDirectoryUrl(const QString& text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return base::invalid(u"directoryUrl"_s,
                             u"this is no URL; a directory looks like https://ca.example/acme/directory"_s);
    if (url.scheme() != "https"_L1)
        return base::invalid(u"directoryUrl"_s, u"the directory must be https, this is “%1”"_s.arg(url.scheme()));
    return url;
}

QString withScheme(const QString& urlOrHost)
{
    const QString text = urlOrHost.trimmed();
    return text.contains("://"_L1) || text.isEmpty() ? text : u"https://"_s + text;
}

bool isBareHost(const QUrl& url)
{
    return url.path().isEmpty() || url.path() == "/"_L1;
}

/// Where step-ca has its ACME directory when its provisioner has one of the usual names, the documented one first.
QStringList usualDirectoryPaths()
{
    return {u"/acme/acme/directory"_s, u"/acme/default/directory"_s, u"/acme/local/directory"_s};
}

Result<QByteArray> parseFingerprint(const QString& text)
{
    static const QRegularExpression separators(u"[\\s:]"_s);
    static const QRegularExpression sha256(u"^[0-9a-fA-F]{64}$"_s);
    const QString digits = QString(text).remove(separators);
    if (!sha256.match(digits).hasMatch())
        return base::invalid(
            u"root"_s, u"a SHA-256 fingerprint has 64 hexadecimal digits, this has %1 characters"_s.arg(digits.size()));
    return QByteArray::fromHex(digits.toLatin1());
}

/// Whether other paths of the same host will not answer either.
bool isUnreachable(const base::Error& error)
{
    using enum base::ErrorCode;
    return error.code() == Network || error.code() == Timeout || error.code() == UntrustedServer
        || error.code() == Cancelled;
}

/// The host is at fault where nobody answers, else the fingerprint.
base::Error aboutFetching(base::Error error)
{
    const bool reached = error.code() == base::ErrorCode::UntrustedServer || error.code() == base::ErrorCode::NotFound;
    return std::move(error).about(reached ? u"root"_s : u"directoryUrl"_s).during(u"fetching the root");
}

Result<QByteArray> parseRoots(const QByteArray& pem)
{
    if (pem.trimmed().isEmpty())
        return QByteArray();
    auto certificates = crypto::certificatesFromPem(pem);
    if (!certificates)
        return base::invalid(u"root"_s, u"this holds no certificate: "_s + certificates.error().detail());
    QByteArray normalized;
    for (const crypto::Certificate& certificate : *certificates)
        normalized += certificate.pem();
    return normalized;
}

QString resolverFault(const QString& resolver)
{
    const QUrl url(u"dns://"_s + resolver, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() ? QString() : u"“%1” is not HOST:PORT"_s.arg(resolver);
}

Result<Authority> parse(const AuthorityDetails& details)
{
    Authority authority;
    authority.name = details.name.trimmed();
    if (authority.name.isEmpty())
        return base::invalid(u"name"_s, u"the authority needs a name"_s);
    auto url = parseDirectoryUrl(details.directoryUrl);
    if (!url)
        return tl::unexpected(std::move(url).error());
    auto roots = parseRoots(details.rootsPem);
    if (!roots)
        return tl::unexpected(std::move(roots).error());
    for (const QString& resolver : details.resolvers)
        if (const QString fault = resolverFault(resolver); !fault.isEmpty())
            return base::invalid(u"resolvers"_s, fault);
    authority.directoryUrl = *url;
    authority.rootsPem = *roots;
    authority.proxy = details.proxy;
    authority.resolvers = details.resolvers;
    return authority;
}

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
    preview.directoryUrl = authority.directoryUrl.toString();
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

/// A directory that cannot be read is told about beside the field that can mend it.
base::Error besideItsField(base::Error error)
{
    if (error.code() == base::ErrorCode::UntrustedServer)
        return std::move(error).about(u"root"_s);
    return error.field().isEmpty() ? std::move(error).about(u"directoryUrl"_s) : error;
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
    auto parsed = parse(details);
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

Task<Result<AuthorityDetails>> Authorities::withFetchedRoot(AuthorityDetails details, std::stop_token stop)
{
    const auto fingerprint = parseFingerprint(details.rootFingerprint);
    if (!fingerprint)
        co_return tl::unexpected(fingerprint.error());
    details.rootFingerprint.clear();
    auto url = parseDirectoryUrl(withScheme(details.directoryUrl));
    if (!url)
        co_return tl::unexpected(std::move(url).error());
    auto proxy = http::Proxy::parse(details.proxy);
    if (!proxy)
        co_return tl::unexpected(std::move(proxy).error());
    http::RootFetch root(*std::move(proxy));
    auto pem = co_await root.fetch(*url, *fingerprint, stop);
    if (!pem)
        co_return tl::unexpected(aboutFetching(std::move(pem).error()));
    details.rootsPem = *std::move(pem);
    details.directoryUrl = url->toString();
    if (!isBareHost(*url))
        co_return details;
    Authority probe;
    probe.rootsPem = details.rootsPem;
    probe.proxy = details.proxy;
    for (const QString& path : usualDirectoryPaths()) {
        probe.directoryUrl = *url;
        probe.directoryUrl.setPath(path);
        auto directory = co_await readDirectory(probe, stop);
        if (!directory && isUnreachable(directory.error()))
            co_return tl::unexpected(besideItsField(std::move(directory).error()));
        if (!directory)
            continue;
        details.directoryUrl = probe.directoryUrl.toString();
        co_return details;
    }
    co_return base::failed(
        base::Error(base::ErrorCode::InvalidInput,
                    u"the root is right, but there is no ACME directory at %1; enter its whole URL"_s.arg(
                        usualDirectoryPaths().join(u", "_s)))
            .about(u"directoryUrl"_s));
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
