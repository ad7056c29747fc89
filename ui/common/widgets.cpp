// SPDX-License-Identifier: Apache-2.0
#include "ui/common/widgets.h"

#include "ui/common/icons.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QStyle>
#include <QTreeView>
#include <QVariant>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int cardMargin = 16;
constexpr int cardSpacing = 8;
constexpr int rowIcon = 16;

QString withoutMnemonic(QString text)
{
    return text.remove(u'&');
}

} // namespace

QLabel* makeLabel(const QString& text, const QString& role, bool selectable)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    if (!role.isEmpty())
        label->setProperty("role", role);
    if (selectable) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    return label;
}

QLabel* makeTitle(const QString& text)
{
    QLabel* label = makeLabel(text, u"title"_s);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return label;
}

QLabel* makeHeading(const QString& text)
{
    return makeLabel(text, u"heading"_s);
}

QLabel* makeFaint(const QString& text)
{
    return makeLabel(text, u"faint"_s);
}

QPushButton* makeButton(const QString& text, const QString& objectName, const QString& icon)
{
    auto* button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAccessibleName(withoutMnemonic(text));
    button->setAutoDefault(false);
    if (!icon.isEmpty())
        button->setIcon(themedIcon(icon));
    return button;
}

QLineEdit* makeLineEdit(const QString& objectName, const QString& accessibleName, const QString& placeholder)
{
    auto* line = new QLineEdit;
    line->setObjectName(objectName);
    line->setAccessibleName(accessibleName);
    line->setPlaceholderText(placeholder);
    return line;
}

QComboBox* makeComboBox(const QString& objectName, const QStringList& choices)
{
    auto* box = new QComboBox;
    box->setObjectName(objectName);
    box->addItems(choices);
    return box;
}

QPushButton* makePrimaryButton(const QString& text, const QString& objectName)
{
    QPushButton* button = makeButton(text, objectName);
    button->setProperty("primary", true);
    return button;
}

QFrame* makeCard()
{
    auto* card = new QFrame;
    card->setProperty("card", true);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(cardMargin, cardMargin, cardMargin, cardMargin);
    layout->setSpacing(cardSpacing);
    return card;
}

QVBoxLayout* cardLayout(QFrame* card)
{
    return static_cast<QVBoxLayout*>(card->layout());
}

QScrollArea* makeScrolling(QWidget* content)
{
    auto* area = new QScrollArea;
    content->setObjectName(u"scrolled"_s);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

void prepareList(QTreeView* list, const QString& objectName, const QString& accessibleName)
{
    list->setObjectName(objectName);
    list->setAccessibleName(accessibleName);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAllColumnsShowFocus(true);
    list->setSelectionBehavior(QAbstractItemView::SelectRows);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setIconSize(QSize(rowIcon, rowIcon));
    list->setTabKeyNavigation(false);
    list->header()->setHighlightSections(false);
    list->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void growToFit(QWidget* window)
{
    if (!window->layout())
        return;
    const QList<QWidget*> inside = window->findChildren<QWidget*>();
    for (auto widget = inside.crbegin(); widget != inside.crend(); ++widget) // the innermost say first what they need
        if ((*widget)->layout())
            (*widget)->layout()->activate();
    window->resize(window->width(), std::max(window->height(), window->layout()->totalHeightForWidth(window->width())));
}

void setLookProperty(QWidget* widget, const char* property, bool on)
{
    if (widget->property(property).toBool() == on)
        return;
    widget->setProperty(property, on);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace ui
