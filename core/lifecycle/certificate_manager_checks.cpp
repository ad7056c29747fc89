// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager_private.h"
#include "lifecycle/order_checks.h"

#include <QTimer>

#include <mutex>

namespace lifecycle {
namespace {

using challenge::Finding;

constexpr auto pause = std::chrono::milliseconds(100);

/// Brings findings to the GUI thread as they arrive, at most ten times a second.
class FindingRelay {
public:
    using Watch = std::function<void(QList<Finding>)>;

    FindingRelay(QObject* manager, QObject* context, Watch watch)
        : m_state(std::make_shared<State>(manager, context, std::move(watch)))
    {
    }

    void operator()(const Finding& finding) const
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->waiting.append(finding);
        if (m_state->waiting.size() > 1 || !m_state->manager)
            return;
        auto tellSoon = [state = m_state] {
            QTimer::singleShot(pause, state->manager.data(), [state] { state->tell(); });
        };
        QMetaObject::invokeMethod(m_state->manager.data(), tellSoon, Qt::QueuedConnection);
    }

private:
    struct State {
        State(QObject* facade, QObject* asked, Watch watching)
            : manager(facade)
            , context(asked)
            , watch(std::move(watching))
        {
        }

        void tell()
        {
            QList<Finding> findings;
            {
                const std::lock_guard lock(mutex);
                findings.swap(waiting);
            }
            if (context)
                watch(findings);
        }

        QPointer<QObject> manager;
        QPointer<QObject> context;
        Watch watch;
        std::mutex mutex;
        QList<Finding> waiting;
    };

    std::shared_ptr<State> m_state;
};

} // namespace

void CertificateManager::checkNames(CheckRequest request, std::function<void(QList<Finding>)> found, QObject* context,
                                    Reply<QList<Finding>> reply, std::stop_token stop)
{
    const FindingRelay relay(this, context, std::move(found));
    askStoppable<QList<Finding>>(
        [request, relay](Engine& engine, std::stop_token token) {
            return engine.checks().check(request, relay, token);
        },
        context, std::move(reply), std::move(stop));
}

void CertificateManager::suggestProof(ProofSearch search, QObject* context, Reply<ProofSuggestion> reply,
                                      std::stop_token stop)
{
    askStoppable<ProofSuggestion>(
        [search](Engine& engine, std::stop_token token) { return engine.checks().suggest(search, token); }, context,
        std::move(reply), std::move(stop));
}

void CertificateManager::whyPending(QString orderId, QString name, QObject* context, Reply<QList<PendingReason>> reply,
                                    std::stop_token stop)
{
    askStoppable<QList<PendingReason>>(
        [orderId, name](Engine& engine, std::stop_token token) { return engine.checks().why(orderId, name, token); },
        context, std::move(reply), std::move(stop));
}

} // namespace lifecycle
