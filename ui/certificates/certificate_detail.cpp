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

#include <algorithm>
#include <utility>

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

QStringList lineOfVersion(const lifecycle::CertificateVersion& version, bool current)
{
    return {statusOfVersion(version, current).word, localTime(version.issuedAt), localTime(version.notAfter),
            version.serial};
}

bool sameReport(const inspect::ReportNode& left, const inspect::ReportNode& right)
{
    return left.key == right.key && left.label == right.label && left.value == right.value
        && left.critical == right.critical
        && std::equal(left.children.begin(), left.children.end(), right.children.begin(), right.children.end(),
                      sameReport);
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
    m_summary->replace([&details](Facts& lines) { fillSummary(lines, details); });
    fillReport(details.report);
    fillVersions(details.versions, details.certificate.currentVersionId);
    fillPem(details.versions.isEmpty() ? QString() : QString::fromUtf8(details.versions.first().chainPem));
}

void CertificateDetail::fillSummary(Facts& lines, const lifecycle::CertificateDetails& details)
{
    const lifecycle::CertificateRow& row = details.row;
    lines.addStatus(tr("State"), statusOf(row.state));
    lines.add(tr("Last error"), row.lastError);
    lines.add(tr("Names"), nameLines(row.names));
    lines.add(tr("Authority"), row.authorityName);
    lines.add(tr("Issuer"), row.issuer);
    lines.addTime(tr("Valid from"), row.notBefore);
    lines.addTime(tr("Valid until"), row.notAfter);
    lines.addTime(tr("Next renewal"), row.renewAt);
    lines.add(tr("Why then"), row.renewalReason);
    if (details.renewal)
        fillRenewal(lines, *details.renewal);
    lines.add(tr("Key"), row.keyDescription);
    lines.addMono(tr("Serial"), row.serial);
    lines.addMono(tr("SHA-256"), pairs(row.sha256));
    lines.add(tr("Proof"), details.certificate.request.proof.summary());
    if (!details.versions.isEmpty())
        addFacts(lines, details.versions.first());
    lines.add(tr("Tags"), row.tags.join(u", "_s));
    if (details.versions.isEmpty() || !details.versions.first().revokedAt.isValid())
        return;
    lines.addTime(tr("Revoked"), details.versions.first().revokedAt);
    lines.add(tr("Reason"), revocationReasonText(details.versions.first().revocationReason));
    lines.add(tr("Note"), details.versions.first().revocationNote);
}

void CertificateDetail::fillRenewal(Facts& lines, const lifecycle::RenewalInformation& renewal)
{
    // An authority that offers none is no news for each of its certificates.
    if (renewal.failure && renewal.failure->code() == base::ErrorCode::Unsupported && !renewal.window)
        return;
    if (renewal.window)
        lines.add(tr("Authority's window"),
                  tr("%1 to %2").arg(localTime(renewal.window->start), localTime(renewal.window->end)),
                  tr("%1 to %2").arg(utcTime(renewal.window->start), utcTime(renewal.window->end)));
    lines.addLink(tr("Its explanation"), renewal.explanationUrl);
    lines.addTime(tr("Asked about it"), renewal.askedAt);
    lines.addTime(tr("Asks again"), renewal.askAt);
    if (renewal.failure)
        lines.add(tr("Asking failed"), renewal.failure->message());
}

void CertificateDetail::addFacts(Facts& lines, const lifecycle::CertificateVersion& version)
{
    const lifecycle::IssuanceFacts& facts = version.facts;
    lines.add(tr("Private key"), version.hasKey ? tr("in the vault") : tr("elsewhere; issued for a request"));
    lines.add(tr("Profile"), facts.profile);
    QStringList others;
    for (const lifecycle::OfferedChain& chain : facts.chains) {
        if (chain.chosen)
            lines.add(tr("Chain up to"), chain.root);
        else
            others += tr("%1 (SHA-256 of its top: %2)").arg(chain.root, pairs(chain.sha256));
    }
    lines.add(tr("Also offered"), others.join(u'\n'));
    lines.add(tr("Remarks"), facts.remarks.join(u'\n'));
}

void CertificateDetail::fillPem(const QString& pem)
{
    if (pem != m_pem->toPlainText())
        m_pem->setPlainText(pem);
}

void CertificateDetail::fillReport(const inspect::ReportNode& report)
{
    if (sameReport(report, m_shownReport))
        return; // what was opened or chosen in it stays so
    m_shownReport = report;
    m_report->clear();
    for (const inspect::ReportNode& node : report.children)
        if (node.key != u"pem")
            addNode(node, m_report->invisibleRootItem());
    m_report->expandToDepth(1);
}

void CertificateDetail::fillVersions(const QList<lifecycle::CertificateVersion>& versions, const QString& currentId)
{
    QList<QStringList> lines;
    for (const lifecycle::CertificateVersion& version : versions)
        lines += lineOfVersion(version, version.id == currentId);
    m_tabs->setTabText(2, tr("Versions (%1)").arg(versions.size()));
    if (std::exchange(m_shownVersions, lines) == lines)
        return;
    m_versions->clear();
    for (const lifecycle::CertificateVersion& version : versions) {
        auto* item = new QTreeWidgetItem(m_versions, lines.at(m_versions->topLevelItemCount()));
        item->setIcon(0, statusOfVersion(version, version.id == currentId).icon());
        item->setToolTip(1, utcTime(version.issuedAt));
        item->setToolTip(2, utcTime(version.notAfter));
    }
}

} // namespace ui
