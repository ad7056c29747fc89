// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/support/facade_double.h"

#include <QPointer>
#include <QTimer>

/// How the façade's double answers; for its own sources only.
namespace support {

/// Answers from the event loop, as the real façade does, with the scene's error where it has one for `method`.
template <class T>
void answer(const QString& method, QObject* context, lifecycle::CertificateManager::Reply<T> reply,
            base::Result<T> value)
{
    scene().calls += method;
    const auto error = scene().errors.constFind(method);
    auto shared =
        std::make_shared<base::Result<T>>(error == scene().errors.constEnd() ? std::move(value) : base::failed(*error));
    const auto deliver = [guarded = QPointer<QObject>(context), reply, shared] {
        if (guarded)
            reply(std::move(*shared));
    };
    if (scene().held.contains(method))
        scene().heldAnswers += deliver;
    else
        QMetaObject::invokeMethod(context, deliver, Qt::QueuedConnection);
}

/// A server that never replies: the answer is Cancelled, once the caller has stopped waiting.
template <class T>
void answerWhenStopped(QObject* context, lifecycle::CertificateManager::Reply<T> reply, std::stop_token stop)
{
    auto* poll = new QTimer(context);
    QObject::connect(poll, &QTimer::timeout, context, [poll, reply, stop] {
        if (!stop.stop_requested())
            return;
        poll->deleteLater();
        poll->stop();
        reply(base::failed(base::ErrorCode::Cancelled, QStringLiteral("stopped")));
    });
    poll->start(1);
}

} // namespace support
