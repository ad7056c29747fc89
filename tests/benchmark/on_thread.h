// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThread>

#include <memory>

namespace benchmark {

/// Something that lives on a thread of its own.
template <class T>
class OnThread {
public:
    OnThread()
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        run([this] { m_object = std::make_unique<T>(); });
    }
    ~OnThread()
    {
        run([this] { m_object.reset(); });
        m_thread.quit();
        m_thread.wait();
    }

    template <class Work>
    void run(Work work)
    {
        QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
    }
    T& object() { return *m_object; }

private:
    QThread m_thread;
    QObject m_context;
    std::unique_ptr<T> m_object;
};

} // namespace benchmark
