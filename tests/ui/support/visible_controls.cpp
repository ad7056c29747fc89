// SPDX-License-Identifier: Apache-2.0
#include "ui/support/visible_controls.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QTest>

#include <utility>

namespace support {
namespace {

using namespace Qt::StringLiterals;

QString describe(const QWidget* widget)
{
    return u"%1 “%2”"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
}

QString shownText(const QWidget* widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        return label->pixmap().isNull() ? label->text() : QString();
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return button->text();
    return QString();
}

/// A size that was set counts for more than what the widget thinks of itself.
QSize least(const QWidget* widget)
{
    const QSize own = widget->minimumSizeHint();
    const QSize set = widget->minimumSize();
    return {set.width() > 0 ? set.width() : own.width(), set.height() > 0 ? set.height() : own.height()};
}

bool fits(const QWidget* widget)
{
    const auto* label = qobject_cast<const QLabel*>(widget);
    if (label && label->wordWrap())
        return label->height() >= label->heightForWidth(label->width());
    const QSize needed = least(widget);
    return widget->width() >= needed.width() && widget->height() >= needed.height();
}

/// What people read or use, and what its own insides do not matter of.
bool isControl(const QWidget* widget)
{
    if (!widget->isVisible() || widget->objectName().startsWith(u"qt_"_s))
        return false;
    const bool isPart = qobject_cast<const QAbstractScrollArea*>(widget->parentWidget())
        || qobject_cast<const QComboBox*>(widget->parentWidget())
        || qobject_cast<const QLineEdit*>(widget->parentWidget());
    return !isPart && (!shownText(widget).isEmpty() || (widget->focusPolicy() & Qt::TabFocus));
}

/// Whether a scroll area shows more of its contents than there is room for.
const QAbstractScrollArea* scrolling(const QWidget* viewport)
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(viewport->parentWidget());
    return area && area->viewport() == viewport ? area : nullptr;
}

/// How far out of sight it is: the ancestor that cuts it.
const QWidget* cutting(const QWidget* widget, const QWidget* window)
{
    QRect rect = widget->rect();
    for (const QWidget* inner = widget; inner != window; inner = inner->parentWidget()) {
        rect.translate(inner->pos());
        const QWidget* outer = inner->parentWidget();
        if (rect.left() < 0 || rect.right() >= outer->width())
            return outer;
        if (scrolling(outer))
            rect = outer->rect(); // as far as it goes, whoever looks for it scrolls there
        else if (rect.top() < 0 || rect.bottom() >= outer->height())
            return outer;
    }
    return nullptr;
}

bool overlaps(const QWidget* one, const QWidget* other)
{
    return !one->isAncestorOf(other) && !other->isAncestorOf(one)
        && QRect(one->mapTo(one->window(), QPoint()), one->size())
               .intersects(QRect(other->mapTo(other->window(), QPoint()), other->size()));
}

} // namespace

QList<QWidget*> tabStops(QWidget* window)
{
    QList<QWidget*> stops;
    for (QWidget* widget : window->findChildren<QWidget*>())
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus)
            && !widget->focusProxy() && !widget->objectName().startsWith(u"qt_"_s))
            stops += widget;
    return stops;
}

QStringList unreachable(QWidget* window)
{
    const QList<QWidget*> stops = tabStops(window);
    QSet<QWidget*> reached;
    for (qsizetype step = 0; step < 2 * stops.size() + 10; ++step) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window, Qt::Key_Tab);
        reached += QApplication::focusWidget();
    }
    QStringList missed;
    for (QWidget* widget : stops)
        if (!reached.contains(widget))
            missed += describe(widget);
    return missed;
}

QStringList nameless(QWidget* window)
{
    QStringList found;
    for (QWidget* widget : tabStops(window)) {
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            found += describe(widget);
    }
    return found;
}

QStringList clipped(QWidget* window)
{
    QStringList found;
    for (QWidget* widget : window->findChildren<QWidget*>())
        if (widget->isVisible() && !shownText(widget).isEmpty() && !fits(widget))
            found += u"%1: %2"_s.arg(describe(widget), shownText(widget));
    return found;
}

QStringList scrolledTwice(QWidget* window)
{
    const auto scrolls = [](const QScrollArea* area) {
        return area && area->isVisible() && area->verticalScrollBar()->maximum() > 0;
    };
    QStringList found;
    for (const QScrollArea* area : window->findChildren<QScrollArea*>()) {
        const QWidget* around = area->parentWidget();
        while (around && !scrolls(qobject_cast<const QScrollArea*>(around)))
            around = around->parentWidget();
        if (around && scrolls(area))
            found += describe(area);
    }
    return found;
}

QStringList overlapping(QWidget* window)
{
    QStringList found;
    for (const QBoxLayout* layout : window->findChildren<QBoxLayout*>()) {
        QRect before;
        for (int at = 0; at < layout->count(); ++at) {
            const QWidget* widget = layout->itemAt(at)->widget();
            if (!widget || !widget->isVisible())
                continue;
            if (widget->geometry().intersects(before))
                found += describe(widget);
            before = widget->geometry();
        }
    }
    return found;
}

QStringList tooWide(QWidget* page, int width)
{
    QStringList found;
    for (const QWidget* widget : page->findChildren<QWidget*>())
        if (widget->window() == page->window() && least(widget).width() > width)
            found += u"%1 needs %2"_s.arg(describe(widget)).arg(least(widget).width());
    return found;
}

QStringList cut(QWidget* window)
{
    QStringList found;
    QList<QWidget*> controls;
    for (QWidget* widget : window->findChildren<QWidget*>())
        if (isControl(widget))
            controls += widget;
    for (const QWidget* widget : std::as_const(controls)) {
        if (const QWidget* edge = cutting(widget, window))
            found += u"%1 is cut by %2"_s.arg(describe(widget), describe(edge));
        if (!fits(widget))
            found += u"%1 is %2x%3 and needs %4x%5"_s.arg(describe(widget))
                         .arg(widget->width())
                         .arg(widget->height())
                         .arg(least(widget).width())
                         .arg(least(widget).height());
        for (const QWidget* other : std::as_const(controls))
            if (other > widget && other->parentWidget() == widget->parentWidget() && overlaps(widget, other))
                found += u"%1 lies on %2"_s.arg(describe(widget), describe(other));
    }
    return found;
}

} // namespace support
