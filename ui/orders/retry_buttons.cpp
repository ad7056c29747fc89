// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/retry_buttons.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/flow_layout.h"
#include "ui/common/navigator.h"
#include "ui/common/widgets.h"

namespace ui {

using namespace Qt::StringLiterals;

RetryButtons::RetryButtons(Workspace& workspace, Banner& banner, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_banner(banner)
    , m_retry(makePrimaryButton(tr("Re&try failed names"), u"orderRetry"_s))
    , m_only(makeButton(tr("Order onl&y them"), u"orderRetryOnly"_s))
    , m_without(makeButton(tr("Order witho&ut them"), u"orderRetryWithout"_s))
{
    m_only->setToolTip(tr("A certificate of their own for the names that failed"));
    m_without->setToolTip(tr("A certificate for the names that did not fail"));
    auto* layout = new FlowLayout(this);
    layout->addWidget(m_retry);
    layout->addWidget(m_only);
    layout->addWidget(m_without);
    connect(m_retry, &QPushButton::clicked, this, [this] { retry(lifecycle::RetriedNames::All); });
    connect(m_only, &QPushButton::clicked, this, &RetryButtons::askOnlyFailed);
    connect(m_without, &QPushButton::clicked, this, &RetryButtons::askWithoutFailed);
    clear();
}

void RetryButtons::clear()
{
    hide();
    setEnabled(true);
    m_orderId.clear();
    m_outcomes = {};
}

void RetryButtons::showOrder(const lifecycle::OrderRecord& order, const QList<lifecycle::OrderEvent>& events)
{
    m_orderId = order.id;
    m_names = namesText(base::identifierValues(order.request.names));
    m_outcomes = lifecycle::nameOutcomes(order, events);
    const bool failed = !m_outcomes.failed.isEmpty();
    m_retry->setText(failed ? tr("Re&try failed names") : tr("&Try again"));
    m_retry->setAccessibleName(failed ? tr("Retry failed names") : tr("Try again"));
    m_retry->setToolTip(tr("Orders the same certificate again. The authority asks only for the names that it does not "
                           "hold proved any more."));
    const bool divisible = failed && m_outcomes.failed.size() < order.request.names.size();
    for (QPushButton* part : {m_only, m_without})
        part->setVisible(divisible && order.request.csrDer.isEmpty());
    setVisible(order.state == lifecycle::OrderState::Failed || order.state == lifecycle::OrderState::Cancelled);
}

void RetryButtons::askOnlyFailed()
{
    m_banner.showMessage(
        Severity::Attention,
        tr("This orders a new certificate for %1 alone. The one that failed stays in the list, and the "
           "other names can be ordered without them.")
            .arg(namesText(base::identifierValues(m_outcomes.failed))),
        {tr("Order t&hem"), [this] { retry(lifecycle::RetriedNames::Failed); }});
}

void RetryButtons::askWithoutFailed()
{
    m_banner.showMessage(Severity::Attention,
                         tr("This orders a new certificate, without %1. The one that failed stays in the list and can "
                            "be ordered again once its names can be proved.")
                             .arg(namesText(base::identifierValues(m_outcomes.failed))),
                         {tr("Order the ot&hers"), [this] { retry(lifecycle::RetriedNames::WithoutFailed); }});
}

void RetryButtons::retry(lifecycle::RetriedNames which)
{
    setEnabled(false);
    const auto reply = [this, id = m_orderId, names = m_names](base::Result<QString> placed) {
        const bool shown = id == m_orderId;
        if (shown)
            setEnabled(true);
        if (!placed)
            return shown ? m_banner.showError(placed.error()) : m_workspace.navigator.tell(placed.error());
        if (shown && isVisible())
            return m_workspace.navigator.showOrder(*placed);
        m_workspace.navigator.tell(tr("Ordered again: %1. It is listed among the orders.").arg(names));
    };
    m_workspace.manager.retryOrder(m_orderId, which, this, reply);
}

} // namespace ui
