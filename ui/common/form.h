// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace ui {

/// Labels, editors, and below each editor a hint or the sentence that says what is wrong with it.
class Form : public QWidget {
    Q_OBJECT

public:
    explicit Form(QWidget* parent = nullptr);

    /// A row; `field` is the name that base::Error::field() uses for it. The label names the editor for assistive
    /// technology and its mnemonic leads there. An `editor` that is no single control names its first child.
    void addRow(const QString& field, const QString& label, QWidget* editor, const QString& hint = QString());
    /// A widget over both columns.
    void addWide(QWidget* widget);
    /// A widget without a label, below the editors.
    void addUnlabelled(QWidget* widget);
    void setRowVisible(const QString& field, bool visible);
    void setHint(const QString& field, const QString& hint);

    /// Shows `sentence` at the field and moves the focus there where `focus`; an empty one clears it.
    void setFault(const QString& field, const QString& sentence, bool focus = false);
    /// Shows the error at the field that it names: false where it names none of this form.
    bool showError(const base::Error& error);
    void clearFaults();
    QString fault(const QString& field) const;

private:
    struct Row {
        QLabel* label;
        QWidget* editor;
        QWidget* control;
        QLabel* note;
        QString hint;
        QString fault;
        bool visible = true;
    };
    void showNote(Row& row);

    QGridLayout* m_grid;
    int m_lines = 0;
    QHash<QString, Row> m_rows;
};

} // namespace ui
