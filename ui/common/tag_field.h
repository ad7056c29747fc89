// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/tag.h"

#include <QLineEdit>

class QStringListModel;

namespace ui {

/// A line for tags, apart by commas, that completes the one at the end from those that are known. The down key offers
/// all of them.
class TagField : public QLineEdit {
    Q_OBJECT

public:
    TagField(const QString& objectName, const QString& accessibleName, QWidget* parent = nullptr);

    void setKnown(const QStringList& names);
    /// What is entered; InvalidInput about "tags" where it is none.
    base::Result<QList<lifecycle::Tag>> tags() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QStringListModel* m_known;
};

} // namespace ui
