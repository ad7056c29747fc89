// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/tag_editor.h"

#include "ui/common/tag_field.h"
#include "ui/common/widgets.h"

#include <QKeyEvent>
#include <QLocale>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QLabel* labelOf(QWidget* field, const QString& text)
{
    auto* label = new QLabel(text);
    label->setBuddy(field);
    return label;
}

} // namespace

TagEditor::TagEditor(QWidget* parent)
    : QWidget(parent)
    , m_add(new TagField(u"tagsToAdd"_s, tr("Tags to add")))
    , m_remove(new TagField(u"tagsToRemove"_s, tr("Tags to remove")))
    , m_apply(makeButton(QString(), u"tagsApply"_s))
    , m_fault(makeLabel(QString(), u"error"_s))
{
    auto* row = new QHBoxLayout;
    row->addWidget(labelOf(m_add, tr("&Add tags")));
    row->addWidget(m_add, 1);
    row->addWidget(labelOf(m_remove, tr("&Remove tags")));
    row->addWidget(m_remove, 1);
    row->addWidget(m_apply);
    m_add->setToolTip(tr("Tags, apart by commas. The down key shows those that there are."));
    m_remove->setToolTip(tr("The down key shows the tags that the selected certificates have."));
    m_remove->setPlaceholderText(QString());
    m_fault->setObjectName(u"tagsFault"_s);
    m_fault->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_fault);
    connect(m_apply, &QPushButton::clicked, this, &TagEditor::apply);
    for (TagField* field : {m_add, m_remove})
        connect(field, &QLineEdit::returnPressed, this, &TagEditor::apply);
}

void TagEditor::begin()
{
    m_add->clear();
    m_remove->clear();
    m_fault->hide();
    m_add->setFocus();
}

void TagEditor::setKnown(const QStringList& names)
{
    m_add->setKnown(names);
}

void TagEditor::setSelection(int certificates, const QStringList& names)
{
    m_remove->setKnown(names);
    m_apply->setEnabled(certificates > 0);
    m_apply->setText(tr("A&pply to %1").arg(QLocale().toString(certificates)));
    m_apply->setAccessibleName(tr("Apply to %1 selected").arg(QLocale().toString(certificates)));
}

void TagEditor::apply()
{
    const auto added = m_add->tags();
    const auto removed = m_remove->tags();
    m_fault->setVisible(!added || !removed);
    if (!added || !removed) {
        m_fault->setText(tr("✗ %1").arg((added ? removed : added).error().detail()));
        return (added ? m_remove : m_add)->setFocus();
    }
    if (m_apply->isEnabled() && !(added->isEmpty() && removed->isEmpty()))
        Q_EMIT changeWanted(*added, *removed);
}

void TagEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return Q_EMIT closed();
    QWidget::keyPressEvent(event);
}

} // namespace ui
