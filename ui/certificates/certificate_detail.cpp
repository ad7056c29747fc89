// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/certificate_detail.h"

#include "ui/certificates/revocation_words.h"
#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/facts.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/widgets.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QTreeWidget* makeTree(const QString& objectName, const QString& name, const QStringList& headers)
{
    auto* tree = new QTreeWidget;
    prepareList(tree, objectName, name);
    tree->setHeaderLabels(headers);
    tree->setFrameShape(QFrame::NoFrame);
    return tree;
}

void addNode(const inspect::ReportNode& node, QTreeWidgetItem* parent)
{
    const QString label = node.critical ? CertificateDetail::tr("%1 (critical)").arg(node.label) : node.label;
    auto* item = new QTreeWidgetItem(parent, {label, node.value});
    item->setToolTip(1, node.value);
    for (const inspect::ReportNode& child : node.children)
        addNode(child, item);
}

Status statusOfVersion(const lifecycle::CertificateVersion& version, bool current)
{
    if (version.revokedAt.isValid())
        return statusOf(lifecycle::CertificateState::Revoked);
    if (!current)
        return statusOf(lifecycle::CertificateState::Superseded);
    const bool over = version.notAfter < QDateTime::currentDateTimeUtc();
    return statusOf(over ? lifecycle::CertificateState::Expired : lifecycle::CertificateState::Valid);
}

QString pairs(const QString& hex)
{
    QStringList parts;
    for (qsizetype at = 0; at < hex.size(); at += 2)
        parts += hex.mid(at, 2);
    return parts.join(u':').toUpper();
}

} // namespace

CertificateDetail::CertificateDetail(QWidget* parent)
    : QWidget(parent)
    , m_title(makeHeading(QString()))
    , m_summary(new Facts)
    , m_report(makeTree(u"certificateReport"_s, tr("Every field"), {tr("Field"), tr("Value")}))
    , m_versions(makeTree(u"certificateVersions"_s, tr("Versions"),
                          {tr("State"), tr("Issued"), tr("Not after"), tr("Serial")}))
    , m_pem(new QPlainTextEdit)
    , m_tabs(new QTabWidget)
{
    m_title->setObjectName(u"certificateTitle"_s);
    m_report->setRootIsDecorated(true);
    m_report->setUniformRowHeights(false);
    m_report->setWordWrap(true);
    m_report->header()->resizeSection(0, 180);
    m_versions->header()->resizeSection(0, 120);
    m_tabs->setObjectName(u"certificateTabs"_s);
    m_tabs->setAccessibleName(tr("Certificate"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(makeSummary(), tr("Summary"));
    m_tabs->addTab(m_report, tr("Details"));
    m_tabs->addTab(m_versions, tr("Versions"));
    m_tabs->addTab(makePem(), tr("PEM"));
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(m_title);
    inner->addWidget(m_tabs, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new FittingScrollArea(content));
}

QWidget* CertificateDetail::makeSummary()
{
    m_order = makeButton(tr("Show newest or&der"), u"certificateShowOrder"_s, u"orders"_s);
    connect(m_order, &QPushButton::clicked, this, [this] { Q_EMIT orderWanted(m_orderId); });
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2, 12, 8, 8);
    layout->addWidget(m_summary);
    layout->addSpacing(6);
    layout->addWidget(m_order, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return makeScrolling(page);
}

QWidget* CertificateDetail::makePem()
{
    m_pem->setObjectName(u"certificatePem"_s);
    m_pem->setAccessibleName(tr("The chain as PEM"));
    m_pem->setReadOnly(true);
    m_pem->setTabChangesFocus(true);
    m_pem->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_pem->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    QPushButton* copy = makeButton(tr("Cop&y PEM"), u"copyPemButton"_s, u"copy"_s);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_pem->toPlainText()); });
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->addWidget(m_pem, 1);
    layout->addWidget(copy, 0, Qt::AlignLeft);
    return page;
}

void CertificateDetail::showDetails(const lifecycle::CertificateDetails& details)
{
    m_title->setText(namesText(details.row.names));
    m_orderId = details.row.orderId;
    m_order->setVisible(!m_orderId.isEmpty());
    fillSummary(details);
    fillReport(details.report);
    fillVersions(details.versions, details.certificate.currentVersionId);
    m_pem->setPlainText(details.versions.isEmpty() ? QString() : QString::fromUtf8(details.versions.first().chainPem));
}

void CertificateDetail::fillSummary(const lifecycle::CertificateDetails& details)
{
    const lifecycle::CertificateRow& row = details.row;
    m_summary->clear();
    m_summary->addStatus(tr("State"), statusOf(row.state));
    m_summary->add(tr("Last error"), row.lastError);
    m_summary->add(tr("Names"), nameLines(row.names));
    m_summary->add(tr("Authority"), row.authorityName);
    m_summary->add(tr("Issuer"), row.issuer);
    m_summary->addTime(tr("Valid from"), row.notBefore);
    m_summary->addTime(tr("Valid until"), row.notAfter);
    m_summary->addTime(tr("Next renewal"), row.renewAt);
    m_summary->add(tr("Why then"), row.renewalReason);
    if (details.renewal)
        fillRenewal(*details.renewal);
    m_summary->add(tr("Key"), row.keyDescription);
    m_summary->addMono(tr("Serial"), row.serial);
    m_summary->addMono(tr("SHA-256"), pairs(row.sha256));
    m_summary->add(tr("Proof"), details.certificate.request.proof.summary());
    if (!details.versions.isEmpty())
        addFacts(details.versions.first());
    m_summary->add(tr("Tags"), row.tags.join(u", "_s));
    if (details.versions.isEmpty() || !details.versions.first().revokedAt.isValid())
        return;
    m_summary->addTime(tr("Revoked"), details.versions.first().revokedAt);
    m_summary->add(tr("Reason"), revocationReasonText(details.versions.first().revocationReason));
    m_summary->add(tr("Note"), details.versions.first().revocationNote);
}

void CertificateDetail::fillRenewal(const lifecycle::RenewalInformation& renewal)
{
    // An authority that offers none is no news for each of its certificates.
    if (renewal.failure && renewal.failure->code() == base::ErrorCode::Unsupported && !renewal.window)
        return;
    if (renewal.window)
        m_summary->add(tr("Authority's window"),
                       tr("%1 to %2").arg(localTime(renewal.window->start), localTime(renewal.window->end)),
                       tr("%1 to %2").arg(utcTime(renewal.window->start), utcTime(renewal.window->end)));
    m_summary->addLink(tr("Its explanation"), renewal.explanationUrl);
    m_summary->addTime(tr("Asked about it"), renewal.askedAt);
    m_summary->addTime(tr("Asks again"), renewal.askAt);
    if (renewal.failure)
        m_summary->add(tr("Asking failed"), renewal.failure->message());
}

void CertificateDetail::addFacts(const lifecycle::CertificateVersion& version)
{
    const lifecycle::IssuanceFacts& facts = version.facts;
    m_summary->add(tr("Private key"), version.hasKey ? tr("in the vault") : tr("elsewhere; issued for a request"));
    m_summary->add(tr("Profile"), facts.profile);
    QStringList others;
    for (const lifecycle::OfferedChain& chain : facts.chains) {
        if (chain.chosen)
            m_summary->add(tr("Chain up to"), chain.root);
        else
            others += tr("%1 (SHA-256 of its top: %2)").arg(chain.root, pairs(chain.sha256));
    }
    m_summary->add(tr("Also offered"), others.join(u'\n'));
    m_summary->add(tr("Remarks"), facts.remarks.join(u'\n'));
}

void CertificateDetail::fillReport(const inspect::ReportNode& report)
{
    m_report->clear();
    for (const inspect::ReportNode& node : report.children)
        if (node.key != u"pem")
            addNode(node, m_report->invisibleRootItem());
    m_report->expandToDepth(1);
}

void CertificateDetail::fillVersions(const QList<lifecycle::CertificateVersion>& versions, const QString& currentId)
{
    m_versions->clear();
    for (const lifecycle::CertificateVersion& version : versions) {
        const Status status = statusOfVersion(version, version.id == currentId);
        auto* item = new QTreeWidgetItem(
            m_versions, {status.word, localTime(version.issuedAt), localTime(version.notAfter), version.serial});
        item->setIcon(0, status.icon());
        item->setToolTip(1, utcTime(version.issuedAt));
        item->setToolTip(2, utcTime(version.notAfter));
    }
    m_tabs->setTabText(2, tr("Versions (%1)").arg(versions.size()));
}

} // namespace ui
