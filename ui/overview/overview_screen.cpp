// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/overview_screen.h"

#include "ui/accounts/persist_words.h"
#include "ui/authorities/authority_facts.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/empty_state.h"
#include "ui/common/icons.h"
#include "ui/common/navigator.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"
#include "ui/overview/overview_words.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

enum Page { SummaryPage, EmptyPage, FirstCertificatePage };

constexpr int ordersRead = 50;
constexpr int linesShown = 8;
constexpr int iconSide = 34;
constexpr int lineIcon = 16;

void clearLines(QVBoxLayout* lines)
{
    while (QLayoutItem* item = lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

/// A line with an icon, text, and a button where `button` is given.
QWidget* makeLine(const Status& status, const QString& text, const QString& faint, QPushButton* button)
{
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 3, 0, 3);
    layout->setSpacing(10);
    auto* icon = new QLabel;
    icon->setPixmap(status.icon().pixmap(lineIcon, lineIcon));
    auto* word = new QLabel(status.word);
    word->setMinimumWidth(110);
    auto* texts = new QVBoxLayout; // below each other: beside each other they are too wide for a small window
    texts->setSpacing(2);
    texts->addWidget(makeLabel(text));
    if (!faint.isEmpty())
        texts->addWidget(makeFaint(faint));
    layout->addWidget(icon);
    layout->addWidget(word);
    layout->addLayout(texts, 1);
    if (button)
        layout->addWidget(button);
    return line;
}

} // namespace

OverviewScreen::OverviewScreen(Workspace& workspace)
    : Screen(workspace)
    , m_pages(new QStackedWidget)
    , m_banner(new Banner(u"overviewBanner"_s))
    , m_icon(new QLabel)
    , m_sentence(makeButton(QString(), u"overviewSentence"_s))
    , m_renewalNote(makeFaint(QString()))
{
    m_pages->addWidget(makeSummary());
    m_pages->addWidget(makeEmpty());
    m_pages->addWidget(makeFirstCertificate());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTitle(tr("Overview")));
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);
    connect(m_sentence, &QPushButton::clicked, this, [this] { navigator().show(ScreenId::Certificates); });
}

QWidget* OverviewScreen::makeSummary()
{
    QFrame* top = makeCard();
    auto* row = new QHBoxLayout;
    QFont font = m_sentence->font();
    font.setPointSizeF(font.pointSizeF() * 1.45);
    m_sentence->setFont(font);
    m_sentence->setProperty("link", true);
    row->setSpacing(10);
    row->addWidget(m_icon);
    row->addWidget(m_sentence, 1);
    cardLayout(top)->addLayout(row);
    cardLayout(top)->addWidget(m_renewalNote);
    QFrame* needs = makeCard();
    m_needsCard = needs;
    m_needs = new QVBoxLayout;
    cardLayout(needs)->addWidget(makeHeading(tr("Needs you")));
    cardLayout(needs)->addLayout(m_needs);
    QFrame* renewals = makeCard();
    m_renewals = new QVBoxLayout;
    cardLayout(renewals)->addWidget(makeHeading(tr("Next renewals")));
    cardLayout(renewals)->addLayout(m_renewals);
    QFrame* authorities = makeCard();
    m_authorityLines = new QVBoxLayout;
    cardLayout(authorities)->addWidget(makeHeading(tr("Authorities")));
    cardLayout(authorities)->addLayout(m_authorityLines);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(top);
    layout->addWidget(needs);
    layout->addWidget(renewals);
    layout->addWidget(authorities);
    layout->addStretch(1);
    return makeScrolling(content);
}

QWidget* OverviewScreen::makeEmpty()
{
    auto* empty = new EmptyState(tr("Welcome to Sealwright"),
                                 tr("Certificates come from an authority. Begin with one of these."));
    connect(empty->addCard(u"authorities"_s, tr("Add a CA"),
                           tr("step-ca, EJBCA, Let's Encrypt or any other ACME server, "
                              "with its own root pinned."),
                           tr("&Add a CA"), u"overviewAddAuthority"_s),
            &QPushButton::clicked, this, [this] { navigator().addAuthority(); });
    connect(empty->addCard(u"practice"_s, tr("Practice CA"),
                           tr("A test CA on this machine that nobody trusts, to try every "
                              "step without harm."),
                           tr("Start &practice CA"), u"overviewPractice"_s),
            &QPushButton::clicked, this, [this] { navigator().startPractice(); });
    return empty;
}

QWidget* OverviewScreen::makeFirstCertificate()
{
    auto* empty = new EmptyState(tr("Ready for the first certificate"), tr("An authority is known and trusted."));
    connect(empty->addCard(u"certificates"_s, tr("New certificate"),
                           tr("Name the host, watch how the authority checks it, export the result."),
                           tr("&Order a certificate"), u"overviewFirstCertificate"_s),
            &QPushButton::clicked, this, [this] { navigator().newCertificate(); });
    connect(empty->addCard(u"authorities"_s, tr("Another CA"),
                           tr("step-ca, EJBCA, Let's Encrypt or any other ACME server."), tr("&Add a CA"),
                           u"overviewAnotherAuthority"_s),
            &QPushButton::clicked, this, [this] { navigator().addAuthority(); });
    return empty;
}

lifecycle::Changes OverviewScreen::interests() const
{
    return lifecycle::Change::Certificates | lifecycle::Change::Orders | lifecycle::Change::Authorities
        | lifecycle::Change::Solvers;
}

void OverviewScreen::refresh()
{
    manager().overview(this, [this](base::Result<lifecycle::Overview> overview) {
        if (!overview) {
            m_sentence->setText(tr("The state is unknown"));
            m_icon->setPixmap(themedIcon(u"attention"_s, Severity::Attention).pixmap(iconSide, iconSide));
            return m_banner->showError(overview.error());
        }
        takeOverview(*overview);
    });
    manager().orders(0, ordersRead, this, [this](base::Result<QList<lifecycle::OrderRow>> orders) {
        if (orders)
            takeOrders(*orders);
    });
    manager().watchedPersistRecords(this, [this](base::Result<QList<lifecycle::PersistRecord>> records) {
        takeRecords(records.value_or(QList<lifecycle::PersistRecord>()));
    });
    manager().authorities(this, [this](base::Result<QList<lifecycle::Authority>> authorities) {
        takeAuthorities(authorities.value_or(QList<lifecycle::Authority>()));
        showEmptyOrNot();
    });
    manager().authorityConditions(this, [this](base::Result<QList<lifecycle::AuthorityCondition>> conditions) {
        showConditions(conditions.value_or(QList<lifecycle::AuthorityCondition>()));
    });
    lifecycle::CertificateQuery soonest;
    soonest.sort = lifecycle::CertificateQuery::Sort::RenewAt;
    soonest.limit = linesShown;
    manager().certificates(soonest, this, [this](base::Result<lifecycle::CertificatePage> page) {
        if (!page)
            return;
        m_certificates = page->total;
        takeRenewals(page->rows);
        showEmptyOrNot();
    });
}

void OverviewScreen::takeOverview(const lifecycle::Overview& overview)
{
    const lifecycle::CertificateCounts& counts = overview.counts;
    m_sentence->setText(overviewSentence(counts));
    m_sentence->setAccessibleName(m_sentence->text());
    m_icon->setPixmap(overviewIcon(counts).pixmap(iconSide, iconSide));
    const QString who = overview.renewingHere ? tr("This program renews what is due.")
                                              : tr("Nothing renews here: unlock the vault, or run the agent.");
    const QString next = counts.nextRenewal.isValid()
        ? tr("Next: %1, %2.").arg(counts.nextRenewalName, relativeTime(counts.nextRenewal))
        : QString();
    m_renewalNote->setText(next.isEmpty() ? who : u"%1 %2"_s.arg(next, who));
    m_renewalNote->setToolTip(utcTime(counts.nextRenewal));
}

void OverviewScreen::takeOrders(const QList<lifecycle::OrderRow>& orders)
{
    clearLines(m_needs);
    m_orders = static_cast<int>(orders.size());
    QStringList seen;
    for (const lifecycle::OrderRow& order : orders) {
        const bool newest = !seen.contains(order.certificateId);
        seen += order.certificateId;
        const Status status = statusOf(order.state, order.running, order.awaitsApproval);
        const bool asks = status.severity == Severity::Bad || status.severity == Severity::Attention;
        if (!newest || !asks || m_needs->count() == linesShown)
            continue;
        const bool interrupted = !lifecycle::isFinished(order.state);
        QPushButton* button = makeButton(interrupted ? tr("Resume") : tr("Show"), u"needsYou_"_s + order.id);
        button->setAccessibleName(tr("%1 the order for %2").arg(button->text(), namesText(order.names)));
        connect(button, &QPushButton::clicked, this, [this, id = order.id, interrupted] {
            navigator().showOrder(id);
            if (interrupted)
                manager().resumeOrder(id, this, [this](base::Result<void> resumed) {
                    if (!resumed)
                        navigator().tell(resumed.error());
                });
        });
        m_needs->addWidget(makeLine(status, namesText(order.names), order.error, button));
    }
    m_needsCard->setVisible(m_needs->count() > 0);
    showEmptyOrNot();
}

void OverviewScreen::addCsrLine(const lifecycle::CertificateRow& row)
{
    QPushButton* button = makeButton(tr("Show"), u"needsYou_"_s + row.id);
    button->setAccessibleName(tr("Show the certificate for %1").arg(namesText(row.names)));
    connect(button, &QPushButton::clicked, this, [this, id = row.id] { navigator().showCertificate(id); });
    const QString why = tr("Its key is elsewhere: bring a new certificate request, then renew with it.");
    m_needs->addWidget(makeLine(statusOf(row.state), namesText(row.names), why, button));
    m_needsCard->show();
}

void OverviewScreen::takeRecords(const QList<lifecycle::PersistRecord>& records)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const lifecycle::PersistRecord& record : records) {
        if (!record.needsAttention(now) || m_needs->count() == linesShown)
            continue;
        QPushButton* button = makeButton(tr("Show"), u"needsYou_"_s + record.id);
        button->setAccessibleName(tr("Show the record %1").arg(record.recordName()));
        connect(button, &QPushButton::clicked, this, [this, account = record.accountId, name = record.name] {
            navigator().showPersistRecord(account, name);
        });
        m_needs->addWidget(makeLine(statusOf(record, now), record.recordName(), persistSentence(record, now), button));
        m_needsCard->show();
    }
}

void OverviewScreen::takeRenewals(const QList<lifecycle::CertificateRow>& rows)
{
    clearLines(m_renewals);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const lifecycle::CertificateRow& row : rows)
        if (row.state == lifecycle::CertificateState::NeedsCsr) {
            addCsrLine(row);
        } else if (row.renewAt.isValid()) {
            const QString when = tr("%1 (%2)").arg(renewalText(row, now), localTime(row.renewAt));
            QWidget* line = makeLine(statusOf(row.state), namesText(row.names), when, nullptr);
            line->setToolTip(row.renewalReason);
            m_renewals->addWidget(line);
        }
    if (m_renewals->count() == 0)
        m_renewals->addWidget(makeFaint(tr("None is planned.")));
}

void OverviewScreen::takeAuthorities(const QList<lifecycle::Authority>& authorities)
{
    m_authorities = static_cast<int>(authorities.size());
    m_authorityNames.clear();
    for (const lifecycle::Authority& authority : authorities)
        m_authorityNames.insert(authority.id, authority.name);
}

void OverviewScreen::showConditions(const QList<lifecycle::AuthorityCondition>& conditions)
{
    clearLines(m_authorityLines);
    QStringList stopped;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const lifecycle::AuthorityCondition& condition : conditions) {
        const Status status = statusOf(condition, now);
        const QString name = m_authorityNames.value(condition.authorityId);
        if (condition.isStopped())
            stopped += name;
        QPushButton* button = nullptr;
        if (status.severity == Severity::Bad || status.severity == Severity::Attention) {
            button = makeButton(tr("Show"), u"showAuthority_"_s + condition.authorityId);
            button->setAccessibleName(tr("Show the authority %1").arg(name));
            connect(button, &QPushButton::clicked, this, [this] { navigator().show(ScreenId::Authorities); });
        }
        m_authorityLines->addWidget(makeLine(status, name, conditionText(condition, now), button));
    }
    if (conditions.isEmpty())
        m_authorityLines->addWidget(makeFaint(tr("None was looked at yet; that happens while the vault is open.")));
    tellStopped(stopped);
}

void OverviewScreen::tellStopped(const QStringList& names)
{
    const QString told = names.join(u", "_s);
    if (told == m_stopped)
        return;
    m_stopped = told;
    m_banner->setVisible(false);
    if (!told.isEmpty())
        m_banner->showMessage(Severity::Bad,
                              tr("Nothing is sent to “%1”: the server no longer shows the root that is trusted. Orders "
                                 "and renewals wait until you compared it.")
                                  .arg(told),
                              {tr("Co&mpare"), [this] { navigator().show(ScreenId::Authorities); }});
}

void OverviewScreen::showEmptyOrNot()
{
    if (m_certificates > 0 || m_orders > 0)
        return m_pages->setCurrentIndex(SummaryPage);
    m_pages->setCurrentIndex(m_authorities > 0 ? FirstCertificatePage : EmptyPage);
}

} // namespace ui
