// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/certificates_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/certificates/certificate_detail.h"
#include "ui/certificates/certificate_list_model.h"
#include "ui/certificates/export_dialog.h"
#include "ui/certificates/revoke_dialog.h"
#include "ui/certificates/tag_editor.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/empty_state.h"
#include "ui/common/flow_layout.h"
#include "ui/common/life_left_delegate.h"
#include "ui/common/navigator.h"
#include "ui/common/remembered_header.h"
#include "ui/common/search_field.h"
#include "ui/common/widgets.h"
#include "ui/orders/fresh_csr_dialog.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::CertificateState;

enum ListState { Listing, NoMatch, Empty };

QPushButton* makeLinkButton(const QString& objectName)
{
    QPushButton* button = makeButton(QString(), objectName);
    button->setProperty("link", true);
    return button;
}

} // namespace

CertificatesScreen::CertificatesScreen(Workspace& workspace)
    : Screen(workspace)
    , m_model(new CertificateListModel(
          [this](lifecycle::CertificateQuery query, QObject* context, CertificateListModel::Reply reply) {
              manager().certificates(std::move(query), context, std::move(reply));
          },
          this))
    , m_search(makeSearchField(u"certificateSearch"_s, tr("Search names, or tag:web"),
                               [this](const QString& text) { filter(text); }))
    , m_list(new QTreeView)
    , m_states(new QStackedWidget)
    , m_counts(makeFaint(QString()))
    , m_retired(makeLinkButton(u"showRetired"_s))
    , m_clear(makeButton(tr("C&lear the search"), u"clearSearch"_s, u"close"_s))
    , m_noMatch(makeHeading(QString()))
    , m_banner(new Banner(u"certificatesBanner"_s))
    , m_detail(new CertificateDetail)
    , m_export(makeButton(tr("&Export…"), u"exportButton"_s, u"export"_s))
    , m_revoke(makeButton(tr("Re&voke…"), u"revokeButton"_s, u"revoke"_s))
    , m_renew(makeButton(tr("Rene&w now"), u"renewButton"_s, u"refresh"_s))
    , m_remove(makeButton(tr("Re&move"), u"removeButton"_s, u"remove"_s))
    , m_tags(makeButton(tr("Ta&gs"), u"tagsButton"_s, u"tag"_s))
    , m_tagEditor(new TagEditor)
{
    auto* splitter = new AdaptiveSplitter(makeListSide(), makeDetailSide());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeHead());
    layout->addWidget(m_banner);
    layout->addWidget(splitter, 1);
    connectAll();
    followSelection();
}

QWidget* CertificatesScreen::makeHead()
{
    auto* head = new QWidget;
    auto* layout = new FlowLayout(head);
    QLabel* title = makeTitle(tr("Certificates"));
    title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout->addWidget(title);
    for (QPushButton* button : {m_renew, m_tags, m_export, m_revoke, m_remove})
        layout->addWidget(button);
    return head;
}

QWidget* CertificatesScreen::makeListSide()
{
    prepareList(m_list, u"certificateList"_s, tr("Certificates"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setModel(m_model);
    m_list->setItemDelegateForColumn(CertificateListModel::LifeLeft, new LifeLeftDelegate(m_list));
    m_list->header()->setSortIndicator(CertificateListModel::Names, Qt::AscendingOrder);
    rememberHeader(m_list, settings(), {106, 142, 90, 124, 118, 100, 90});
    m_list->setSortingEnabled(true);
    auto* noMatch = new QWidget;
    auto* noMatchLayout = new QVBoxLayout(noMatch);
    noMatchLayout->addStretch(1);
    noMatchLayout->addWidget(m_noMatch, 0, Qt::AlignHCenter);
    noMatchLayout->addWidget(m_clear, 0, Qt::AlignHCenter);
    noMatchLayout->addStretch(2);
    auto* empty = new EmptyState(tr("No certificate yet"), tr("Order the first one for a name that leads here."));
    connect(empty->addCard(u"certificates"_s, tr("New certificate"),
                           tr("Name it, prove it, and leave renewing to Sealwright."), tr("New &certificate"),
                           u"certificatesEmptyNew"_s),
            &QPushButton::clicked, this, [this] { navigator().newCertificate(); });
    m_states->addWidget(m_list);
    m_states->addWidget(noMatch);
    m_states->addWidget(empty);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_counts, 1);
    foot->addWidget(m_retired);
    m_retired->setCheckable(true);
    m_tags->setCheckable(true);
    m_tags->setToolTip(tr("Adds and removes tags of the selected certificates"));
    m_tagEditor->hide();
    m_search->setToolTip(tr("Words that the names contain. tag:web finds certificates with that tag, "
                            "tag:\"team payments\" those with one of several words, tag: those with any."));
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_search);
    layout->addWidget(m_states, 1);
    layout->addWidget(m_tagEditor);
    layout->addLayout(foot);
    return side;
}

QWidget* CertificatesScreen::makeDetailSide()
{
    QFrame* card = makeCard();
    card->setMinimumWidth(300);
    cardLayout(card)->addWidget(m_detail);
    m_side = card;
    return card;
}

void CertificatesScreen::connectAll()
{
    connect(m_model, &CertificateListModel::loaded, this, &CertificatesScreen::followLoad);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &CertificatesScreen::rememberSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &CertificatesScreen::restoreSelection);
    connect(m_model, &CertificateListModel::failed, m_banner,
            [this](const base::Error& error) { m_banner->showError(error); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &CertificatesScreen::followSelection);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_search->clear();
        m_search->setFocus();
    });
    connect(m_retired, &QPushButton::toggled, this, &CertificatesScreen::showRetired);
    connect(m_export, &QPushButton::clicked, this, &CertificatesScreen::exportCurrent);
    connect(m_revoke, &QPushButton::clicked, this, &CertificatesScreen::revokeCurrent);
    connect(m_renew, &QPushButton::clicked, this, &CertificatesScreen::renewSelected);
    connect(m_remove, &QPushButton::clicked, this, &CertificatesScreen::confirmRemove);
    connect(m_tags, &QPushButton::toggled, this, &CertificatesScreen::editTags);
    connect(m_tagEditor, &TagEditor::changeWanted, this, &CertificatesScreen::changeTags);
    connect(m_tagEditor, &TagEditor::closed, m_tags, [this] { m_tags->setChecked(false); });
    connect(m_detail, &CertificateDetail::orderWanted, this, [this](const QString& id) { navigator().showOrder(id); });
}

lifecycle::Changes CertificatesScreen::interests() const
{
    return lifecycle::Change::Certificates | lifecycle::Change::Orders;
}

void CertificatesScreen::refresh()
{
    m_model->reload();
}

QWidget* CertificatesScreen::searchField()
{
    return m_search;
}

void CertificatesScreen::filter(const QString& text)
{
    if (text.trimmed() == m_model->filter())
        return;
    m_chooseFirst = true;
    m_model->setFilter(text);
}

void CertificatesScreen::showRetired(bool shown)
{
    m_chooseFirst = true;
    m_model->setShowRetired(shown);
}

void CertificatesScreen::showCertificate(const QString& id)
{
    m_wantedId = id;
    m_wantedSearch = Search::InList;
    m_search->clear();
    filter(QString());
    m_model->reload();
}

void CertificatesScreen::followWanted()
{
    const int row = m_model->rowOf(m_wantedId);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model->index(row, 0));
        m_wantedId.clear();
    } else if (m_wantedSearch == Search::InList) {
        lookForWanted();
    } else if (m_wantedSearch == Search::ByName) {
        m_wantedId.clear();
        m_banner->showMessage(Severity::Attention,
                              tr("The certificate is not among the first that the search finds: search for more of "
                                 "its names, or scroll to it."));
    }
}

void CertificatesScreen::lookForWanted()
{
    m_wantedSearch = Search::ById;
    const auto reply = [this, id = m_wantedId](base::Result<lifecycle::CertificateDetails> details) {
        if (id != m_wantedId || m_wantedSearch != Search::ById)
            return;
        if (details)
            return searchWanted(details->row);
        m_wantedId.clear();
        m_banner->showError(details.error());
    };
    manager().certificate(m_wantedId, this, reply);
}

void CertificatesScreen::searchWanted(const lifecycle::CertificateRow& wanted)
{
    m_wantedSearch = Search::ByName;
    m_search->setText(wanted.names.value(0));
    filter(m_search->text());
    if (wanted.state == CertificateState::Revoked || wanted.state == CertificateState::Expired)
        m_retired->setChecked(true);
    m_model->reload();
}

void CertificatesScreen::rememberSelection()
{
    const QStringList ids = selectedIds();
    m_selectedBefore = QSet<QString>(ids.begin(), ids.end());
    const QModelIndex current = m_list->currentIndex();
    m_currentBefore = current.isValid() ? m_model->certificate(current.row()).id : QString();
}

void CertificatesScreen::restoreSelection()
{
    QItemSelection selection;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_selectedBefore.contains(m_model->certificate(row).id))
            selection.select(m_model->index(row, 0), m_model->index(row, CertificateListModel::ColumnCount - 1));
    const int current = m_model->rowOf(m_currentBefore);
    if (current >= 0)
        m_list->selectionModel()->setCurrentIndex(m_model->index(current, 0), QItemSelectionModel::NoUpdate);
    m_list->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void CertificatesScreen::followLoad()
{
    const bool none = m_model->rowCount() == 0;
    const bool filtered = !m_model->filter().isEmpty() || m_model->hidden() > 0 || m_model->total() > 0;
    m_states->setCurrentIndex(!none ? Listing : filtered ? NoMatch : Empty);
    showCounts();
    if (!m_wantedId.isEmpty())
        followWanted();
    else if (m_chooseFirst && !none && !m_list->selectionModel()->hasSelection())
        m_list->setCurrentIndex(m_model->index(0, 0));
    m_chooseFirst = m_chooseFirst && none;
    followSelection();
}

void CertificatesScreen::showCounts()
{
    const QLocale locale;
    m_noMatch->setText(tr("0 of %1 match").arg(locale.toString(m_model->total())));
    m_clear->setVisible(!m_model->filter().isEmpty());
    m_counts->setText(tr("%1 of %2").arg(locale.toString(m_model->matching()), locale.toString(m_model->total())));
    const int hidden = m_model->hidden();
    m_retired->setVisible(hidden > 0 || m_retired->isChecked());
    m_retired->setText(m_retired->isChecked()
                           ? tr("&Hide expired and revoked")
                           : tr("%1 expired or revoked &hidden – show").arg(locale.toString(hidden)));
    m_retired->setAccessibleName(m_retired->text().remove(u'&'));
}

const lifecycle::CertificateRow* CertificatesScreen::current() const
{
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    return rows.size() == 1 ? &m_model->certificate(rows.first().row()) : nullptr;
}

QStringList CertificatesScreen::selectedIds() const
{
    QStringList ids;
    for (const QModelIndex& index : m_list->selectionModel()->selectedRows())
        ids += m_model->certificate(index.row()).id;
    return ids;
}

void CertificatesScreen::followSelection()
{
    const lifecycle::CertificateRow* row = current();
    const bool some = !selectedIds().isEmpty();
    const bool issued = row && row->versions > 0;
    m_export->setEnabled(issued);
    const bool ended = issued && (row->state == CertificateState::Revoked || row->state == CertificateState::Expired);
    m_revoke->setEnabled(issued && (!ended || row->versions > 1));
    m_renew->setEnabled(some);
    m_remove->setEnabled(some);
    m_tags->setEnabled(some || m_tags->isChecked());
    m_tagEditor->setSelection(static_cast<int>(selectedIds().size()), selectedTags());
    m_side->setVisible(row != nullptr);
    if (row)
        readDetails();
}

void CertificatesScreen::readDetails()
{
    manager().certificate(current()->id, this, [this](base::Result<lifecycle::CertificateDetails> details) {
        const lifecycle::CertificateRow* row = current();
        if (!details && row)
            return m_banner->showError(details.error());
        if (row && row->id == details->row.id)
            m_detail->showDetails(*details);
    });
}

void CertificatesScreen::exportCurrent()
{
    if (const lifecycle::CertificateRow* row = current()) {
        auto* dialog = new ExportDialog(workspace(), *row, this);
        connect(dialog, &ExportDialog::exported, this,
                [this](const QString& path) { navigator().tell(tr("Written to %1.").arg(path)); });
        dialog->open();
    }
}

void CertificatesScreen::revokeCurrent()
{
    if (const lifecycle::CertificateRow* row = current()) {
        auto* dialog = new RevokeDialog(workspace(), *row, this);
        connect(dialog, &RevokeDialog::revoked, this,
                [this, id = row->id, name = namesText(row->names)](bool isCurrent) {
                    if (!isCurrent)
                        return navigator().tell(tr("An older version of “%1” is revoked.").arg(name));
                    navigator().tell(
                        tr("“%1” is revoked. It stays in the list among the expired and revoked ones.").arg(name));
                    m_wantedId = id;
                    m_wantedSearch = Search::InList;
                    m_retired->setChecked(true);
                });
        dialog->open();
    }
}

void CertificatesScreen::renewSelected()
{
    const QStringList ids = selectedIds();
    for (const QString& id : ids)
        manager().renewCertificate(id, this, [this, id, single = ids.size() == 1](base::Result<QString> order) {
            if (!order && order.error().field() == u"csr" && single)
                return askForCsr(id);
            if (!order)
                return m_banner->showError(order.error());
            if (single)
                navigator().showOrder(*order);
        });
}

void CertificatesScreen::editTags(bool edit)
{
    m_tagEditor->setVisible(edit);
    followSelection();
    if (!edit)
        return m_list->setFocus();
    m_tagEditor->begin();
    readKnownTags();
}

void CertificatesScreen::readKnownTags()
{
    manager().tags(this, [this](base::Result<QList<lifecycle::TagUse>> tags) {
        if (!tags)
            return m_banner->showError(tags.error());
        m_tagEditor->setKnown(lifecycle::tagNames(*tags));
    });
}

QStringList CertificatesScreen::selectedTags() const
{
    QStringList tags;
    for (const QModelIndex& index : m_list->selectionModel()->selectedRows())
        tags += m_model->certificate(index.row()).tags;
    tags.removeDuplicates();
    tags.sort(Qt::CaseInsensitive);
    return tags;
}

void CertificatesScreen::changeTags(const QList<lifecycle::Tag>& add, const QList<lifecycle::Tag>& remove)
{
    manager().changeTags({selectedIds(), add, remove}, this, [this](base::Result<int> changed) {
        if (!changed)
            return m_banner->showError(changed.error());
        m_tags->setChecked(false);
        navigator().tell(*changed == 0 ? tr("The tags are as they were.")
                                       : tr("Tags of %n certificate(s) changed.", nullptr, *changed));
        refresh();
    });
}

void CertificatesScreen::askForCsr(const QString& id)
{
    const lifecycle::CertificateRow* row = current();
    auto* dialog = new FreshCsrDialog(workspace(), id, row ? row->names : QStringList(), this);
    connect(dialog, &FreshCsrDialog::placed, this, [this](const QString& order) { navigator().showOrder(order); });
    dialog->open();
}

void CertificatesScreen::confirmRemove()
{
    const QStringList ids = selectedIds();
    const lifecycle::CertificateRow* row = current();
    const QString what =
        row ? tr("“%1”").arg(namesText(row->names)) : tr("%n certificate(s)", nullptr, static_cast<int>(ids.size()));
    m_banner->showMessage(
        Severity::Attention,
        tr("%1 and the keys will be forgotten for good. What was issued stays valid; revoke it where it "
           "should not be.")
            .arg(what),
        {tr("&Remove %1").arg(what), [this, ids] { removeAll(ids); }});
}

void CertificatesScreen::removeAll(const QStringList& ids)
{
    for (const QString& id : ids)
        manager().removeCertificate(id, this, [this](base::Result<void> removed) {
            if (!removed)
                m_banner->showError(removed.error());
        });
    refresh();
}

} // namespace ui
