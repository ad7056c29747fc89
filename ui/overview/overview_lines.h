// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/status.h"

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace ui {

/// A line of the overview: a status, what it is about, and a button where there is something to do.
struct OverviewLine {
    Status status;
    QString text;
    QString faint = {}; ///< below the text; may be empty
    QString toolTip = {};
    QString button = {}; ///< its text; empty: none
    QString buttonName = {}; ///< its object name, which says what it is for
    QString buttonSays = {}; ///< its accessible name
    std::function<void()> act = {};

    /// Whether both read the same. What the button does is up to its name.
    bool looksLike(const OverviewLine& other) const;
};

/// Lines below each other. Those that stay the same are left alone: somebody may be about to press their button.
class OverviewLines : public QWidget {
    Q_OBJECT

public:
    /// `none` is shown where there are no lines.
    explicit OverviewLines(const QString& none, QWidget* parent = nullptr);

    void showLines(const QList<OverviewLine>& lines);

private:
    struct Shown {
        OverviewLine line;
        QWidget* widget = nullptr;
    };
    QWidget* take(const OverviewLine& line);

    QVBoxLayout* m_layout;
    QWidget* m_none;
    QList<Shown> m_shown;
};

} // namespace ui
