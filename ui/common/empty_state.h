// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

/// What a screen shows while it has nothing to show: a sentence, and cards that say how to begin.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString& title, const QString& text, QWidget* parent = nullptr);

    /// A card with one button, which is returned for connecting.
    QPushButton* addCard(const QString& icon, const QString& title, const QString& text, const QString& buttonText,
                         const QString& objectName);
    void setText(const QString& text);

private:
    QLabel* m_text;
    QHBoxLayout* m_cards;
};

} // namespace ui
