// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager.h"

#include "lifecycle/change_batch.h"
#include "lifecycle/engine.h"
#include "lifecycle/renewal_scheduler.h"

#include <QPointer>

#include <memory>
#include <utility>

namespace lifecycle {
namespace {

using base::Result;
using base::Task;

template <class T>
using Work = std::function<Task<Result<T>>(Engine&)>;

template <class T>
using StoppableWork = std::function<Task<Result<T>>(Engine&, std::stop_token)>;

/// Brings an answer back to the GUI thread, unless whoever asked is gone by then.
template <class T>
struct Return {
    QPointer<QObject> manager;
    QPointer<QObject> context;
    CertificateManager::Reply<T> reply;

    void operator()(Result<T> result) const
    {
        if (!manager)
            return;
        auto shared = std::make_shared<Result<T>>(std::move(result));
        auto answer = [asked = context, reply = reply, shared] {
            if (asked)
                reply(std::move(*shared));
        };
        QMetaObject::invokeMethod(manager.data(), answer, Qt::QueuedConnection);
    }
};

template <class T>
Task<void> carryOut(Engine& engine, Work<T> work, Return<T> back)
{
    Task<Result<T>> task = work(engine);
    auto result = co_await std::move(task);
    back(std::move(result));
}

/// Carries out work that ends early when its caller or the whole engine stops. What the caller does on its own thread
/// reaches the work on the engine's.
template <class T>
Task<void> carryOutStoppable(Engine& engine, StoppableWork<T> work, std::stop_token stop, Return<T> back)
{
    const std::stop_source either;
    const auto relay = [stopped = either]() mutable { stopped.request_stop(); };
    const auto post = [&engine, relay] { QMetaObject::invokeMethod(&engine, relay, Qt::QueuedConnection); };
    const std::stop_callback onEngineStop(engine.scope().stopToken(), relay);
    const std::stop_callback onStop(stop, post);
    Task<Result<T>> task = work(engine, either.get_token());
    auto result = co_await std::move(task);
    back(std::move(result));
}

Task<Result<Overview>> overviewOf(Engine& engine)
{
    auto counts = co_await engine.certificateRepository().counts(engine.clock().now());
    if (!counts)
        co_return tl::unexpected(std::move(counts).error());
    co_return Overview {*std::move(counts), engine.isRenewing()};
}

} // namespace

template <class T>
void CertificateManager::ask(std::function<Task<Result<T>>(Engine&)> work, QObject* context, Reply<T> reply)
{
    Return<T> back {this, context, std::move(reply)};
    Engine* engine = &m_engine;
    auto begin = [engine, work = std::move(work), back = std::move(back)] {
        engine->scope().start(carryOut<T>(*engine, work, back));
    };
    QMetaObject::invokeMethod(engine, begin, Qt::QueuedConnection);
}

template <class T>
void CertificateManager::askStoppable(StoppableWork<T> work, QObject* context, Reply<T> reply, std::stop_token stop)
{
    Return<T> back {this, context, std::move(reply)};
    Engine* engine = &m_engine;
    auto begin = [engine, work = std::move(work), stop = std::move(stop), back = std::move(back)] {
        engine->scope().start(carryOutStoppable<T>(*engine, work, stop, back));
    };
    QMetaObject::invokeMethod(engine, begin, Qt::QueuedConnection);
}

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

void CertificateManager::authorities(QObject* context, Reply<QList<Authority>> reply)
{
    ask<QList<Authority>>([](Engine& engine) { return engine.authorities().all(); }, context, std::move(reply));
}

void CertificateManager::previewAuthority(AuthorityDetails details, QObject* context, Reply<AuthorityPreview> reply,
                                          std::stop_token stop)
{
    askStoppable<AuthorityPreview>(
        [details](Engine& engine, std::stop_token token) { return engine.authorities().preview(details, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::addAuthority(AuthorityDetails details, QObject* context, Reply<Authority> reply,
                                      std::stop_token stop)
{
    askStoppable<Authority>(
        [details](Engine& engine, std::stop_token token) { return engine.authorities().add(details, token); }, context,
        std::move(reply), std::move(stop));
}

void CertificateManager::updateAuthority(QString id, AuthorityDetails details, QObject* context, Reply<Authority> reply)
{
    ask<Authority>(
        [id, details](Engine& engine) { return engine.authorities().update(id, details, engine.scope().stopToken()); },
        context, std::move(reply));
}

void CertificateManager::refreshAuthority(QString id, QObject* context, Reply<Authority> reply)
{
    ask<Authority>([id](Engine& engine) { return engine.authorities().refresh(id, engine.scope().stopToken()); },
                   context, std::move(reply));
}

void CertificateManager::removeAuthority(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.authorities().remove(id); }, context, std::move(reply));
}

void CertificateManager::startPracticeAuthority(QObject* context, Reply<Authority> reply)
{
    ask<Authority>([practice = m_practice](Engine& engine) { return practice(engine, engine.scope().stopToken()); },
                   context, std::move(reply));
}

void CertificateManager::accounts(QObject* context, Reply<QList<Account>> reply)
{
    ask<QList<Account>>([](Engine& engine) { return engine.accounts().all(); }, context, std::move(reply));
}

void CertificateManager::registerAccount(AccountDetails details, QObject* context, Reply<Account> reply,
                                         std::stop_token stop)
{
    askStoppable<Account>(
        [details](Engine& engine, std::stop_token token) { return engine.accounts().registerAccount(details, token); },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::resumeAccount(QString id, QObject* context, Reply<Account> reply)
{
    ask<Account>([id](Engine& engine) { return engine.accounts().resume(id, engine.scope().stopToken()); }, context,
                 std::move(reply));
}

void CertificateManager::credentials(QObject* context, Reply<QList<EabCredential>> reply)
{
    ask<QList<EabCredential>>([](Engine& engine) { return engine.accounts().credentials(); }, context,
                              std::move(reply));
}

void CertificateManager::addCredential(EabDetails details, QObject* context, Reply<EabAdded> reply)
{
    ask<EabAdded>([details](Engine& engine) { return engine.accounts().addCredential(details); }, context,
                  std::move(reply));
}

void CertificateManager::removeCredential(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.accounts().removeCredential(id); }, context, std::move(reply));
}

void CertificateManager::placeOrder(IssueRequest request, QObject* context, Reply<QString> reply)
{
    ask<QString>([request](Engine& engine) { return engine.orders().place(request, engine.scope().stopToken()); },
                 context, std::move(reply));
}

void CertificateManager::resumeOrder(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.orders().resume(id); }, context, std::move(reply));
}

void CertificateManager::cancelOrder(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.orders().cancel(id); }, context, std::move(reply));
}

void CertificateManager::order(QString id, QObject* context, Reply<OrderDetails> reply)
{
    ask<OrderDetails>([id](Engine& engine) { return engine.orders().details(id); }, context, std::move(reply));
}

void CertificateManager::orders(int offset, int limit, QObject* context, Reply<QList<OrderRow>> reply)
{
    ask<QList<OrderRow>>([offset, limit](Engine& engine) { return engine.orders().page(offset, limit); }, context,
                         std::move(reply));
}

void CertificateManager::certificates(CertificateQuery query, QObject* context, Reply<CertificatePage> reply)
{
    ask<CertificatePage>([query](Engine& engine) { return engine.certificates().page(query); }, context,
                         std::move(reply));
}

void CertificateManager::certificate(QString id, QObject* context, Reply<CertificateDetails> reply)
{
    ask<CertificateDetails>([id](Engine& engine) { return engine.certificates().details(id); }, context,
                            std::move(reply));
}

void CertificateManager::exportCertificate(ExportRequest request, QObject* context, Reply<void> reply)
{
    ask<void>([request](Engine& engine) { return engine.certificates().exportTo(request); }, context, std::move(reply));
}

void CertificateManager::revokeCertificate(RevokeRequest request, QObject* context, Reply<void> reply)
{
    ask<void>([request](Engine& engine) { return engine.certificates().revoke(request, engine.scope().stopToken()); },
              context, std::move(reply));
}

void CertificateManager::renewCertificate(QString id, QObject* context, Reply<QString> reply)
{
    ask<QString>([id](Engine& engine) { return engine.renewals().renew(id, engine.scope().stopToken()); }, context,
                 std::move(reply));
}

void CertificateManager::removeCertificate(QString id, QObject* context, Reply<void> reply)
{
    ask<void>([id](Engine& engine) { return engine.certificates().remove(id); }, context, std::move(reply));
}

void CertificateManager::overview(QObject* context, Reply<Overview> reply)
{
    ask<Overview>([](Engine& engine) { return overviewOf(engine); }, context, std::move(reply));
}

void CertificateManager::events(EventQuery query, QObject* context, Reply<QList<Event>> reply)
{
    ask<QList<Event>>([query](Engine& engine) { return engine.events().page(query); }, context, std::move(reply));
}

void CertificateManager::checkOrderNow(QString id)
{
    Engine* engine = &m_engine;
    QMetaObject::invokeMethod(
        engine, [engine, id] { engine->orders().checkNow(id); }, Qt::QueuedConnection);
}

} // namespace lifecycle
