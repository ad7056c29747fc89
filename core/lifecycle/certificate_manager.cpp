// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager.h"

#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/change_batch.h"
#include "lifecycle/change_feed.h"

namespace lifecycle {
namespace {

using base::Result;
using base::Task;

Task<Result<Overview>> overviewOf(Engine& engine)
{
    auto counts = co_await engine.certificateRepository().counts(engine.clock().now());
    if (!counts)
        co_return tl::unexpected(std::move(counts).error());
    co_return Overview {*std::move(counts), engine.isRenewing()};
}

} // namespace

CertificateManager::CertificateManager(Engine& engine, PracticeStarter practice, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_practice(std::move(practice))
{
    qRegisterMetaType<Changes>();
    qRegisterMetaType<QList<OrderEvent>>();
    auto* batch = new ChangeBatch;
    batch->moveToThread(engine.thread());
    connect(&engine.feed(), &ChangeFeed::changed, batch, &ChangeBatch::addChanges);
    connect(&engine.feed(), &ChangeFeed::orderAdvanced, batch, &ChangeBatch::addEvent);
    connect(batch, &ChangeBatch::changed, this, &CertificateManager::changed);
    connect(batch, &ChangeBatch::ordersAdvanced, this, &CertificateManager::ordersAdvanced);
    connect(this, &QObject::destroyed, batch, &QObject::deleteLater);
}

CertificateManager::~CertificateManager() = default;

void CertificateManager::vaultStatus(QObject* context, Reply<VaultStatus> reply)
{
    ask<VaultStatus>([](Engine& engine) { return engine.vault().status(); }, context, std::move(reply));
}

void CertificateManager::createVault(SharedSecret passphrase, QObject* context, Reply<void> reply)
{
    ask<void>([passphrase](Engine& engine) { return engine.vault().create(passphrase); }, context, std::move(reply));
}

void CertificateManager::createVaultInKeyring(QObject* context, Reply<void> reply)
{
    ask<void>([](Engine& engine) { return engine.vault().createInKeyring(); }, context, std::move(reply));
}

void CertificateManager::unlockVault(SharedSecret passphrase, QObject* context, Reply<void> reply)
{
    ask<void>([passphrase](Engine& engine) { return engine.vault().unlock(passphrase); }, context, std::move(reply));
}

void CertificateManager::unlockVaultFromKeyring(QObject* context, Reply<void> reply)
{
    ask<void>([](Engine& engine) { return engine.vault().unlockFromKeyring(); }, context, std::move(reply));
}

void CertificateManager::addPassphrase(SharedSecret passphrase, QObject* context, Reply<void> reply)
{
    ask<void>([passphrase](Engine& engine) { return engine.vault().addPassphrase(passphrase); }, context,
              std::move(reply));
}

void CertificateManager::lockVault()
{
    Engine* engine = &m_engine;
    QMetaObject::invokeMethod(
        engine,
        [engine] {
            engine->vault().lock();
            engine->feed().announce(Change::Vault);
        },
        Qt::QueuedConnection);
}

void CertificateManager::overview(QObject* context, Reply<Overview> reply)
{
    ask<Overview>([](Engine& engine) { return overviewOf(engine); }, context, std::move(reply));
}

void CertificateManager::events(EventQuery query, QObject* context, Reply<QList<Event>> reply)
{
    ask<QList<Event>>([query](Engine& engine) { return engine.events().page(query); }, context, std::move(reply));
}

} // namespace lifecycle
