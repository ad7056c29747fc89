// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authority_trust.h"

#include "base/logging.h"
#include "crypto/certificate.h"
#include "http/root_fetch.h"
#include "inspect/served_certificate.h"
#include "lifecycle/acme_clients.h"
#include "lifecycle/authorities.h"
#include "lifecycle/authority_input.h"
#include "lifecycle/journal.h"
#include "lifecycle/orders.h"
#include "lifecycle/repositories.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int httpsPort = 443;
constexpr std::chrono::seconds lookTimeout {5}; // the end of the program waits for it

QString fingerprints(const QByteArray& pem)
{
    QStringList all;
    for (const CertificateFacts& root : certificateFacts(pem))
        all.append(root.sha256);
    return all.join(u", "_s);
}

} // namespace

AuthorityTrust::AuthorityTrust(Repositories& repositories, AcmeClients& clients, Authorities& authorities,
                               Orders& orders, Journal& journal)
    : m_repositories(repositories)
    , m_clients(clients)
    , m_authorities(authorities)
    , m_orders(orders)
    , m_journal(journal)
{
    m_clients.tell(this);
}

AuthorityTrust::~AuthorityTrust()
{
    m_clients.tell(nullptr);
}

void AuthorityTrust::untrusted(const QString& authorityId, const base::Error& error)
{
    if (m_stopping.contains(authorityId))
        return;
    m_stopping.insert(authorityId);
    m_scope.start(stopWork(authorityId, error));
}

void AuthorityTrust::trusted(const QString& authorityId)
{
    m_scope.start(goOn(authorityId));
}

void AuthorityTrust::rateLimited(const QString& authorityId, const QDateTime& until)
{
    m_scope.start(noteRateLimit(authorityId, until));
}

Task<void> AuthorityTrust::stopWork(QString id, base::Error error)
{
    auto authority = co_await m_repositories.authorities.byId(id);
    auto condition = co_await m_repositories.authorities.condition(id);
    if (authority && condition) {
        const bool isNew = !condition->isStopped();
        if (isNew)
            condition->stoppedAt = m_journal.now();
        condition->stopReason = error.detail();
        co_await m_repositories.authorities.noteStop(*condition); // before the look, which may take a while
        if (isNew)
            co_await m_journal.failed(u"authority.stop"_s, id, authority->name, error);
        auto served = co_await servedBy(*authority);
        co_await keepServed(id, std::move(served));
        m_journal.announce(Change::Authorities);
    }
    m_stopping.remove(id);
}

Task<void> AuthorityTrust::keepServed(QString id, QByteArray pem)
{
    auto condition = co_await m_repositories.authorities.condition(std::move(id));
    if (pem.isEmpty() || !condition || !condition->isStopped()) // work may have gone on while it was looked at
        co_return;
    condition->servedPem = std::move(pem);
    co_await m_repositories.authorities.noteStop(*condition);
}

Task<QByteArray> AuthorityTrust::servedBy(Authority authority)
{
    auto proxy = m_clients.proxyOf(authority);
    if (!proxy)
        co_return QByteArray();
    const QUrl url = authority.directoryUrl;
    const auto port = static_cast<quint16>(url.port(httpsPort));
    const std::stop_token never;
    auto served = co_await inspect::servedCertificate(url.host(), port, QString(), never, lookTimeout, *proxy);
    QByteArray pem;
    if (served)
        for (const QByteArray& der : std::as_const(served->certificates))
            if (const auto certificate = crypto::Certificate::fromDer(der))
                pem += certificate->pem();
    co_return pem;
}

Task<void> AuthorityTrust::goOn(QString id)
{
    auto condition = co_await m_repositories.authorities.condition(id);
    if (!condition || !condition->isStopped())
        co_return;
    condition->stoppedAt = QDateTime();
    condition->stopReason.clear();
    condition->servedPem.clear();
    co_await m_repositories.authorities.noteStop(*condition);
    auto authority = co_await m_repositories.authorities.byId(id);
    const QString name = authority ? authority->name : id;
    co_await m_journal.done(u"authority.resume"_s, id, name, Change::Authorities,
                            u"the server shows what is trusted again"_s);
    co_await resumeOrders();
}

Task<void> AuthorityTrust::noteRateLimit(QString id, QDateTime until)
{
    co_await m_repositories.authorities.noteRateLimit(std::move(id), std::move(until));
    m_journal.announce(Change::Authorities);
}

Task<Result<QByteArray>> AuthorityTrust::newRoots(Authority authority, RootChange change, std::stop_token stop)
{
    if (!change.pem.isEmpty())
        co_return change.pem;
    const auto wanted = parseFingerprint(change.fingerprint);
    if (!wanted)
        co_return tl::unexpected(wanted.error());
    auto condition = co_await m_repositories.authorities.condition(authority.id);
    if (condition)
        for (const CertificateFacts& served : certificateFacts(condition->servedPem))
            if (served.isSelfSigned && served.sha256 == QString::fromLatin1(wanted->toHex()))
                co_return served.pem;
    auto proxy = m_clients.proxyOf(authority);
    if (!proxy)
        co_return tl::unexpected(std::move(proxy).error());
    http::RootFetch fetch(*std::move(proxy));
    auto fetched = co_await fetch.fetch(authority.directoryUrl, *wanted, std::move(stop));
    if (!fetched)
        co_return tl::unexpected(std::move(fetched).error().about(u"root"_s).during(u"fetching the root"));
    co_return fetched;
}

Task<Result<Authority>> AuthorityTrust::accept(QString id, RootChange change, std::stop_token stop)
{
    auto authority = co_await m_repositories.authorities.byId(id);
    if (!authority)
        co_return authority;
    auto roots = co_await newRoots(*authority, change, stop);
    if (!roots)
        co_return tl::unexpected(std::move(roots).error());
    AuthorityDetails details = detailsOf(*authority);
    details.rootsPem = change.kind == RootChange::Kind::Add ? authority->rootsPem + *roots : *roots;
    auto updated = co_await m_authorities.update(id, std::move(details), std::move(stop));
    if (!updated)
        co_return updated;
    const QString verb = change.kind == RootChange::Kind::Add ? u"trusted as well: "_s : u"trusted instead: "_s;
    co_await m_journal.done(u"authority.trust"_s, id, updated->name, Change::Authorities, verb + fingerprints(*roots));
    co_await resumeOrders();
    co_return updated;
}

Task<void> AuthorityTrust::resumeOrders()
{
    if (!m_resumes)
        co_return;
    auto resumed = co_await m_orders.resumeRipe();
    if (!resumed)
        qCWarning(base::log::lifecycle) << "resuming orders:" << resumed.error().message();
}

Task<void> AuthorityTrust::settle()
{
    co_await m_scope.drain();
}

} // namespace lifecycle
