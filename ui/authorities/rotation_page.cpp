// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/rotation_page.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/flow_layout.h"
#include "ui/common/remembered_header.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QCompleter>
#include <QLineEdit>
#include <QLocale>
#include <QStringListModel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int IdRole = Qt::UserRole;
constexpr int rowsShown = 500;

} // namespace

RotationPage::RotationPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(makeTitle(QString()))
    , m_banner(new Banner(u"rotationBanner"_s))
    , m_roots(new QTreeWidget)
    , m_certificates(new QTreeWidget)
    , m_tag(new QLineEdit)
    , m_tags(new QStringListModel(this))
    , m_count(makeFaint(QString()))
    , m_reissue(makeButton(tr("Re-issue &selected"), u"reissueSelected"_s, u"refresh"_s))
    , m_reissueAll(makeButton(tr("Re-issue &all of these"), u"reissueAll"_s, u"refresh"_s))
{
    QPushButton* back = makeButton(tr("&Back"), u"rotationBack"_s, u"back"_s);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(back);
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    inner->addLayout(head);
    inner->addWidget(m_banner);
    inner->addWidget(makeRoots(), 2);
    inner->addWidget(makeCertificates(), 3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new FittingScrollArea(content));
    connect(back, &QPushButton::clicked, this, &RotationPage::closed);
}

QWidget* RotationPage::makeRoots()
{
    prepareList(m_roots, u"rootList"_s, tr("Roots"));
    m_roots->setHeaderLabels(
        {tr("Root"), tr("Used for"), tr("Certificates"), tr("Accounts"), tr("First expiry"), tr("SHA-256")});
    rememberHeader(m_roots, m_workspace.settings, {200, 160, 90, 80, 130, 200});
    connect(m_roots, &QTreeWidget::currentItemChanged, this, &RotationPage::showCertificates);
    return m_roots;
}

QWidget* RotationPage::makeCertificates()
{
    prepareList(m_certificates, u"rootCertificates"_s, tr("Certificates under this root"));
    m_certificates->setHeaderLabels({tr("Names"), tr("State"), tr("Expires"), tr("Next renewal"), tr("Tags")});
    m_certificates->setSelectionMode(QAbstractItemView::ExtendedSelection);
    rememberHeader(m_certificates, m_workspace.settings, {260, 110, 140, 140, 120});
    m_tag->setObjectName(u"rotationTag"_s);
    m_tag->setAccessibleName(tr("Tag"));
    m_tag->setPlaceholderText(tr("Only with this tag"));
    auto* label = makeLabel(tr("Ta&g"));
    label->setBuddy(m_tag);
    m_count->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* row = new FlowLayout;
    row->addWidget(label);
    row->addWidget(m_tag);
    row->addWidget(m_count);
    row->addWidget(m_reissue);
    row->addWidget(m_reissueAll);
    auto* area = new QWidget;
    auto* layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_certificates, 1);
    completeTags();
    connect(m_tag, &QLineEdit::editingFinished, this, &RotationPage::showCertificates);
    connect(m_certificates, &QTreeWidget::itemSelectionChanged, this, &RotationPage::allowReissuing);
    connect(m_reissue, &QPushButton::clicked, this, [this] {
        tellWorking();
        m_workspace.manager.reissue(m_authorityId, selected(), this,
                                    [this](base::Result<lifecycle::Reissue> outcome) { tell(outcome); });
    });
    connect(m_reissueAll, &QPushButton::clicked, this, [this] {
        tellWorking();
        m_workspace.manager.reissueAll(query(), this,
                                       [this](base::Result<lifecycle::Reissue> outcome) { tell(outcome); });
    });
    return area;
}

void RotationPage::completeTags()
{
    auto* completer = new QCompleter(m_tags, m_tag);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_tag->setCompleter(completer);
    // the field takes what was chosen only after it has been told too
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &RotationPage::showCertificates,
            Qt::QueuedConnection);
}

void RotationPage::show(const lifecycle::Authority& authority)
{
    m_authorityId = authority.id;
    m_title->setText(tr("Roots of “%1”").arg(authority.name));
    m_banner->hide();
    m_tag->clear();
    m_roots->clear();
    m_certificates->clear();
    allowReissuing();
    refresh();
    m_roots->setFocus();
}

void RotationPage::refresh()
{
    if (m_authorityId.isEmpty())
        return;
    m_workspace.manager.tags(this, [this](base::Result<QList<lifecycle::TagUse>> tags) {
        m_tags->setStringList(lifecycle::tagNames(tags.value_or(QList<lifecycle::TagUse>())));
    });
    m_workspace.manager.rootUses(m_authorityId, this, [this](base::Result<QList<lifecycle::RootUse>> uses) {
        if (!uses)
            return m_banner->showError(uses.error());
        fillRoots(*uses);
    });
}

void RotationPage::fillRoots(const QList<lifecycle::RootUse>& roots)
{
    const lifecycle::ChainRoot before = query().root;
    m_uses = roots;
    const QSignalBlocker blocker(m_roots);
    m_roots->clear();
    for (const lifecycle::RootUse& use : roots) {
        QStringList uses;
        if (use.verifiesTls)
            uses += tr("TLS of the server");
        if (use.pinnedForIssuing)
            uses += tr("pinned for issuing");
        if (uses.isEmpty())
            uses += tr("issues, not pinned");
        auto* item = new QTreeWidgetItem(m_roots,
                                         {use.root.name, uses.join(u", "_s), QLocale().toString(use.certificates),
                                          QLocale().toString(use.accounts), localTime(use.firstExpiry),
                                          use.sha256.isEmpty() ? tr("not known") : use.sha256});
        item->setToolTip(4, utcTime(use.firstExpiry));
        item->setToolTip(5, use.sha256);
        if (use.root == before)
            m_roots->setCurrentItem(item);
    }
    if (!m_roots->currentItem())
        m_roots->setCurrentItem(m_roots->topLevelItem(0));
    showCertificates();
}

lifecycle::RootQuery RotationPage::query() const
{
    lifecycle::RootQuery query;
    query.authorityId = m_authorityId;
    query.root = m_uses.value(m_roots->indexOfTopLevelItem(m_roots->currentItem())).root;
    query.tag = m_tag->text().trimmed();
    query.limit = rowsShown;
    return query;
}

void RotationPage::showCertificates()
{
    m_workspace.manager.certificatesUnderRoot(query(), this, [this](base::Result<lifecycle::RootPage> page) {
        if (!page)
            return m_banner->showError(page.error());
        fillCertificates(*page);
    });
}

void RotationPage::fillCertificates(const lifecycle::RootPage& page)
{
    const QStringList before = selected();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_total = page.total;
    m_certificates->clear();
    for (const lifecycle::CertificateRow& row : page.rows) {
        const Status status = statusOf(row.state);
        auto* item = new QTreeWidgetItem(m_certificates,
                                         {namesText(row.names), status.word, localTime(row.notAfter),
                                          renewalText(row, now), row.tags.join(u", "_s)});
        item->setIcon(1, status.icon());
        item->setToolTip(2, utcTime(row.notAfter));
        item->setData(0, IdRole, row.id);
        item->setSelected(before.contains(row.id));
    }
    m_count->setText(page.total > page.rows.size()
                         ? tr("The first %1 of %2, what expires first at first").arg(page.rows.size()).arg(page.total)
                         : tr("%1, what expires first at first").arg(page.total));
    allowReissuing();
}

QStringList RotationPage::selected() const
{
    QStringList ids;
    for (const QTreeWidgetItem* item : m_certificates->selectedItems())
        ids += item->data(0, IdRole).toString();
    return ids;
}

void RotationPage::allowReissuing()
{
    m_reissue->setEnabled(!m_certificates->selectedItems().isEmpty());
    m_reissueAll->setEnabled(m_total > 0);
}

void RotationPage::tellWorking()
{
    m_reissue->setEnabled(false);
    m_reissueAll->setEnabled(false);
    m_banner->showMessage(Severity::Working, tr("Planning the renewals…"));
}

void RotationPage::tell(const base::Result<lifecycle::Reissue>& outcome)
{
    allowReissuing();
    if (!outcome)
        return m_banner->showError(outcome.error());
    QString text = tr("%1 certificates are to be issued again. They are renewed one after the other, here or by the "
                      "agent, and leave this list as they move to the other root.")
                       .arg(outcome->planned);
    if (!outcome->failed.isEmpty())
        text += u'\n' + outcome->failed.join(u'\n');
    m_banner->showMessage(outcome->failed.isEmpty() ? Severity::Working : Severity::Attention, text);
    refresh();
}

} // namespace ui
