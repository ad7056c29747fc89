// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/tag.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class TagField;

/// A row under the list: which tags the selected certificates get and lose.
class TagEditor : public QWidget {
    Q_OBJECT

public:
    explicit TagEditor(QWidget* parent = nullptr);

    /// Empty fields, and the cursor in the first.
    void begin();
    /// The tags that any certificate has, to choose from.
    void setKnown(const QStringList& names);
    /// How many certificates are selected, and the tags that some of them have.
    void setSelection(int certificates, const QStringList& names);

Q_SIGNALS:
    void changeWanted(const QList<lifecycle::Tag>& add, const QList<lifecycle::Tag>& remove);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void apply();

    TagField* m_add;
    TagField* m_remove;
    QPushButton* m_apply;
    QLabel* m_fault;
};

} // namespace ui
