// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/tray_icon.h"

#include "ui/common/date_text.h"
#include "ui/common/icons.h"
#include "ui/overview/overview_words.h"

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int attempts = 5;
constexpr int retryMillis = 5000;
constexpr int refreshMillis = 60 * 1000;
constexpr int dueAtOnce = 50;

} // namespace

TrayIcon::TrayIcon(lifecycle::CertificateManager& manager, QObject* parent)
    : QObject(parent)
    , m_manager(manager)
    , m_next(m_menu.addAction(QString()))
    , m_renew(m_menu.addAction(tr("&Renew now what is due")))
{
    m_next->setEnabled(false);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("&Open Sealwright")), &QAction::triggered, this, &TrayIcon::openWanted);
    connect(m_menu.addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitWanted);
    connect(m_renew, &QAction::triggered, this, &TrayIcon::renewDue);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason != QSystemTrayIcon::Context)
            Q_EMIT openWanted();
    });
    connect(&manager, &lifecycle::CertificateManager::changed, this, &TrayIcon::refresh);
    connect(&m_retry, &QTimer::timeout, this, &TrayIcon::lookForTray);
    connect(&m_refresh, &QTimer::timeout, this, &TrayIcon::refresh);
    m_icon.setContextMenu(&m_menu);
    m_icon.setIcon(applicationIcon());
    m_icon.setToolTip(tr("Sealwright"));
}

void TrayIcon::begin()
{
    m_retry.setInterval(retryMillis);
    m_refresh.setInterval(refreshMillis);
    m_attempts = 0;
    lookForTray();
}

void TrayIcon::lookForTray()
{
    const bool available = QSystemTrayIcon::isSystemTrayAvailable();
    if (!available && ++m_attempts == 1) {
        m_retry.start();
        Q_EMIT availabilityKnown(false);
    }
    if (!available && m_attempts < attempts)
        return;
    m_retry.stop();
    if (!available)
        return;
    m_icon.show();
    m_refresh.start();
    refresh();
    Q_EMIT availabilityKnown(true);
}

void TrayIcon::refresh()
{
    if (!m_icon.isVisible())
        return;
    m_manager.overview(this, [this](base::Result<lifecycle::Overview> overview) {
        if (overview)
            return show(*overview);
        m_icon.setIcon(badgedApplicationIcon(u"attention"_s, Severity::Attention));
        m_icon.setToolTip(tr("Sealwright: the state is unknown"));
    });
}

void TrayIcon::show(const lifecycle::Overview& overview)
{
    const lifecycle::CertificateCounts& counts = overview.counts;
    const QString next = counts.nextRenewal.isValid()
        ? tr("Next renewal: %1, %2").arg(counts.nextRenewalName, relativeTime(counts.nextRenewal))
        : tr("No renewal is planned");
    const Severity severity = overviewSeverity(counts);
    m_icon.setIcon(severity == Severity::Good || severity == Severity::Neutral
                       ? applicationIcon()
                       : badgedApplicationIcon(overviewIconName(counts), severity));
    m_icon.setToolTip(tr("Sealwright: %1\n%2").arg(overviewSentence(counts), next));
    m_next->setText(next);
}

void TrayIcon::renewDue()
{
    lifecycle::CertificateQuery query;
    query.sort = lifecycle::CertificateQuery::Sort::RenewAt;
    query.limit = dueAtOnce;
    m_manager.certificates(query, this, [this](base::Result<lifecycle::CertificatePage> page) {
        if (!page)
            return Q_EMIT failed(page.error());
        QList<lifecycle::CertificateRow> due;
        for (const lifecycle::CertificateRow& row : page->rows)
            if (row.renewAt.isValid() && row.renewAt <= QDateTime::currentDateTimeUtc()
                && row.state != lifecycle::CertificateState::Renewing
                && row.state != lifecycle::CertificateState::NeedsCsr)
                due += row;
        renew(due);
    });
}

void TrayIcon::renew(const QList<lifecycle::CertificateRow>& due)
{
    if (due.isEmpty())
        return Q_EMIT told(tr("Nothing is due."));
    for (const lifecycle::CertificateRow& row : due)
        m_manager.renewCertificate(row.id, this, [this](base::Result<QString> order) {
            if (!order)
                Q_EMIT failed(order.error());
        });
    Q_EMIT told(tr("Renewing %n certificate(s).", nullptr, static_cast<int>(due.size())));
}

} // namespace ui
