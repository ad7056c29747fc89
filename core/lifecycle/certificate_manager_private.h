// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/certificate_manager.h"
#include "lifecycle/engine.h"

#include <QPointer>

#include <functional>
#include <memory>
#include <stop_token>

/// How the façade posts work to the engine's thread and brings the answer back; for its own sources only.
namespace lifecycle {

namespace facade {

template <class T>
using Work = std::function<base::Task<base::Result<T>>(Engine&)>;

template <class T>
using StoppableWork = std::function<base::Task<base::Result<T>>(Engine&, std::stop_token)>;

/// Brings an answer back to the GUI thread, unless whoever asked is gone by then.
template <class T>
struct Return {
    QPointer<QObject> manager;
    QPointer<QObject> context;
    CertificateManager::Reply<T> reply;

    void operator()(base::Result<T> result) const
    {
        if (!manager)
            return;
        auto shared = std::make_shared<base::Result<T>>(std::move(result));
        auto answer = [asked = context, reply = reply, shared] {
            if (asked)
                reply(std::move(*shared));
        };
        QMetaObject::invokeMethod(manager.data(), answer, Qt::QueuedConnection);
    }
};

template <class T>
base::Task<void> carryOut(Engine& engine, Work<T> work, Return<T> back)
{
    base::Task<base::Result<T>> task = work(engine);
    auto result = co_await std::move(task);
    back(std::move(result));
}

/// Carries out work that ends early when its caller or the whole engine stops. What the caller does on its own thread
/// reaches the work on the engine's.
template <class T>
base::Task<void> carryOutStoppable(Engine& engine, StoppableWork<T> work, std::stop_token stop, Return<T> back)
{
    const std::stop_source either;
    const auto relay = [stopped = either]() mutable { stopped.request_stop(); };
    const auto post = [&engine, relay] { QMetaObject::invokeMethod(&engine, relay, Qt::QueuedConnection); };
    const std::stop_callback onEngineStop(engine.scope().stopToken(), relay);
    const std::stop_callback onStop(stop, post);
    base::Task<base::Result<T>> task = work(engine, either.get_token());
    auto result = co_await std::move(task);
    back(std::move(result));
}

} // namespace facade

template <class T>
void CertificateManager::ask(std::function<base::Task<base::Result<T>>(Engine&)> work, QObject* context, Reply<T> reply)
{
    facade::Return<T> back {this, context, std::move(reply)};
    Engine* engine = &m_engine;
    auto begin = [engine, work = std::move(work), back = std::move(back)] {
        engine->scope().start(facade::carryOut<T>(*engine, work, back));
    };
    QMetaObject::invokeMethod(engine, begin, Qt::QueuedConnection);
}

template <class T>
void CertificateManager::askStoppable(facade::StoppableWork<T> work, QObject* context, Reply<T> reply,
                                      std::stop_token stop)
{
    facade::Return<T> back {this, context, std::move(reply)};
    Engine* engine = &m_engine;
    auto begin = [engine, work = std::move(work), stop = std::move(stop), back = std::move(back)] {
        engine->scope().start(facade::carryOutStoppable<T>(*engine, work, stop, back));
    };
    QMetaObject::invokeMethod(engine, begin, Qt::QueuedConnection);
}

} // namespace lifecycle
