// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/csr_field.h"

#include "ui/common/certificate_words.h"
#include "ui/common/error_text.h"
#include "ui/common/widgets.h"

#include <QFile>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int textHeight = 84;
constexpr qint64 largestFile = 1024 * 1024;

} // namespace

CsrField::CsrField(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit)
    , m_summary(makeFaint(QString()))
{
    m_text->setObjectName(u"csrText"_s);
    m_text->setAccessibleName(tr("Certificate request"));
    m_text->setPlaceholderText(u"-----BEGIN CERTIFICATE REQUEST-----"_s);
    m_text->setFixedHeight(textHeight);
    m_text->setTabChangesFocus(true);
    m_summary->setObjectName(u"csrSummary"_s);
    QPushButton* file = makeButton(tr("From a fi&le…"), u"csrBrowse"_s, u"folder"_s);
    auto* below = new QHBoxLayout;
    below->addWidget(m_summary, 1);
    below->addWidget(file, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    layout->addLayout(below);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CsrField::readText);
    connect(file, &QPushButton::clicked, this, &CsrField::browse);
}

void CsrField::clear()
{
    m_text->clear();
}

bool CsrField::isEmpty() const
{
    return m_text->toPlainText().trimmed().isEmpty();
}

void CsrField::browse()
{
    auto* dialog = new QFileDialog(this, tr("Certificate request"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CsrField::load);
    dialog->open();
}

void CsrField::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return m_summary->setText(tr("%1 cannot be read.").arg(path));
    const QByteArray bytes = file.readAll();
    const bool isText = bytes.contains("-----BEGIN");
    const QSignalBlocker blocker(m_text);
    m_text->setPlainText(isText ? QString::fromLatin1(bytes) : QString::fromLatin1(bytes.toBase64()));
    take(bytes);
}

void CsrField::readText()
{
    const QByteArray text = m_text->toPlainText().toLatin1();
    take(text.contains("-----BEGIN") ? text : QByteArray::fromBase64(text));
}

void CsrField::take(const QByteArray& bytes)
{
    m_request.reset();
    m_summary->clear();
    if (!isEmpty()) {
        auto read = lifecycle::readExternalRequest(bytes);
        if (read)
            m_request = *std::move(read);
        m_summary->setText(
            m_request ? tr("✓ %1, for %2").arg(m_request->key, namesText(base::identifierValues(m_request->names)))
                      : tr("✗ %1").arg(read.error().detail()));
    }
    Q_EMIT changed();
}

} // namespace ui
