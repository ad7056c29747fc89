// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/export_dialog.h"

#include "lifecycle/certificate_manager.h"
#include "ui/certificates/export_words.h"
#include "ui/certificates/version_box.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/form.h"
#include "ui/common/passphrase_field.h"
#include "ui/common/preferences.h"
#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using exchange::ExportFormat;

QString fileBase(const QStringList& names)
{
    QString base = names.value(0, u"certificate"_s);
    return base.replace(u'*', u'_').replace(u':', u'-');
}

} // namespace

ExportDialog::ExportDialog(Workspace& workspace, const lifecycle::CertificateRow& certificate, QWidget* parent)
    : RequestDialog(u"exportBanner"_s, parent)
    , m_workspace(workspace)
    , m_certificateId(certificate.id)
    , m_name(fileBase(certificate.names))
    , m_form(new Form)
    , m_version(new VersionBox(u"exportVersion"_s))
    , m_format(makeComboBox(u"exportFormat"_s))
    , m_file(new QLineEdit)
    , m_password(makePassphraseField(u"exportPassword"_s))
    , m_repeat(makePassphraseField(u"exportPasswordRepeat"_s))
    , m_unencrypted(new QCheckBox(tr("Write the key &unencrypted")))
    , m_cancel(makeButton(tr("Ca&ncel"), u"exportCancel"_s))
    , m_export(makePrimaryButton(tr("&Export"), u"exportConfirm"_s))
{
    setObjectName(u"exportDialog"_s);
    setWindowTitle(tr("Export “%1”").arg(namesText(certificate.names)));
    setAttribute(Qt::WA_DeleteOnClose);
    buildForm();
    buildLayout();
    resize(dialogWidth, sizeHint().height());
    m_version->read(workspace, m_certificateId);
}

void ExportDialog::buildForm()
{
    m_file->setObjectName(u"exportPath"_s);
    m_unencrypted->setObjectName(u"exportUnencrypted"_s);
    m_unencrypted->setAccessibleName(tr("Write the key unencrypted"));
    auto* fileRow = new QWidget;
    QPushButton* browseButton = makeButton(tr("&Browse…"), u"exportBrowse"_s, u"folder"_s);
    auto* row = new QHBoxLayout(fileRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_file, 1);
    row->addWidget(browseButton);
    m_form->addRow(u"version"_s, tr("&Version"), m_version);
    m_form->addRow(u"format"_s, tr("&Format"), m_format);
    m_form->addRow(u"path"_s, tr("F&ile"), fileRow);
    m_form->addRow(u"unencrypted"_s, tr("Key"), m_unencrypted,
                   tr("Whoever can read that file can pretend to be these names. The file is readable by you alone."));
    m_form->addRow(u"password"_s, tr("&Password"), m_password);
    m_form->addRow(u"repeat"_s, tr("&Again"), m_repeat);
    m_form->setRowVisible(u"version"_s, false);
    fillFormats(true);
    showFormat();
    connect(m_version, &VersionBox::versionsRead, this, &ExportDialog::showVersion);
    connect(m_version, &QComboBox::currentIndexChanged, this, &ExportDialog::showVersion);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
    connect(m_unencrypted, &QCheckBox::toggled, this, &ExportDialog::showFormat);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
}

void ExportDialog::buildLayout()
{
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_form);
    layout->addWidget(banner());
    layout->addStretch(1);
    layout->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, [this] { submit(false); });
    m_export->setDefault(true);
}

void ExportDialog::fillFormats(bool withKey)
{
    const int before =
        m_format->currentData().isValid() ? m_format->currentData().toInt() : static_cast<int>(ExportFormat::FullChain);
    m_format->clear();
    for (const exchange::FormatDescription& description : exchange::formats())
        if (withKey || !description.needsKey)
            m_format->addItem(exportFormatText(description.format), static_cast<int>(description.format));
    m_format->setCurrentIndex(std::max(0, m_format->findData(before)));
}

void ExportDialog::showVersion()
{
    const lifecycle::CertificateVersion* version = m_version->chosen();
    if (!version)
        return;
    fillFormats(version->hasKey);
    m_form->setHint(u"version"_s, version->hasKey ? QString() : tr("Its key is elsewhere and cannot be exported."));
    m_form->setRowVisible(u"version"_s, m_version->count() > 1 || !version->hasKey);
}

ExportFormat ExportDialog::format() const
{
    return static_cast<ExportFormat>(m_format->currentData().toInt());
}

bool ExportDialog::wantsPassword() const
{
    const exchange::FormatDescription& description = exchange::describe(format());
    const bool open = description.format == ExportFormat::Key && m_unencrypted->isChecked();
    return description.needsPassword && !open;
}

void ExportDialog::showFormat()
{
    if (m_format->currentIndex() < 0)
        return;
    const exchange::FormatDescription& description = exchange::describe(format());
    m_form->setHint(u"format"_s, exportFormatHint(description.format));
    m_form->setRowVisible(u"unencrypted"_s, description.format == ExportFormat::Key);
    m_form->setRowVisible(u"password"_s, wantsPassword());
    m_form->setRowVisible(u"repeat"_s, wantsPassword());
    const QDir folder(m_workspace.settings.value(u"export/folder"_s, QDir::homePath()).toString());
    // The versions may arrive while somebody types: what was typed stays.
    const bool untouched = m_file->text().isEmpty() || m_file->text() == m_proposedFile;
    m_proposedFile = folder.filePath(m_name + exportFileEnding(description));
    if (untouched)
        m_file->setText(m_proposedFile);
}

void ExportDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Export to"), m_file->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

bool ExportDialog::acceptable()
{
    m_form->clearFaults();
    banner()->hide();
    if (m_file->text().trimmed().isEmpty())
        m_form->setFault(u"path"_s, tr("Name the file to write."), true);
    else if (wantsPassword() && m_password->text().isEmpty())
        m_form->setFault(u"password"_s, tr("The key inside is encrypted with a password: type one."), true);
    else if (wantsPassword() && m_password->text() != m_repeat->text())
        m_form->setFault(u"repeat"_s, tr("The two are not the same."), true);
    else
        return true;
    return false;
}

void ExportDialog::submit(bool overwrite)
{
    if (!acceptable())
        return;
    lifecycle::ExportRequest request;
    request.certificateId = m_certificateId;
    request.versionId = m_version->chosen() ? m_version->chosen()->id : QString();
    request.format = format();
    request.path = QDir::cleanPath(QDir::current().absoluteFilePath(m_file->text().trimmed()));
    request.overwrite = overwrite;
    request.unencryptedKey = request.format == ExportFormat::Key && m_unencrypted->isChecked();
    if (wantsPassword())
        request.password = secretOf(m_password->text());
    beginRequest(tr("Writing the file…"), {m_form, m_cancel, m_export});
    m_path = request.path;
    m_workspace.manager.exportCertificate(request, this,
                                          [this](base::Result<void> done) { answered(std::move(done)); });
}

void ExportDialog::answered(base::Result<void> done)
{
    endRequest();
    if (done) {
        m_workspace.settings.setValue(u"export/folder"_s, QFileInfo(m_path).absolutePath());
        Q_EMIT exported(m_path);
        return accept();
    }
    if (done.error().code() == base::ErrorCode::AlreadyExists)
        return banner()->showMessage(Severity::Attention, tr("%1 exists already.").arg(m_path),
                                     {tr("&Replace it"), [this] { submit(true); }});
    if (!m_form->showError(done.error()))
        banner()->showError(done.error());
}

} // namespace ui
