// SPDX-License-Identifier: Apache-2.0
#include "ui/common/form.h"

#include "ui/common/error_text.h"
#include "ui/common/widgets.h"

#include <QGridLayout>
#include <QStyle>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int labelWidth = 130;
constexpr int rowGap = 4;
constexpr int linesOfRow = 3;

/// The control that takes the focus: the editor itself or the first one inside it.
QWidget* controlOf(QWidget* editor)
{
    if (editor->focusPolicy() != Qt::NoFocus)
        return editor;
    for (QWidget* child : editor->findChildren<QWidget*>())
        if (child->focusPolicy() & Qt::TabFocus)
            return child;
    return editor;
}

void repolish(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

Form::Form(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(rowGap);
    m_grid->setColumnMinimumWidth(0, labelWidth);
    m_grid->setColumnStretch(1, 1);
}

void Form::addRow(const QString& field, const QString& label, QWidget* editor, const QString& hint)
{
    QWidget* control = controlOf(editor);
    Row row {new QLabel(label), editor, control, makeLabel(QString(), u"faint"_s), hint, QString()};
    row.label->setBuddy(control);
    row.label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    row.label->setContentsMargins(0, 6, 0, 0);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(QString(label).remove(u'&'));
    const int line = m_lines;
    m_lines += linesOfRow;
    m_grid->addWidget(row.label, line, 0, Qt::AlignTop);
    m_grid->addWidget(editor, line, 1);
    m_grid->addWidget(row.note, line + 1, 1);
    row.note->setObjectName(field + u"Note"_s);
    row.note->setContentsMargins(1, 0, 0, 0);
    m_grid->setRowMinimumHeight(line + 2, rowGap);
    showNote(*m_rows.insert(field, row));
}

void Form::addWide(QWidget* widget)
{
    m_grid->addWidget(widget, m_lines++, 0, 1, 2);
}

void Form::addUnlabelled(QWidget* widget)
{
    m_grid->addWidget(widget, m_lines++, 1);
}

void Form::setRowVisible(const QString& field, bool visible)
{
    Row& row = m_rows[field];
    row.visible = visible;
    row.label->setVisible(visible);
    row.editor->setVisible(visible);
    showNote(row);
}

void Form::setHint(const QString& field, const QString& hint)
{
    Row& row = m_rows[field];
    row.hint = hint;
    showNote(row);
}

void Form::setFault(const QString& field, const QString& sentence, bool focus)
{
    const auto found = m_rows.find(field);
    if (found == m_rows.end())
        return;
    found->fault = sentence;
    showNote(*found);
    if (focus && !sentence.isEmpty())
        found->control->setFocus(Qt::OtherFocusReason);
}

bool Form::showError(const base::Error& error)
{
    if (error.field().isEmpty() || !m_rows.contains(error.field()))
        return false;
    setFault(error.field(), explain(error).sentence(), true);
    return true;
}

void Form::clearFaults()
{
    for (Row& row : m_rows) {
        row.fault.clear();
        showNote(row);
    }
}

QString Form::fault(const QString& field) const
{
    return m_rows.value(field).fault;
}

void Form::showNote(Row& row)
{
    const bool faulty = !row.fault.isEmpty();
    row.note->setVisible(row.visible && (faulty || !row.hint.isEmpty()));
    row.note->setText(faulty ? tr("✗ %1").arg(row.fault) : row.hint);
    row.note->setProperty("role", faulty ? u"error"_s : u"faint"_s);
    repolish(row.note);
    setLookProperty(row.control, "faulty", faulty);
    row.control->setAccessibleDescription(row.note->text());
}

} // namespace ui
