// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

class QBoxLayout;
class QComboBox;
class QLineEdit;
class QTreeView;
class QVBoxLayout;

namespace ui {

/// A label that wraps and can be selected with mouse and keyboard where `selectable`.
QLabel* makeLabel(const QString& text, const QString& role = QString(), bool selectable = false);
QLabel* makeTitle(const QString& text);
QLabel* makeHeading(const QString& text);
/// Small print beside or below something.
QLabel* makeFaint(const QString& text);
/// A button with its object name; the accessible name is the text without its mnemonic.
QPushButton* makeButton(const QString& text, const QString& objectName, const QString& icon = QString());
/// A line to type into, with its object name; one in a Form gets its accessible name from the label there.
QLineEdit* makeLineEdit(const QString& objectName, const QString& accessibleName = QString(),
                        const QString& placeholder = QString());
/// A box of choices, with its object name, likewise.
QComboBox* makeComboBox(const QString& objectName, const QStringList& choices = {});
QPushButton* makePrimaryButton(const QString& text, const QString& objectName);
/// A frame that looks like a card, with a vertical layout of its own.
QFrame* makeCard();
QVBoxLayout* cardLayout(QFrame* card);
/// `content` in a scroll area that scrolls only downwards.
QScrollArea* makeScrolling(QWidget* content);
/// What every list has: whole rows selected, no editing, scrolling by pixel.
void prepareList(QTreeView* list, const QString& objectName, const QString& accessibleName);
/// Makes a window as tall as its texts need at its width, after rows appeared in it; layouts do not where texts wrap.
void growToFit(QWidget* window);
/// Changes a dynamic property that the style sheet looks at.
void setLookProperty(QWidget* widget, const char* property, bool on);

constexpr int pageMargin = 20;
constexpr int pageSpacing = 12;
/// Lines that are longer are hard to follow, and fields far from their labels.
constexpr int formWidth = 760;
constexpr int dialogWidth = 620;

} // namespace ui
