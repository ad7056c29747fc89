// SPDX-License-Identifier: Apache-2.0
#include "acme/directory.h"
#include "http/proxy.h"
#include "http/root_fetch.h"
#include "lifecycle/authorities.h"
#include "lifecycle/authority_input.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

namespace {

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
    if (!error.field().isEmpty())
        return std::move(error).during(u"fetching the root");
    const bool reached = error.code() == base::ErrorCode::UntrustedServer || error.code() == base::ErrorCode::NotFound;
    return std::move(error).about(reached ? u"root"_s : u"directoryUrl"_s).during(u"fetching the root");
}

} // namespace

Task<Result<AuthorityDetails>> Authorities::withFetchedRoot(AuthorityDetails details, http::Proxy proxy,
                                                            std::stop_token stop)
{
    const auto fingerprint = parseFingerprint(details.rootFingerprint);
    if (!fingerprint)
        co_return tl::unexpected(fingerprint.error());
    auto url = parseDirectoryUrl(withScheme(details.directoryUrl));
    if (!url)
        co_return tl::unexpected(std::move(url).error());
    http::RootFetch root(proxy);
    auto pem = co_await root.fetch(*url, *fingerprint, stop);
    if (!pem)
        co_return tl::unexpected(aboutFetching(std::move(pem).error()));
    details.rootFingerprint.clear();
    details.rootsPem = *std::move(pem);
    details.directoryUrl = url->toString();
    if (!isBareHost(*url))
        co_return details;
    co_return co_await withUsualPath(std::move(details), std::move(proxy), std::move(stop));
}

Task<Result<AuthorityDetails>> Authorities::withUsualPath(AuthorityDetails details, http::Proxy proxy,
                                                          std::stop_token stop)
{
    Authority probe;
    probe.rootsPem = details.rootsPem;
    for (const QString& path : usualDirectoryPaths()) {
        probe.directoryUrl = QUrl(details.directoryUrl);
        probe.directoryUrl.setPath(path);
        auto directory = co_await readDirectory(probe, proxy, stop);
        if (directory) {
            details.directoryUrl = probe.directoryUrl.toString();
            co_return details;
        }
        if (isUnreachable(directory.error()))
            co_return tl::unexpected(besideItsField(std::move(directory).error()));
    }
    co_return base::invalid(u"directoryUrl"_s,
                            u"the root is right, but there is no ACME directory at %1; enter its whole URL"_s.arg(
                                usualDirectoryPaths().join(u", "_s)));
}

} // namespace lifecycle
