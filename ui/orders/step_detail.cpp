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

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int problemHeight = 150;

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

QString exchangeText(const lifecycle::OrderEvent& event)
{
    return u"%1  %2\n%3\n%4\n"_s.arg(event.at.toLocalTime().toString(u"HH:mm:ss.zzz"_s), event.detail,
                                     event.exchange[u"request"_s].toString(), event.exchange[u"response"_s].toString());
}

} // namespace

StepDetail::StepDetail(QWidget* parent)
    : QWidget(parent)
    , m_title(makeHeading(QString()))
    , m_facts(new Facts)
    , m_copyValue(makeButton(tr("Copy the &value"), u"copyChallengeValue"_s, u"copy"_s))
    , m_problem(makeReader(u"problemDocument"_s, tr("Problem document")))
    , m_problemTitle(makeFaint(tr("The authority's problem document, verbatim")))
    , m_exchange(makeReader(u"orderExchange"_s, tr("Redacted exchange")))
    , m_tabs(new QTabWidget)
{
    auto* step = new QWidget;
    auto* inner = new QVBoxLayout(step);
    inner->setContentsMargins(12, 12, 12, 12);
    inner->addWidget(m_title);
    inner->addWidget(m_facts);
    inner->addWidget(m_copyValue, 0, Qt::AlignLeft);
    inner->addWidget(m_problemTitle);
    inner->addWidget(m_problem);
    inner->addStretch(1);
    m_problem->setFixedHeight(problemHeight);
    m_exchange->setFrameShape(QFrame::NoFrame);
    m_tabs->setObjectName(u"stepTabs"_s);
    m_tabs->setAccessibleName(tr("Step and exchange"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(makeScrolling(step), tr("Step"));
    m_tabs->addTab(m_exchange, tr("Exchange"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    connect(m_copyValue, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_value); });
    showStep(QString(), nullptr);
}

void StepDetail::showStep(const QString& title, const lifecycle::OrderEvent* event)
{
    m_facts->clear();
    m_title->setText(event ? title : tr("Choose a step to read about it."));
    m_value = event ? event->expectedValue : QString();
    m_copyValue->setVisible(!m_value.isEmpty());
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
    if (exchanges.size() < m_exchangesShown) {
        m_exchange->clear();
        m_exchangesShown = 0;
    }
    for (; m_exchangesShown < exchanges.size(); ++m_exchangesShown)
        m_exchange->appendPlainText(exchangeText(exchanges.at(m_exchangesShown)));
    m_tabs->setTabText(1, tr("Exchange (%1)").arg(exchanges.size()));
    if (exchanges.isEmpty())
        m_exchange->setPlaceholderText(tr("The exchange of an order that ended well is not kept."));
}

} // namespace ui
