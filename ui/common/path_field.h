// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLineEdit;

namespace ui {

/// A path on this machine, typed or chosen from a dialog.
class PathField : public QWidget {
    Q_OBJECT

public:
    enum class Kind { File, Folder };

    /// `objectName` is the line's; the button's ends with "Browse". The field takes the focus for its line.
    PathField(Kind kind, const QString& objectName, const QString& accessibleName, const QString& placeholder,
              QWidget* parent = nullptr);

    QString path() const;
    void setPath(const QString& path);

Q_SIGNALS:
    void changed();
    /// Somebody typed or chose it.
    void edited();

private:
    void browse();

    Kind m_kind;
    QLineEdit* m_line;
};

} // namespace ui
