// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credentials_pane.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/bulk_registration_page.h"
#include "ui/accounts/credential_detail.h"
#include "ui/accounts/credential_import_page.h"
#include "ui/accounts/credential_list_model.h"
#include "ui/common/adaptive_splitter.h"
#include "ui/common/banner.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/flow_layout.h"
#include "ui/common/remembered_header.h"
#include "ui/common/search_field.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::EabCredential;

enum Page { ListPage, ImportPage, BulkPage };

bool isOpen(const EabCredential& credential)
{
    return credential.state == EabCredential::State::Unused || credential.state == EabCredential::State::Reserved;
}

} // namespace

CredentialsPane::CredentialsPane(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_pages(new QStackedWidget)
    , m_model(new CredentialListModel(this))
    , m_filter(new CredentialFilter(*m_model, this))
    , m_list(new QTreeView)
    , m_state(makeComboBox(u"credentialState"_s))
    , m_count(makeFaint(QString()))
    , m_detail(new CredentialDetail(workspace))
    , m_import(new CredentialImportPage(workspace))
    , m_bulk(new BulkRegistrationPage(workspace))
    , m_banner(new Banner(u"credentialsBanner"_s))
{
    for (QWidget* page : {makeListPage(), static_cast<QWidget*>(m_import), static_cast<QWidget*>(m_bulk)})
        m_pages->addWidget(new FittingScrollArea(page));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connectPages();
}

QWidget* CredentialsPane::makeListPage()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_banner);
    layout->addWidget(makeSearch());
    layout->addWidget(makeButtons());
    layout->addWidget(makeLists(), 1);
    return page;
}

QWidget* CredentialsPane::makeSearch()
{
    auto* row = new QWidget;
    QLineEdit* search = makeSearchField(u"credentialSearch"_s, tr("Search credentials"), [this](const QString& words) {
        m_filter->setWords(words);
        showCount();
    });
    m_state->setAccessibleName(tr("State of the credentials shown"));
    m_state->addItem(tr("In any state"));
    for (const auto state : lifecycle::allEabStates())
        m_state->addItem(statusOf(state).icon(), statusOf(state).word, static_cast<int>(state));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(search, 2);
    layout->addWidget(m_state);
    layout->addWidget(m_count, 1);
    connect(m_state, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant chosen = m_state->currentData();
        m_filter->setState(chosen.isValid() ? std::optional(static_cast<EabCredential::State>(chosen.toInt()))
                                            : std::nullopt);
        showCount();
    });
    return row;
}

QWidget* CredentialsPane::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* add = makeButton(tr("Add &credential"), u"addCredentialButton"_s, u"add"_s);
    QPushButton* import = makeButton(tr("&Import…"), u"importCredentialsButton"_s, u"import"_s);
    m_register = makeButton(tr("Re&gister all…"), u"registerCredentialsButton"_s, u"accounts"_s);
    m_register->setToolTip(tr("An account for each unused credential that is chosen, or else shown."));
    m_remove = makeButton(tr("Re&move"), u"removeCredentialButton"_s, u"remove"_s);
    m_remove->setAccessibleName(tr("Remove credential"));
    m_remove->setEnabled(false);
    auto* layout = new FlowLayout(row);
    for (QPushButton* button : {add, import, m_register, m_remove})
        layout->addWidget(button);
    connect(add, &QPushButton::clicked, this, &CredentialsPane::addWanted);
    connect(import, &QPushButton::clicked, this, &CredentialsPane::beginImport);
    connect(m_register, &QPushButton::clicked, this, &CredentialsPane::beginRegistering);
    connect(m_remove, &QPushButton::clicked, this, &CredentialsPane::removeCredential);
    return row;
}

QWidget* CredentialsPane::makeLists()
{
    prepareList(m_list, u"credentialList"_s, tr("EAB credentials"));
    m_list->setModel(m_filter);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(CredentialListModel::Kid, Qt::AscendingOrder);
    rememberHeader(m_list, m_workspace.settings, {110, 110, 110, 80, 80, 100, 110, 110});
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CredentialsPane::showCurrent);
    m_detail->hide();
    return new AdaptiveSplitter(m_list, m_detail);
}

void CredentialsPane::connectPages()
{
    const auto back = [this] { m_pages->setCurrentIndex(ListPage); };
    connect(m_detail, &CredentialDetail::changed, this, &CredentialsPane::changed);
    connect(m_import, &CredentialImportPage::imported, this, &CredentialsPane::changed);
    connect(m_import, &CredentialImportPage::left, this, back);
    connect(m_bulk, &BulkRegistrationPage::changed, this, &CredentialsPane::changed);
    connect(m_bulk, &BulkRegistrationPage::left, this, back);
}

void CredentialsPane::show(const AccountBook& book)
{
    const EabCredential* before = current();
    const QString kept = before ? before->id : QString();
    m_book = book;
    m_model->show(book);
    const QModelIndex again = m_filter->mapFromSource(m_model->index(m_model->rowOf(kept), 0));
    if (again.isValid() && again.row() != m_list->currentIndex().row()) // else others that are selected were no longer
        m_list->setCurrentIndex(again);
    showCurrent();
    showCount();
}

void CredentialsPane::showError(const base::Error& error)
{
    m_banner->showError(error);
}

const EabCredential* CredentialsPane::current() const
{
    const QModelIndex index = m_filter->mapToSource(m_list->currentIndex());
    return index.isValid() ? &m_model->credential(index.row()) : nullptr;
}

void CredentialsPane::showCurrent()
{
    const EabCredential* credential = current();
    m_remove->setEnabled(credential != nullptr);
    m_detail->setVisible(credential != nullptr);
    if (!credential)
        return;
    lifecycle::Authority authority;
    for (const lifecycle::Authority& each : std::as_const(m_book.authorities))
        if (each.id == credential->authorityId)
            authority = each;
    m_detail->show(*credential, authority, m_book.accountName(credential->accountId));
}

void CredentialsPane::showCount()
{
    m_count->setText(tr("%1 of %2").arg(m_filter->rowCount()).arg(m_model->rowCount()));
    m_register->setEnabled(!wanted().isEmpty());
}

QList<EabCredential> CredentialsPane::wanted() const
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    if (rows.size() < 2) {
        rows.clear();
        for (int row = 0; row < m_filter->rowCount(); ++row)
            rows += m_filter->index(row, 0);
    }
    QList<EabCredential> credentials;
    for (const QModelIndex& index : std::as_const(rows))
        if (const auto& each = m_model->credential(m_filter->mapToSource(index).row()); isOpen(each))
            credentials += each;
    return credentials;
}

void CredentialsPane::beginImport()
{
    m_import->begin(m_book.authorities);
    m_pages->setCurrentIndex(ImportPage);
}

void CredentialsPane::importFile(const QString& path)
{
    beginImport();
    m_import->open(path);
}

void CredentialsPane::beginRegistering()
{
    const QList<EabCredential> credentials = wanted();
    QList<lifecycle::Authority> authorities;
    for (const lifecycle::Authority& authority : std::as_const(m_book.authorities))
        if (std::any_of(credentials.begin(), credentials.end(),
                        [&](const EabCredential& each) { return each.authorityId == authority.id; }))
            authorities += authority;
    m_bulk->begin(credentials, authorities);
    m_pages->setCurrentIndex(BulkPage);
}

void CredentialsPane::removeCredential()
{
    const EabCredential* credential = current();
    if (!credential)
        return;
    m_banner->showMessage(Severity::Attention,
                          tr("The credential “%1” and its key will be forgotten.").arg(credential->kid),
                          {tr("&Remove it"), [this, id = credential->id] {
                               m_workspace.manager.removeCredential(id, this, [this](base::Result<void> removed) {
                                   if (!removed)
                                       m_banner->showError(removed.error());
                                   Q_EMIT changed();
                               });
                           }});
}

} // namespace ui
