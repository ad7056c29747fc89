// SPDX-License-Identifier: Apache-2.0
#include "ui/common/tag_field.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

/// Completes what follows the last comma, and keeps what is before it.
class LastTagCompleter : public QCompleter {
public:
    LastTagCompleter(QAbstractItemModel* known, QLineEdit* field)
        : QCompleter(known, field)
        , m_field(field)
    {
        setCaseSensitivity(Qt::CaseInsensitive);
    }

    QStringList splitPath(const QString& path) const override
    {
        return QStringList(path.sliced(path.lastIndexOf(u',') + 1).trimmed());
    }

    QString pathFromIndex(const QModelIndex& index) const override
    {
        const QString text = m_field->text();
        const qsizetype before = text.lastIndexOf(u',') + 1;
        return text.first(before) + (before > 0 ? u" "_s : QString()) + QCompleter::pathFromIndex(index);
    }

private:
    QLineEdit* m_field;
};

} // namespace

TagField::TagField(const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QLineEdit(parent)
    , m_known(new QStringListModel(this))
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setPlaceholderText(tr("web, team payments"));
    setCompleter(new LastTagCompleter(m_known, this));
}

void TagField::setKnown(const QStringList& names)
{
    if (names != m_known->stringList())
        m_known->setStringList(names);
}

base::Result<QList<lifecycle::Tag>> TagField::tags() const
{
    QStringList texts;
    for (const QString& text : this->text().split(u','))
        if (!text.trimmed().isEmpty())
            texts.append(text);
    return lifecycle::parseTags(texts);
}

void TagField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Down || completer()->popup()->isVisible())
        return QLineEdit::keyPressEvent(event);
    completer()->setCompletionPrefix(text());
    completer()->complete();
}

} // namespace ui
