// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/root_field.h"

#include "base/platform.h"
#include "ui/common/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int pemHeight = 110;
constexpr qint64 largestFile = 1024 * 1024;

} // namespace

RootField::RootField(QWidget* parent)
    : QWidget(parent)
    , m_kind(makeComboBox(u"authorityRootKind"_s))
    , m_fileRow(new QWidget)
    , m_file(new QLineEdit)
    , m_pem(new QPlainTextEdit)
    , m_paste(makeButton(tr("Paste from c&lipboard"), u"authorityRootPaste"_s))
    , m_fingerprint(new QLineEdit)
{
    m_kind->addItems({tr("The system's store"), tr("A PEM file"), tr("Pasted PEM"),
                      tr("Fetched from a step-ca by its fingerprint")});
    m_kind->setAccessibleName(tr("Root of trust"));
    m_pem->setObjectName(u"authorityRootPem"_s);
    m_pem->setAccessibleName(tr("PEM of the root"));
    m_pem->setPlaceholderText(u"-----BEGIN CERTIFICATE-----"_s);
    m_pem->setFixedHeight(pemHeight);
    m_pem->setTabChangesFocus(true);
    m_fingerprint->setObjectName(u"authorityRootFingerprint"_s);
    m_fingerprint->setAccessibleName(tr("SHA-256 fingerprint of the root"));
    m_fingerprint->setPlaceholderText(tr("SHA-256 fingerprint, as “step ca root” or the administrator tells it"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_kind);
    layout->addWidget(makeFileRow());
    layout->addWidget(m_pem);
    layout->addWidget(m_paste, 0, Qt::AlignLeft);
    layout->addWidget(m_fingerprint);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RootField::showEditor);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RootField::chosen);
    connect(m_paste, &QPushButton::clicked, this, &RootField::paste);
    connect(m_pem, &QPlainTextEdit::textChanged, this, &RootField::edited);
    for (QLineEdit* line : {m_file, m_fingerprint})
        connect(line, &QLineEdit::textEdited, this, &RootField::edited);
    connect(m_fingerprint, &QLineEdit::returnPressed, this, &RootField::returnPressed);
    showEditor(SystemStore);
}

QWidget* RootField::makeFileRow()
{
    m_file->setObjectName(u"authorityRootFile"_s);
    m_file->setAccessibleName(tr("PEM file of the root"));
    m_file->setPlaceholderText(tr("Path of the PEM file"));
    QPushButton* button = makeButton(tr("&Browse…"), u"authorityRootBrowse"_s, u"folder"_s);
    auto* row = new QHBoxLayout(m_fileRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_file, 1);
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, &RootField::browse);
    return m_fileRow;
}

RootField::Kind RootField::kind() const
{
    return static_cast<Kind>(m_kind->currentIndex());
}

void RootField::choose(Kind kind)
{
    m_kind->setCurrentIndex(kind);
}

void RootField::clear()
{
    m_file->clear();
    m_pem->clear();
    m_fingerprint->clear();
    choose(SystemStore);
}

void RootField::setRoots(const QByteArray& pem)
{
    choose(pem.isEmpty() ? SystemStore : PastedPem);
    m_pem->setPlainText(QString::fromLatin1(pem));
}

void RootField::showEditor(int kind)
{
    m_fileRow->setVisible(kind == PemFile);
    m_pem->setVisible(kind == PastedPem);
    m_paste->setVisible(kind == PastedPem);
    m_fingerprint->setVisible(kind == Fingerprint);
}

void RootField::paste()
{
    const QString text = QApplication::clipboard()->text().trimmed();
    if (!text.contains(u"-----BEGIN CERTIFICATE-----"_s))
        return Q_EMIT pasted(tr("The clipboard holds no PEM certificate."));
    Q_EMIT pasted(QString());
    m_pem->setPlainText(text);
}

void RootField::browse()
{
    auto* dialog =
        new QFileDialog(this, tr("Root certificate"), QString(), tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    connect(dialog, &QFileDialog::fileSelected, this, &RootField::edited);
    dialog->open();
}

QString RootField::enter(lifecycle::AuthorityDetails& details) const
{
    if (kind() == Fingerprint) {
        details.rootFingerprint = m_fingerprint->text().trimmed();
        return details.rootFingerprint.isEmpty() ? tr("Enter the fingerprint of the root.") : QString();
    }
    if (kind() == PastedPem)
        details.rootsPem = m_pem->toPlainText().toUtf8();
    if (kind() == PemFile) {
        auto pem = base::platform::readFile(m_file->text().trimmed(), largestFile);
        if (!pem)
            return tr("The file cannot be read: %1").arg(pem.error().detail());
        details.rootsPem = *std::move(pem);
    }
    if (kind() != SystemStore && details.rootsPem.trimmed().isEmpty())
        return tr("There is no PEM certificate in it.");
    return {};
}

} // namespace ui
