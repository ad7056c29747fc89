// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QString>
#include <QWidget>

#include <functional>

namespace walkthrough {

/// Somebody at the desk: clicks and types in the windows that are open, and takes a picture now and then.
///
/// Ends the program with a sentence when what should be there does not come.
class Operator {
public:
    /// Pictures go to `folder`.
    explicit Operator(QDir folder);

    /// The visible widget of that object name, waited for.
    template <class T = QWidget>
    T* see(const QString& name)
    {
        T* found = nullptr;
        waitUntil(QStringLiteral("“%1” is there to be used").arg(name), [&] {
            found = qobject_cast<T*>(visible(name));
            return found && found->isEnabled();
        });
        return found;
    }

    void click(const QString& name);
    void type(const QString& name, const QString& text);
    /// By way of the clipboard, as somebody does with a long text.
    void paste(const QString& name, const QString& text);
    void choose(const QString& name, const QString& beginning);
    /// Marks the first line of a list.
    void selectFirstOf(const QString& name);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers);
    void waitUntil(const QString& what, const std::function<bool()>& condition);
    void picture(const QString& name);

private:
    static QWidget* visible(const QString& name);
    QWidget* window() const;

    QDir m_folder;
    int m_pictures = 0;
};

} // namespace walkthrough
