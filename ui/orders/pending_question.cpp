// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/pending_question.h"

#include "lifecycle/certificate_manager.h"
#include "lifecycle/order_checks.h"
#include "ui/common/error_text.h"
#include "ui/orders/finding_words.h"

namespace ui {

PendingQuestion::PendingQuestion(Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

PendingQuestion::~PendingQuestion()
{
    m_stop.request_stop();
}

void PendingQuestion::stop()
{
    ++m_generation;
    m_stop.request_stop();
}

void PendingQuestion::ask(const QString& orderId, const QString& name)
{
    stop();
    m_stop = std::stop_source();
    Q_EMIT told(Severity::Working, tr("Looking at %1 as the authority would…").arg(name));
    const auto reply = [this, generation = m_generation](base::Result<QList<lifecycle::PendingReason>> reasons) {
        if (generation != m_generation)
            return;
        if (!reasons)
            return Q_EMIT told(Severity::Attention, explain(reasons.error()).sentence());
        QStringList texts;
        for (const lifecycle::PendingReason& reason : *reasons)
            texts += pendingText(reason);
        Q_EMIT told(Severity::Neutral, texts.join(u'\n'));
    };
    m_workspace.manager.whyPending(orderId, name, this, reply, m_stop.get_token());
}

} // namespace ui
