// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/step_detail.h"

#include "ui/common/error_text.h"
#include "ui/common/facts.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int problemHeight = 150;
constexpr qsizetype longestShown = 4000;
constexpr int mostLinesOfExchange = 5000;

QPlainTextEdit* makeReader(const QString& objectName, const QString& accessibleName)
{
    auto* reader = new QPlainTextEdit;
    reader->setObjectName(objectName);
    reader->setAccessibleName(accessibleName);
    reader->setReadOnly(true);
    reader->setTabChangesFocus(true);
    reader->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    reader->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return reader;
}

/// An order for thousands of names is a text that nobody reads to its end; the report has it whole.
QString shortened(const QString& text)
{
    if (text.size() <= longestShown)
        return text;
    return StepDetail::tr("%1\n… %2 characters more").arg(text.left(longestShown)).arg(text.size() - longestShown);
}

QString exchangeText(const lifecycle::OrderEvent& event)
{
    return u"%1  %2\n%3\n%4\n"_s.arg(event.at.toLocalTime().toString(u"HH:mm:ss.zzz"_s), event.detail,
                                     shortened(event.exchange[u"request"_s].toString()),
                                     shortened(event.exchange[u"response"_s].toString()));
}

} // namespace

StepDetail::StepDetail(QWidget* parent)
    : QWidget(parent)
    , m_title(makeHeading(QString()))
    , m_facts(new Facts)
    , m_copyValue(makeButton(tr("Copy the &value"), u"copyChallengeValue"_s, u"copy"_s))
    , m_why(makeButton(tr("&Why is it pending?"), u"stepWhy"_s, u"search"_s))
    , m_problem(makeReader(u"problemDocument"_s, tr("Problem document")))
    , m_problemTitle(makeFaint(tr("The authority's problem document, verbatim")))
    , m_exchange(makeReader(u"orderExchange"_s, tr("Redacted exchange")))
    , m_tabs(new QTabWidget)
{
    auto* step = new QWidget;
    auto* inner = new QVBoxLayout(step);
    inner->setContentsMargins(12, 12, 12, 12);
    inner->addWidget(m_title);
    auto* buttons = new QHBoxLayout; // above the facts, which may be more than there is room for
    buttons->addWidget(m_why);
    buttons->addWidget(m_copyValue);
    buttons->addStretch(1);
    inner->addLayout(buttons);
    inner->addWidget(m_facts);
    inner->addWidget(m_problemTitle);
    inner->addWidget(m_problem);
    inner->addStretch(1);
    m_problem->setFixedHeight(problemHeight);
    m_exchange->setFrameShape(QFrame::NoFrame);
    m_exchange->setMaximumBlockCount(mostLinesOfExchange);
    m_tabs->setObjectName(u"stepTabs"_s);
    m_tabs->setAccessibleName(tr("Step and exchange"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(makeScrolling(step), tr("Step"));
    m_tabs->addTab(m_exchange, tr("Exchange"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    connect(m_tabs, &QTabWidget::currentChanged, this, &StepDetail::renderExchanges);
    connect(m_copyValue, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_value); });
    connect(m_why, &QPushButton::clicked, this, [this] { Q_EMIT whyWanted(m_name); });
    showStep(QString(), nullptr);
}

void StepDetail::showStep(const QString& title, const lifecycle::OrderEvent* event)
{
    // Other steps go on meanwhile; what somebody selects or reaches with keys here stays.
    const auto shown = event ? std::tuple(title, event->orderId, event->sequence, event->state) : decltype(m_shown)();
    if (std::exchange(m_shown, shown) == shown && event)
        return;
    m_facts->clear();
    m_title->setText(event ? title : tr("Choose a step to read about it."));
    m_value = event ? event->expectedValue : QString();
    m_copyValue->setVisible(!m_value.isEmpty());
    m_name = event ? event->identifier : QString();
    m_why->setVisible(!m_name.isEmpty() && event->state != u"valid");
    m_why->setText(event && event->state == u"invalid" ? tr("&Why did it fail?") : tr("&Why is it pending?"));
    const bool problem = event && event->error && event->error->problem();
    m_problem->setVisible(problem);
    m_problemTitle->setVisible(problem);
    if (!event)
        return;
    m_facts->addStatus(tr("State"), statusOfStep(event->state));
    m_facts->addTime(tr("At"), event->at);
    m_facts->addMono(tr("Token"), event->token);
    m_facts->addMono(tr("The CA looks at"), event->expectedAt);
    m_facts->addMono(tr("and expects"), event->expectedValue);
    m_facts->add(tr("Details"), event->error ? QString() : event->detail);
    showProblem(*event);
}

void StepDetail::showProblem(const lifecycle::OrderEvent& event)
{
    if (!event.error)
        return;
    const ErrorText text = explain(*event.error);
    m_facts->add(tr("What happened"), text.what);
    m_facts->add(tr("Why"), text.why);
    m_facts->add(tr("Next step"), text.next);
    if (const auto& problem = event.error->problem())
        m_problem->setPlainText(QString::fromUtf8(QJsonDocument(problem->verbatim).toJson()));
}

void StepDetail::showExchanges(const QList<lifecycle::OrderEvent>& exchanges)
{
    m_exchanges = exchanges;
    m_tabs->setTabText(1, tr("Exchange (%1)").arg(exchanges.size()));
    renderExchanges();
}

// Texts of many kilobytes each: written only where somebody looks.
void StepDetail::renderExchanges()
{
    if (m_exchanges.isEmpty() || m_exchanges.last().sequence < m_lastShown) {
        m_exchange->clear();
        m_lastShown = 0;
        m_exchange->setPlaceholderText(tr("The exchange of an order that ended well is not kept."));
    }
    if (m_tabs->currentIndex() != 1)
        return;
    for (const lifecycle::OrderEvent& exchange : std::as_const(m_exchanges))
        if (exchange.sequence > std::exchange(m_lastShown, std::max(m_lastShown, exchange.sequence)))
            m_exchange->appendPlainText(exchangeText(exchange));
}

} // namespace ui
