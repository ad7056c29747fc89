// SPDX-License-Identifier: Apache-2.0
#include "ui/support/visible_controls.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QSet>
#include <QTest>

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

bool fits(const QWidget* widget)
{
    const auto* label = qobject_cast<const QLabel*>(widget);
    if (label && label->wordWrap())
        return label->height() >= label->heightForWidth(label->width());
    return widget->width() >= widget->minimumSizeHint().width()
        && widget->height() >= widget->minimumSizeHint().height();
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

} // namespace support
