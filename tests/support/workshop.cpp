// SPDX-License-Identifier: Apache-2.0
#include "support/workshop.h"

#include "http/network_http_client.h"
#include "support/await.h"
#include "support/free_port.h"

namespace support {
namespace {

using namespace Qt::StringLiterals;

lifecycle::SharedSecret passphrase()
{
    return std::make_shared<const base::Secret>("correct horse battery staple");
}

template <class T>
T required(base::Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message()));
    return std::move(*result);
}

} // namespace

Workshop::Workshop()
    : m_clock(QDateTime::currentDateTimeUtc())
    , m_port(freePort())
{
    m_clock.setSleepsPass(true);
    open();
    const auto created = await(m_storage->vault().create(passphrase()));
    if (!created)
        qFatal("%s", qPrintable(created.error().message()));
}

Workshop::~Workshop()
{
    close();
}

void Workshop::open()
{
    m_storage = required(await(storage::Storage::open(m_folder.path() + u"/data"_s, u"test"_s)));
    m_dnsUpdates = std::make_unique<lifecycle::StoredSolvers>(m_storage->solvers(), m_storage->vault());
    m_solvers = std::make_unique<challenge::BuiltInSolvers>(*m_dnsUpdates, m_clock);
    lifecycle::Repositories repositories {m_storage->authorities(), m_storage->accounts(), m_storage->certificates(),
                                          m_storage->orders(),      m_storage->renewals(), m_storage->events(),
                                          m_storage->policies(),    m_storage->solvers(),  m_storage->persistRecords()};
    auto makeClient = [](const http::TrustSettings& trust) { return std::make_unique<http::NetworkHttpClient>(trust); };
    m_engine = std::make_unique<lifecycle::Engine>(
        lifecycle::EngineParts {repositories, m_storage->vault(), m_storage->leases(), m_clock, *m_solvers, makeClient,
                                lifecycle::Actor {u"tester"_s, lifecycle::Origin::CommandLine}});
}

void Workshop::close()
{
    await(m_engine->drain());
    m_engine.reset();
    m_solvers.reset();
    m_dnsUpdates.reset();
    m_storage.reset();
}

void Workshop::restart()
{
    close();
    open();
    unlock();
}

void Workshop::unlock()
{
    const auto unlocked = await(m_storage->vault().unlock(passphrase()));
    if (!unlocked)
        qFatal("%s", qPrintable(unlocked.error().message()));
}

lifecycle::Authority Workshop::addAuthority(const QUrl& directoryUrl, const QByteArray& rootPem, const QString& name)
{
    lifecycle::AuthorityDetails details;
    details.name = name;
    details.directoryUrl = directoryUrl.toString();
    details.rootsPem = rootPem;
    details.proxy = u"none"_s;
    return required(await(m_engine->authorities().add(details, {})));
}

lifecycle::Account Workshop::registerAccount(const QString& authorityId)
{
    lifecycle::AccountDetails details;
    details.authorityId = authorityId;
    details.termsAgreed = true;
    return required(await(m_engine->accounts().registerAccount(details, {})));
}

lifecycle::IssueRequest Workshop::request(const QString& authorityId, const QStringList& names) const
{
    lifecycle::IssueRequest request;
    request.names = required(base::parseIdentifiers(names));
    request.authorityId = authorityId;
    request.proof = challenge::ProofSettings::http01Listening(u"127.0.0.1:%1"_s.arg(m_port));
    return request;
}

base::Result<lifecycle::OrderRecord> Workshop::issue(const lifecycle::IssueRequest& request)
{
    auto id = await(m_engine->orders().place(request, {}));
    if (!id)
        return tl::unexpected(id.error());
    return await(m_engine->orders().waitFor(*id), 60);
}

} // namespace support
