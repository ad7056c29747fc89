// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/orders.h"

namespace lifecycle {

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

void CertificateManager::retryOrder(QString id, RetriedNames which, QObject* context, Reply<QString> reply)
{
    ask<QString>([id, which](Engine& engine) { return engine.orders().retry(id, which, engine.scope().stopToken()); },
                 context, std::move(reply));
}

void CertificateManager::orderReport(QString id, QString explanation, QObject* context, Reply<QString> reply)
{
    ask<QString>([id, explanation](Engine& engine) { return engine.orders().report(id, explanation); }, context,
                 std::move(reply));
}

void CertificateManager::order(QString id, QObject* context, Reply<OrderDetails> reply, int afterSequence)
{
    ask<OrderDetails>([id, afterSequence](Engine& engine) { return engine.orders().details(id, afterSequence); },
                      context, std::move(reply));
}

void CertificateManager::deactivateAuthorizations(QString orderId, QObject* context,
                                                  Reply<QList<GivenUpAuthorization>> reply)
{
    ask<QList<GivenUpAuthorization>>(
        [orderId](Engine& engine) {
            return engine.orders().deactivateAuthorizations(orderId, engine.scope().stopToken());
        },
        context, std::move(reply));
}

void CertificateManager::orders(int offset, int limit, QObject* context, Reply<QList<OrderRow>> reply)
{
    ask<QList<OrderRow>>([offset, limit](Engine& engine) { return engine.orders().page(offset, limit); }, context,
                         std::move(reply));
}

void CertificateManager::checkOrderNow(QString id)
{
    Engine* engine = &m_engine;
    QMetaObject::invokeMethod(
        engine, [engine, id] { engine->orders().checkNow(id); }, Qt::QueuedConnection);
}

} // namespace lifecycle
