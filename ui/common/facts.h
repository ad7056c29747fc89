// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/status.h"

#include <QDateTime>
#include <QUrl>
#include <QWidget>

#include <functional>

class QGridLayout;
class QLabel;

namespace ui {

/// Names and values for reading, one pair a line; values can be selected and copied.
class Facts : public QWidget {
    Q_OBJECT

public:
    explicit Facts(QWidget* parent = nullptr);

    void clear();
    /// Shows what `fill` adds instead. Where that is what is shown already, nothing is touched: somebody may have
    /// selected some of it.
    void replace(const std::function<void(Facts&)>& fill);
    /// A line; nothing for an empty `value`.
    void add(const QString& name, const QString& value, const QString& toolTip = QString());
    void addMono(const QString& name, const QString& value);
    void addTime(const QString& name, const QDateTime& moment);
    void addLink(const QString& name, const QUrl& url);
    void addStatus(const QString& name, const Status& status);
    /// The text of the line called `name`.
    QString value(const QString& name) const;

private:
    void addLine(const QString& name, QWidget* value, const QStringList& texts);

    QGridLayout* m_grid;
    QWidget* m_lines = nullptr;
    QList<QStringList> m_texts; ///< of each line: its name, and what there is to read
};

} // namespace ui
