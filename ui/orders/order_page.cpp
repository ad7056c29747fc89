// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_page.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/error_text.h"
#include "ui/common/flow_layout.h"
#include "ui/common/navigator.h"
#include "ui/common/remembered_header.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"
#include "ui/orders/copy_menu.h"
#include "ui/orders/order_header.h"
#include "ui/orders/order_progress_model.h"
#include "ui/orders/pending_question.h"
#include "ui/orders/retry_buttons.h"
#include "ui/orders/step_detail.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int tickMillis = 1000;
constexpr int fewSteps = 40;
constexpr qsizetype eventsAtOnce = 40;
constexpr int arrangeMillis = 250;
constexpr int mostLines = 50;

/// Whether a step has something to look at: it goes on, or went wrong. Among many only the latter.
bool asksToBeSeen(const QString& state, bool amongMany)
{
    return amongMany ? state == u"invalid" : state != u"valid" && state != u"ended";
}

/// Whether a person still has something to do at one of the steps below, however its name fared.
bool leavesWork(const QAbstractItemModel& model, const QModelIndex& node)
{
    for (int row = 0; row < model.rowCount(node); ++row)
        if (model.index(row, 0, node).data(OrderProgressModel::StateRole).toString() == u"to be removed")
            return true;
    return false;
}

/// How many were given up, then a line for each of those that were not.
QStringList givenUpText(const QList<lifecycle::GivenUpAuthorization>& outcomes)
{
    int ended = 0;
    QStringList left;
    for (const lifecycle::GivenUpAuthorization& one : outcomes) {
        if (one.error)
            left += OrderPage::tr("%1: %2").arg(nameText(one.name), explain(*one.error).sentence());
        else if (one.state == u"deactivated")
            ++ended;
        else
            left += OrderPage::tr("%1: stays %2").arg(nameText(one.name), statusOfStep(one.state).word);
    }
    return QStringList(OrderPage::tr("%n authorization(s) are deactivated.", nullptr, ended)) + left.mid(0, mostLines);
}

} // namespace

OrderPage::OrderPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(new OrderProgressModel(this))
    , m_header(new OrderHeader(workspace, *m_model))
    , m_tree(new QTreeView)
    , m_step(new StepDetail)
    , m_why(new PendingQuestion(workspace, this))
    , m_banner(new Banner(u"orderBanner"_s))
    , m_retry(new RetryButtons(workspace, *m_banner))
    , m_copyAs(new CopyMenu(workspace, *m_header, this))
    , m_checkNow(makeButton(tr("Check &now"), u"orderCheckNow"_s, u"refresh"_s))
    , m_cancel(makeButton(tr("&Cancel order"), u"orderCancel"_s, u"stop"_s))
    , m_resume(makePrimaryButton(tr("&Resume"), u"orderResume"_s))
    , m_giveUp(makeButton(tr("&Deactivate authorizations"), u"orderDeactivate"_s, u"retired"_s))
    , m_certificate(makePrimaryButton(tr("Show certi&ficate"), u"orderShowCertificate"_s))
{
    auto* splitter = new AdaptiveSplitter(makeTree(), m_step);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(makeButtons());
    layout->addWidget(splitter, 1);
    m_tick.setInterval(tickMillis);
    m_taking.setSingleShot(true);
    m_arranging.setSingleShot(true);
    m_arranging.setInterval(arrangeMillis);
    connectAll();
}

QWidget* OrderPage::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* report = makeButton(tr("Copy re&port"), u"orderCopyReport"_s, u"copy"_s);
    report->setToolTip(tr("Markdown for a ticket, without secrets"));
    QPushButton* copyAs = makeButton(tr("Copy &as"), u"orderCopyAs"_s, u"copy"_s);
    copyAs->setToolTip(tr("The chosen step, or the whole order, as a command for a shell"));
    copyAs->setMenu(m_copyAs);
    auto* layout = new FlowLayout(row);
    for (QWidget* button : std::initializer_list<QWidget*> {m_certificate, m_resume, m_retry, m_checkNow, m_cancel,
                                                            m_giveUp, report, copyAs})
        layout->addWidget(button);
    connect(report, &QPushButton::clicked, this, &OrderPage::copyReport);
    return row;
}

QWidget* OrderPage::makeTree()
{
    prepareList(m_tree, u"orderProgress"_s, tr("Steps of the order"));
    m_tree->setModel(m_model);
    m_tree->setRootIsDecorated(true);
    m_tree->setUniformRowHeights(true);
    rememberHeader(m_tree, m_workspace.settings, {190, 140, 70, 75, 260});
    return m_tree;
}

void OrderPage::connectAll()
{
    connect(m_header, &OrderHeader::backWanted, this, &OrderPage::backWanted);
    connect(m_resume, &QPushButton::clicked, this, &OrderPage::resume);
    connect(m_cancel, &QPushButton::clicked, this, &OrderPage::confirmCancel);
    connect(m_giveUp, &QPushButton::clicked, this, &OrderPage::confirmDeactivation);
    connect(m_checkNow, &QPushButton::clicked, this, [this] { m_workspace.manager.checkOrderNow(m_orderId); });
    connect(m_certificate, &QPushButton::clicked, this,
            [this] { m_workspace.navigator.showCertificate(m_details.record.request.certificateId); });
    connect(m_step, &StepDetail::whyWanted, this, [this](const QString& name) { m_why->ask(m_orderId, name); });
    connect(m_why, &PendingQuestion::told, m_banner,
            [this](Severity severity, const QString& text) { m_banner->showMessage(severity, text); });
    connect(m_model, &OrderProgressModel::rearranged, this, [this] {
        if (m_model->rowCount() <= fewSteps)
            return arrangeTree();
        if (!m_arranging.isActive())
            m_arranging.start();
    });
    connect(&m_arranging, &QTimer::timeout, this, &OrderPage::arrangeTree);
    connect(&m_taking, &QTimer::timeout, this, &OrderPage::takeWaiting);
    connect(m_model, &OrderProgressModel::advanced, this, &OrderPage::showStep);
    connect(m_model, &OrderProgressModel::advanced, m_header, &OrderHeader::showHowFar);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (index.isValid())
            m_currentStep = m_model->keyOf(index);
        showStep();
    });
    connect(&m_tick, &QTimer::timeout, this, &OrderPage::tickVisible);
    connect(&m_workspace.manager, &lifecycle::CertificateManager::ordersAdvanced, this, &OrderPage::takeEvents);
    connect(&m_workspace.manager, &lifecycle::CertificateManager::changed, this, [this](lifecycle::Changes changes) {
        if (changes & lifecycle::Change::Orders && !m_orderId.isEmpty())
            readAgain();
    });
}

void OrderPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_tick.start();
}

void OrderPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void OrderPage::show(const QString& orderId)
{
    m_orderId = orderId;
    m_details = {};
    m_waiting.clear();
    m_currentStep.clear();
    m_toldError.reset();
    m_why->stop();
    m_banner->hide();
    m_header->clear();
    for (QPushButton* button : {m_certificate, m_resume, m_checkNow, m_cancel, m_giveUp}) {
        button->hide();
        button->setEnabled(true);
    }
    m_retry->clear();
    m_copyAs->showStep(nullptr);
    m_model->reset({});
    m_step->showExchanges({});
    m_workspace.manager.order(orderId, this, [this, orderId](base::Result<lifecycle::OrderDetails> details) {
        if (orderId != m_orderId)
            return;
        if (!details)
            return m_banner->showError(details.error());
        take(*details, true);
    });
}

void OrderPage::readAgain()
{
    const auto reply = [this, id = m_orderId](base::Result<lifecycle::OrderDetails> details) {
        if (details && id == m_orderId)
            take(*details, false);
    };
    const int known = m_waiting.isEmpty() ? m_model->lastSequence() : m_waiting.last().sequence;
    m_workspace.manager.order(m_orderId, this, reply, known);
}

void OrderPage::take(const lifecycle::OrderDetails& details, bool first)
{
    m_details = details;
    m_details.events.clear();
    if (first) {
        m_waiting.clear();
        m_model->reset(details.events.mid(0, eventsAtOnce));
    }
    m_waiting += first ? details.events.mid(eventsAtOnce) : details.events;
    takeWaiting();
    showRecord();
    showError();
}

void OrderPage::takeEvents(const QList<lifecycle::OrderEvent>& events)
{
    QList<lifecycle::OrderEvent> ours;
    for (const lifecycle::OrderEvent& event : events)
        if (event.orderId == m_orderId)
            ours += event;
    if (ours.isEmpty() || m_details.record.id != m_orderId)
        return;
    m_waiting += ours;
    takeWaiting();
}

void OrderPage::takeWaiting()
{
    m_model->append(m_waiting.mid(0, eventsAtOnce));
    m_waiting.remove(0, std::min(eventsAtOnce, m_waiting.size()));
    m_step->showExchanges(m_model->exchanges());
    if (!m_waiting.isEmpty())
        m_taking.start();
    else
        showRetry();
}

void OrderPage::showRecord()
{
    const lifecycle::OrderRecord& record = m_details.record;
    const bool finished = lifecycle::isFinished(record.state);
    m_header->showOrder(m_details);
    m_copyAs->showOrder(record);
    m_checkNow->setVisible(m_details.running);
    m_cancel->setVisible(!finished);
    m_resume->setVisible(!finished && !m_details.running);
    m_certificate->setVisible(record.state == lifecycle::OrderState::Issued);
    m_giveUp->setVisible(finished && !record.url.isEmpty());
    showRetry();
}

void OrderPage::showRetry()
{
    const lifecycle::OrderRecord& record = m_details.record;
    if (lifecycle::isFinished(record.state) && m_waiting.isEmpty())
        m_retry->showOrder(record, m_model->events());
}

void OrderPage::showError()
{
    const auto& error = m_details.record.error;
    const std::optional<QString> message = error && !m_details.running ? std::optional(error->message()) : std::nullopt;
    if (std::exchange(m_toldError, message) == message)
        return; // what was told since stays, such as the answer to a question
    if (message)
        m_banner->showError(*error);
    else
        m_banner->hide();
}

void OrderPage::arrangeTree()
{
    const bool many = m_model->rowCount() > fewSteps;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex node = m_model->index(row, 0);
        const bool expanded =
            asksToBeSeen(node.data(OrderProgressModel::StateRole).toString(), many) || leavesWork(*m_model, node);
        if (m_tree->isExpanded(node) != expanded)
            m_tree->setExpanded(node, expanded);
    }
    const QString step = m_currentStep;
    const QModelIndex kept = m_model->find(step);
    m_tree->setCurrentIndex(kept.isValid() ? kept : firstFailure());
    m_currentStep = step;
    showStep();
}

QModelIndex OrderPage::firstFailure() const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex node = m_model->index(row, 0);
        const bool failed = node.data(OrderProgressModel::StateRole).toString() == u"invalid";
        if (failed)
            return m_model->rowCount(node) > 0 ? m_model->index(0, 0, node) : node;
    }
    return m_model->index(0, 0);
}

void OrderPage::tickVisible()
{
    m_header->showHowFar();
    QModelIndex top = m_tree->indexAt(QPoint(1, 1));
    QModelIndex bottom = m_tree->indexAt(QPoint(1, m_tree->viewport()->height() - 1));
    const auto topRow = [](QModelIndex index) {
        while (index.parent().isValid())
            index = index.parent();
        return index.row();
    };
    m_model->tick(topRow(top), bottom.isValid() ? topRow(bottom) : m_model->rowCount() - 1);
}

void OrderPage::showStep()
{
    const QModelIndex index = m_tree->currentIndex();
    const lifecycle::OrderEvent* event = index.isValid() ? m_model->event(index) : nullptr;
    m_step->showStep(index.isValid() ? index.siblingAtColumn(0).data().toString() : QString(), event);
    m_copyAs->showStep(event);
}

bool OrderPage::belongsHere(const QString& orderId, const base::Error* error)
{
    if (orderId != m_orderId && error)
        m_workspace.navigator.tell(*error);
    return orderId == m_orderId;
}

void OrderPage::resume()
{
    m_resume->setEnabled(false);
    m_workspace.manager.resumeOrder(m_orderId, this, [this, id = m_orderId](base::Result<void> resumed) {
        if (!belongsHere(id, resumed ? nullptr : &resumed.error()))
            return;
        m_resume->setEnabled(true);
        if (!resumed)
            return m_banner->showError(resumed.error());
        m_banner->hide();
        m_toldError.reset();
        readAgain();
    });
}

void OrderPage::confirmCancel()
{
    m_banner->showMessage(Severity::Attention,
                          tr("Cancelling stops this order for good; the key made for it is not used again."),
                          {tr("&Stop the order"), [this] { cancel(); }});
}

void OrderPage::cancel()
{
    m_workspace.manager.cancelOrder(m_orderId, this, [this, id = m_orderId](base::Result<void> cancelled) {
        if (!belongsHere(id, cancelled ? nullptr : &cancelled.error()))
            return;
        if (!cancelled)
            m_banner->showError(cancelled.error());
        readAgain();
    });
}

void OrderPage::confirmDeactivation()
{
    m_banner->showMessage(
        Severity::Attention,
        tr("The authority forgets that these names are proved, and they must be proved anew for the next order. Names "
           "that another unfinished order needs are left alone. Certificates stay valid."),
        {tr("&Forget the proofs"), [this] { deactivateAuthorizations(); }});
}

void OrderPage::deactivateAuthorizations()
{
    m_giveUp->setEnabled(false);
    m_banner->showMessage(Severity::Working, tr("Asking the authority to forget the proofs…"));
    const QString names = namesText(base::identifierValues(m_details.record.request.names));
    const auto reply = [this, id = m_orderId, names](base::Result<QList<lifecycle::GivenUpAuthorization>> outcomes) {
        if (!belongsHere(id, outcomes ? nullptr : &outcomes.error())) {
            if (outcomes)
                m_workspace.navigator.tell(tr("%1: %2").arg(names, givenUpText(*outcomes).join(u'\n')));
            return;
        }
        m_giveUp->setEnabled(true);
        if (!outcomes)
            return m_banner->showError(outcomes.error());
        showGivenUp(*outcomes);
    };
    m_workspace.manager.deactivateAuthorizations(m_orderId, this, reply);
}

void OrderPage::showGivenUp(const QList<lifecycle::GivenUpAuthorization>& outcomes)
{
    const QStringList lines = givenUpText(outcomes);
    m_banner->showMessage(lines.size() == 1 ? Severity::Good : Severity::Attention, lines.join(u'\n'));
}

void OrderPage::copyReport()
{
    const auto& error = m_details.record.error;
    const QString explanation = error ? explain(*error).paragraph() : QString();
    m_workspace.manager.orderReport(m_orderId, explanation, this, [this](base::Result<QString> report) {
        if (!report)
            return m_banner->showError(report.error());
        QGuiApplication::clipboard()->setText(*report);
        m_workspace.navigator.tell(tr("The report is on the clipboard."));
    });
}

} // namespace ui
