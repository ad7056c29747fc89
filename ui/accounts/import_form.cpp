// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/import_form.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/account_book.h"
#include "ui/accounts/import_words.h"
#include "ui/common/banner.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/work_row.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using exchange::AccountFormat;
using Outcome = lifecycle::ImportedAccount::Outcome;

constexpr int IdRole = Qt::UserRole; ///< the thumbprint of a line's account

} // namespace

ImportForm::ImportForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_banner(new Banner(u"importBanner"_s))
    , m_authority(makeComboBox(u"importAuthority"_s))
    , m_path(new QLineEdit)
    , m_format(makeComboBox(u"importFormat"_s))
    , m_found(new QTreeWidget)
    , m_look(makeButton(tr("&Look"), u"importLookButton"_s, u"search"_s))
    , m_import(makePrimaryButton(tr("&Import"), u"importButton"_s))
    , m_work(new WorkRow(u"importCancelButton"_s, m_form, {m_look, m_import}))
{
    m_format->addItem(tr("Recognise it"), QString());
    for (const auto format :
         {AccountFormat::Certbot, AccountFormat::Lego, AccountFormat::AcmeSh, AccountFormat::Pem, AccountFormat::Jwk})
        m_format->addItem(importFormatText(exchange::accountFormatName(format)), exchange::accountFormatName(format));
    m_form->addRow(u"authority"_s, tr("A&uthority"), m_authority);
    m_form->addRow(u"path"_s, tr("&Path"), makePathChooser(),
                   tr("/etc/letsencrypt, ~/.lego, ~/.acme.sh, or a file with a key. It is only read."));
    m_form->addRow(u"format"_s, tr("&Written by"), m_format);
    prepareList(m_found, u"importFound"_s, tr("Accounts that were found"));
    m_found->setHeaderLabels({tr("Outcome"), tr("Written by"), tr("Contact"), tr("Key"), tr("Where")});
    m_found->setColumnWidth(0, 230);
    m_found->setColumnWidth(2, 170);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTitle(tr("Import accounts")));
    layout->addWidget(m_form);
    layout->addWidget(m_banner);
    layout->addWidget(m_found, 1);
    layout->addWidget(m_work);
    connect(m_work, &WorkRow::cancelled, this, &ImportForm::cancelled);
    connect(m_look, &QPushButton::clicked, this, &ImportForm::look);
    connect(m_import, &QPushButton::clicked, this, &ImportForm::import);
    connect(m_path, &QLineEdit::returnPressed, this, &ImportForm::look);
    connect(m_path, &QLineEdit::textChanged, this, &ImportForm::forgetFound);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ImportForm::forgetFound);
    connect(m_authority, &QComboBox::currentIndexChanged, this, &ImportForm::forgetFound);
    connect(m_found, &QTreeWidget::itemChanged, this, &ImportForm::noteTicks);
}

QWidget* ImportForm::makePathChooser()
{
    auto* row = new QWidget;
    m_path->setObjectName(u"importPath"_s);
    m_path->setAccessibleName(tr("Path"));
    QPushButton* folder = makeButton(tr("F&older…"), u"importFolderButton"_s, u"folder"_s);
    QPushButton* file = makeButton(tr("&File…"), u"importFileButton"_s, u"key"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*> {m_path, folder, file})
        layout->addWidget(widget);
    connect(folder, &QPushButton::clicked, this, [this] { browse(true); });
    connect(file, &QPushButton::clicked, this, [this] { browse(false); });
    return row;
}

void ImportForm::browse(bool folder)
{
    auto* dialog = new QFileDialog(this, folder ? tr("Folder of another client") : tr("File with a key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setFilter(dialog->filter() | QDir::Hidden);
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void ImportForm::begin(const QList<lifecycle::Authority>& authorities)
{
    m_work->abandon();
    m_authority->clear();
    for (const lifecycle::Authority& authority : authorities)
        m_authority->addItem(authority.name, authority.id);
    m_form->clearFaults();
    forgetFound();
    m_path->setFocus();
}

void ImportForm::forgetFound()
{
    m_found->clear();
    m_banner->hide();
    m_import->setEnabled(false);
}

lifecycle::AccountImport ImportForm::wanted() const
{
    lifecycle::AccountImport wanted;
    wanted.authorityId = m_authority->currentData().toString();
    wanted.path = m_path->text().trimmed();
    if (wanted.path.startsWith(u"~/"_s))
        wanted.path.replace(0, 1, QDir::homePath());
    if (const auto format = exchange::accountFormatFromName(m_format->currentData().toString()))
        wanted.format = *format;
    for (int row = 0; row < m_found->topLevelItemCount(); ++row)
        if (m_found->topLevelItem(row)->checkState(0) == Qt::Checked)
            wanted.thumbprints += m_found->topLevelItem(row)->data(0, IdRole).toString();
    return wanted;
}

void ImportForm::look()
{
    m_form->clearFaults();
    forgetFound();
    if (m_path->text().trimmed().isEmpty())
        return m_form->setFault(u"path"_s, tr("Where does the other client keep its accounts?"), true);
    const std::stop_token work = m_work->begin(tr("Looking…"));
    const auto reply = [this, work](base::Result<QList<lifecycle::ImportedAccount>> accounts) {
        if (!m_work->end(work))
            return;
        if (!accounts)
            return failed(accounts.error());
        show(*accounts);
        m_found->setFocus();
    };
    m_workspace.manager.lookForAccounts(wanted(), this, reply);
}

void ImportForm::import()
{
    const std::stop_token work = m_work->begin(tr("Asking the authority which accounts it knows…"));
    const auto reply = [this, work](base::Result<QList<lifecycle::ImportedAccount>> accounts) {
        if (!m_work->end(work))
            return;
        if (!accounts)
            return failed(accounts.error());
        conclude(*accounts);
    };
    m_workspace.manager.importAccounts(wanted(), this, reply, work);
}

void ImportForm::show(const QList<lifecycle::ImportedAccount>& accounts)
{
    m_found->clear();
    for (const lifecycle::ImportedAccount& account : accounts) {
        const Status status = statusOfImport(account.outcome);
        auto* item = new QTreeWidgetItem(m_found,
                                         {status.word, importFormatText(account.format), contactsText(account.contacts),
                                          account.keyDescription, account.path});
        item->setData(0, IdRole, account.keyThumbprint);
        item->setIcon(0, status.icon());
        for (int column = 0; column < m_found->columnCount(); ++column)
            item->setToolTip(column, account.detail);
        const bool possible = account.outcome == Outcome::Found || account.outcome == Outcome::Elsewhere;
        if (possible)
            item->setCheckState(0, account.outcome == Outcome::Found ? Qt::Checked : Qt::Unchecked);
        if (account.path.isEmpty())
            item->setText(4, account.detail);
    }
    if (m_found->topLevelItemCount() > 0)
        m_found->setCurrentItem(m_found->topLevelItem(0));
    noteTicks();
}

void ImportForm::noteTicks()
{
    m_import->setEnabled(!wanted().thumbprints.isEmpty());
}

void ImportForm::conclude(const QList<lifecycle::ImportedAccount>& accounts)
{
    const auto taken = std::count_if(accounts.begin(), accounts.end(), [](const lifecycle::ImportedAccount& account) {
        return account.outcome == Outcome::Imported;
    });
    show(accounts);
    const bool all = std::none_of(accounts.begin(), accounts.end(), [](const lifecycle::ImportedAccount& account) {
        return account.outcome == Outcome::Absent || account.outcome == Outcome::Failed;
    });
    if (taken > 0 && all)
        return Q_EMIT imported(static_cast<int>(taken));
    m_banner->showMessage(
        Severity::Attention,
        tr("%n account(s) imported. The list says what became of the others.", nullptr, static_cast<int>(taken)));
}

void ImportForm::failed(const base::Error& error)
{
    if (!m_form->showError(error))
        m_banner->showError(error);
}

} // namespace ui
