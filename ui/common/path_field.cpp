// SPDX-License-Identifier: Apache-2.0
#include "ui/common/path_field.h"

#include "ui/common/widgets.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>

namespace ui {

using namespace Qt::StringLiterals;

PathField::PathField(Kind kind, const QString& objectName, const QString& accessibleName, const QString& placeholder,
                     QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_line(makeLineEdit(objectName, accessibleName, placeholder))
{
    QPushButton* button = makeButton(tr("Bro&wse…"), objectName + u"Browse"_s, u"folder"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_line, 1);
    layout->addWidget(button);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &PathField::changed);
    connect(m_line, &QLineEdit::textEdited, this, &PathField::edited);
    connect(button, &QPushButton::clicked, this, &PathField::browse);
}

QString PathField::path() const
{
    return m_line->text().trimmed();
}

void PathField::setPath(const QString& path)
{
    m_line->setText(path);
}

void PathField::browse()
{
    auto* dialog = new QFileDialog(this, m_line->accessibleName());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_kind == Kind::Folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_line->setText(path);
        Q_EMIT edited();
    });
    dialog->open();
}

} // namespace ui
