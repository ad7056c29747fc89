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

} // namespace

OverviewScreen::OverviewScreen(Workspace& workspace)
    : Screen(workspace)
    , m_pages(new QStackedWidget)
    , m_banner(new Banner(u"overviewBanner"_s))
    , m_icon(new QLabel)
    , m_sentence(makeButton(QString(), u"overviewSentence"_s))
    , m_renewalNote(makeFaint(QString()))
    , m_needs(new OverviewLines(QString()))
    , m_renewals(new OverviewLines(tr("None is planned.")))
    , m_authorityLines(new OverviewLines(tr("None was looked at yet; that happens while the vault is open.")))
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
    cardLayout(needs)->addWidget(makeHeading(tr("Needs you")));
    cardLayout(needs)->addWidget(m_needs);
    QFrame* renewals = makeCard();
    cardLayout(renewals)->addWidget(makeHeading(tr("Next renewals")));
    cardLayout(renewals)->addWidget(m_renewals);
    QFrame* authorities = makeCard();
    cardLayout(authorities)->addWidget(makeHeading(tr("Authorities")));
    cardLayout(authorities)->addWidget(m_authorityLines);
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
    m_orders = static_cast<int>(orders.size());
    m_orderNeeds.clear();
    QStringList seen;
    for (const lifecycle::OrderRow& order : orders) {
        const bool newest = !seen.contains(order.certificateId);
        seen += order.certificateId;
        const Status status = statusOf(order.state, order.running, order.awaitsApproval);
        if (newest && (status.severity == Severity::Bad || status.severity == Severity::Attention))
            m_orderNeeds += lineOf(order, status);
    }
    showNeeds();
    showEmptyOrNot();
}

OverviewLine OverviewScreen::lineOf(const lifecycle::OrderRow& order, const Status& status)
{
    const bool interrupted = !lifecycle::isFinished(order.state);
    OverviewLine line {status, namesText(order.names), order.error};
    line.button = interrupted ? tr("Resume") : tr("Show");
    line.buttonName = u"needsYou_"_s + order.id;
    line.buttonSays = tr("%1 the order for %2").arg(line.button, line.text);
    line.act = [this, id = order.id, interrupted] {
        navigator().showOrder(id);
        if (interrupted)
            manager().resumeOrder(id, this, [this](base::Result<void> resumed) {
                if (!resumed)
                    navigator().tell(resumed.error());
            });
    };
    return line;
}

OverviewLine OverviewScreen::csrLine(const lifecycle::CertificateRow& row)
{
    OverviewLine line {statusOf(row.state), namesText(row.names),
                       tr("Its key is elsewhere: bring a new certificate request, then renew with it.")};
    line.button = tr("Show");
    line.buttonName = u"needsYou_"_s + row.id;
    line.buttonSays = tr("Show the certificate for %1").arg(line.text);
    line.act = [this, id = row.id] { navigator().showCertificate(id); };
    return line;
}

OverviewLine OverviewScreen::lineOf(const lifecycle::PersistRecord& record, const QDateTime& now)
{
    OverviewLine line {statusOf(record, now), record.recordName(), persistSentence(record, now)};
    line.button = tr("Show");
    line.buttonName = u"needsYou_"_s + record.id;
    line.buttonSays = tr("Show the record %1").arg(line.text);
    line.act = [this, account = record.accountId, name = record.name] { navigator().showPersistRecord(account, name); };
    return line;
}

void OverviewScreen::takeRecords(const QList<lifecycle::PersistRecord>& records)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_recordNeeds.clear();
    for (const lifecycle::PersistRecord& record : records)
        if (record.needsAttention(now))
            m_recordNeeds += lineOf(record, now);
    showNeeds();
}

void OverviewScreen::takeRenewals(const QList<lifecycle::CertificateRow>& rows)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_csrNeeds.clear();
    QList<OverviewLine> renewals;
    for (const lifecycle::CertificateRow& row : rows)
        if (row.state == lifecycle::CertificateState::NeedsCsr) {
            m_csrNeeds += csrLine(row);
        } else if (row.renewAt.isValid()) {
            const QString when = tr("%1 (%2)").arg(renewalText(row, now), localTime(row.renewAt));
            renewals += {statusOf(row.state), namesText(row.names), when, row.renewalReason};
        }
    m_renewals->showLines(renewals);
    showNeeds();
}

void OverviewScreen::showNeeds()
{
    const QList<OverviewLine> limited = (m_orderNeeds + m_recordNeeds).mid(0, linesShown);
    m_needs->showLines(limited + m_csrNeeds);
    m_needsCard->setVisible(!limited.isEmpty() || !m_csrNeeds.isEmpty());
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
    QList<OverviewLine> lines;
    QStringList stopped;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const lifecycle::AuthorityCondition& condition : conditions) {
        lines += lineOf(condition, now);
        if (condition.isStopped())
            stopped += lines.last().text;
    }
    m_authorityLines->showLines(lines);
    tellStopped(stopped);
}

OverviewLine OverviewScreen::lineOf(const lifecycle::AuthorityCondition& condition, const QDateTime& now)
{
    OverviewLine line {statusOf(condition, now), m_authorityNames.value(condition.authorityId),
                       conditionText(condition, now)};
    if (line.status.severity != Severity::Bad && line.status.severity != Severity::Attention)
        return line;
    line.button = tr("Show");
    line.buttonName = u"showAuthority_"_s + condition.authorityId;
    line.buttonSays = tr("Show the authority %1").arg(line.text);
    line.act = [this] { navigator().show(ScreenId::Authorities); };
    return line;
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
