// SPDX-License-Identifier: Apache-2.0
#include "support/walkthrough/operator.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

namespace walkthrough {
namespace {

using namespace Qt::StringLiterals;

constexpr int patienceMs = 60000;

} // namespace

Operator::Operator(QDir folder)
    : m_folder(std::move(folder))
{
}

QWidget* Operator::visible(const QString& name)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        QList<QWidget*> candidates = window->findChildren<QWidget*>(name);
        if (window->objectName() == name)
            candidates.append(window);
        for (QWidget* candidate : candidates)
            if (candidate->isVisible())
                return candidate;
    }
    return nullptr;
}

QWidget* Operator::window() const
{
    if (QWidget* dialog = QApplication::activeModalWidget())
        return dialog;
    return visible(u"mainWindow"_s);
}

void Operator::waitUntil(const QString& what, const std::function<bool()>& condition)
{
    if (QTest::qWaitFor(condition, patienceMs))
        return;
    picture(u"stuck"_s);
    qFatal("waited in vain until %s", qPrintable(what));
}

void Operator::click(const QString& name)
{
    QTest::mouseClick(see(name), Qt::LeftButton);
}

void Operator::type(const QString& name, const QString& text)
{
    QWidget* field = see(name);
    field->setFocus();
    if (auto* line = qobject_cast<QLineEdit*>(field))
        line->selectAll();
    if (auto* lines = qobject_cast<QPlainTextEdit*>(field))
        lines->selectAll();
    QTest::keyClicks(field, text);
}

void Operator::paste(const QString& name, const QString& text)
{
    QWidget* field = see(name);
    field->setFocus();
    QApplication::clipboard()->setText(text);
    QTest::keySequence(field, QKeySequence::Paste);
}

void Operator::choose(const QString& name, const QString& beginning)
{
    auto* box = see<QComboBox>(name);
    int index = -1;
    waitUntil(u"“%1” offers “%2”"_s.arg(name, beginning), [&] {
        index = box->findText(beginning, Qt::MatchStartsWith);
        return index >= 0;
    });
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int step = 0; step < index; ++step)
        QTest::keyClick(box, Qt::Key_Down);
}

void Operator::selectFirstOf(const QString& name)
{
    auto* list = see<QAbstractItemView>(name);
    waitUntil(name + u" has a line"_s, [list] { return list->model()->rowCount() > 0; });
    const QRect line = list->visualRect(list->model()->index(0, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, line.center());
}

void Operator::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget* front = window();
    front->activateWindow();
    waitUntil(u"the window is active"_s, [front] { return front->isActiveWindow(); });
    QTest::keyClick(front, key, modifiers);
}

void Operator::picture(const QString& name)
{
    QTest::qWait(150); // a picture shows what an operator sees once a list has been read
    const QString file = u"%1-%2.png"_s.arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    QWidget* shown = visible(u"mainWindow"_s) ? window() : QApplication::activeWindow();
    if (!shown || !shown->grab().save(m_folder.filePath(file)))
        qFatal("the picture %s cannot be taken", qPrintable(file));
}

} // namespace walkthrough
