// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credential_import_page.h"

#include "lifecycle/certificate_manager.h"
#include "ui/accounts/eab_words.h"
#include "ui/common/banner.h"
#include "ui/common/error_text.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::CredentialImportLine;
using Verdict = CredentialImportLine::Verdict;

QStringList textsOf(const CredentialImportLine& line)
{
    const lifecycle::EabCredential& credential = line.credential;
    const QString why = line.error ? explain(*line.error).sentence() : QString();
    return {QString::number(line.line),
            statusOf(line.verdict).word,
            line.authorityName,
            credential.kid,
            credential.owner,
            credential.host,
            why};
}

} // namespace

CredentialImportPage::CredentialImportPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_authority(makeComboBox(u"credentialImportAuthority"_s))
    , m_summary(makeLabel(QString()))
    , m_list(new QTreeWidget)
    , m_banner(new Banner(u"credentialImportBanner"_s))
    , m_accept(makePrimaryButton(tr("&Import"), u"credentialImportAccept"_s))
{
    prepareList(m_list, u"credentialImportList"_s, tr("Lines of the file"));
    m_list->setHeaderLabels({tr("Line"), tr("What it does"), tr("Authority"), tr("Key identifier"), tr("Owner"),
                             tr("Host"), tr("What is wrong")});
    rememberHeader(m_list, workspace.settings, {45, 145, 110, 110, 90, 80, 180});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, pageSpacing, 0, 0);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTop());
    layout->addWidget(m_banner);
    layout->addWidget(makeQuestion());
    layout->addWidget(m_summary);
    layout->addWidget(m_list, 1);
    layout->addWidget(makeButtons());
}

QWidget* CredentialImportPage::makeTop()
{
    auto* row = new QWidget;
    m_authority->setAccessibleName(tr("Authority for lines that name none"));
    auto* label = new QLabel(tr("Lines that &name no authority:"));
    label->setBuddy(m_authority);
    QPushButton* choose = makeButton(tr("Choose &file…"), u"credentialImportChoose"_s, u"folder"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_authority, 1);
    layout->addWidget(choose);
    connect(choose, &QPushButton::clicked, this, &CredentialImportPage::choose);
    connect(m_authority, &QComboBox::activated, this, &CredentialImportPage::preview);
    return row;
}

QWidget* CredentialImportPage::makeQuestion()
{
    QFrame* card = makeCard();
    m_question = card;
    QPushButton* asIs = makeButton(tr("Use them as they a&re"), u"credentialImportAsIs"_s);
    QPushButton* again = makeButton(tr("&Decode once more"), u"credentialImportDecode"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(asIs);
    buttons->addWidget(again);
    buttons->addStretch(1);
    cardLayout(card)->addWidget(
        makeLabel(tr("Some keys look base64-encoded once more. Some tools print keys so; a wrong "
                     "guess makes the authority refuse the credentials.")));
    cardLayout(card)->addLayout(buttons);
    card->setObjectName(u"credentialImportQuestion"_s);
    card->hide();
    const auto answer = [this](bool decode) {
        m_file.decodeOnceMore = decode;
        preview();
    };
    connect(asIs, &QPushButton::clicked, this, [answer] { answer(false); });
    connect(again, &QPushButton::clicked, this, [answer] { answer(true); });
    return card;
}

QWidget* CredentialImportPage::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* back = makeButton(tr("Ca&ncel"), u"credentialImportCancel"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(back);
    layout->addWidget(m_accept);
    connect(back, &QPushButton::clicked, this, &CredentialImportPage::leave);
    connect(m_accept, &QPushButton::clicked, this, &CredentialImportPage::accept);
    return row;
}

void CredentialImportPage::begin(const QList<lifecycle::Authority>& authorities)
{
    m_authority->clear();
    m_authority->addItem(tr("Are wrong"), QString());
    for (const lifecycle::Authority& authority : authorities)
        m_authority->addItem(authority.name, authority.id);
    if (authorities.size() == 1)
        m_authority->setCurrentIndex(1);
    forget();
}

void CredentialImportPage::forget()
{
    ++m_generation;
    m_preview = {};
    m_file = {};
    m_banner->hide();
    showLines();
}

void CredentialImportPage::choose()
{
    auto* dialog = new QFileDialog(this, tr("Import credentials"), QString(), tr("CSV files (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CredentialImportPage::open);
    dialog->open();
}

void CredentialImportPage::open(const QString& path)
{
    m_file = {path, QString(), std::nullopt};
    preview();
}

void CredentialImportPage::preview()
{
    if (m_file.path.isEmpty())
        return;
    m_banner->hide();
    m_file.authority = m_authority->currentData().toString();
    m_accept->setEnabled(false);
    m_summary->setText(tr("Reading the file…"));
    m_workspace.manager.previewCredentials(
        m_file, this, [this, generation = ++m_generation](base::Result<lifecycle::CredentialImportPreview> answer) {
            if (generation == m_generation)
                take(std::move(answer));
        });
}

void CredentialImportPage::take(base::Result<lifecycle::CredentialImportPreview> preview)
{
    if (!preview)
        m_banner->showError(preview.error());
    m_preview = preview.value_or(lifecycle::CredentialImportPreview());
    showLines();
}

void CredentialImportPage::showLines()
{
    QList<QTreeWidgetItem*> items;
    for (const CredentialImportLine& line : std::as_const(m_preview.lines)) {
        items += new QTreeWidgetItem(textsOf(line));
        items.last()->setIcon(1, statusOf(line.verdict).icon());
        items.last()->setToolTip(6, items.last()->text(6));
    }
    m_list->clear();
    m_list->addTopLevelItems(items);
    const int added = m_preview.count(Verdict::Add);
    QString summary = tr("%1 will be added, %2 are there already, %3 are wrong and will be left out.")
                          .arg(added)
                          .arg(m_preview.count(Verdict::Known))
                          .arg(m_preview.count(Verdict::Bad));
    if (!m_preview.ignoredColumns.isEmpty())
        summary += u' ' + tr("Columns that mean nothing here: %1.").arg(m_preview.ignoredColumns.join(u", "_s));
    m_summary->setText(m_preview.lines.isEmpty() ? tr(
                           "A CSV file whose first line names its columns: kid and key, and where wanted authority, "
                           "alg, label, owner, host, expires, contact. Nothing is stored before you say so.")
                                                 : summary);
    m_question->setVisible(m_preview.needsAnswer);
    m_accept->setEnabled(added > 0 && !m_preview.needsAnswer);
}

void CredentialImportPage::accept()
{
    m_accept->setEnabled(false);
    const QString name = QFileInfo(m_file.path).fileName();
    m_workspace.manager.importCredentials(m_preview, this, [this, name](base::Result<int> stored) {
        if (!stored) {
            m_accept->setEnabled(true);
            return m_banner->showError(stored.error());
        }
        forget();
        m_banner->showMessage(
            Severity::Attention,
            tr("%n credential(s) are in the vault. “%1” still has their keys in the clear: delete it.", nullptr,
               *stored)
                .arg(name));
        Q_EMIT imported();
    });
}

void CredentialImportPage::leave()
{
    forget();
    Q_EMIT left();
}

} // namespace ui
