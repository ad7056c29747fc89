// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

#include <stop_token>

class QLabel;
class QPushButton;

namespace ui {

/// The lower edge of a form: what runs now, a button that leaves the form or stops what runs, and the form's own
/// buttons. These and the fields wait meanwhile.
class WorkRow : public QWidget {
    Q_OBJECT

public:
    /// `cancelName` is the object name of the button that cancels or stops.
    WorkRow(const QString& cancelName, QWidget* fields, const QList<QPushButton*>& actions, QWidget* parent = nullptr);

    /// That widget, which is elsewhere, waits as well.
    void addWaiting(QWidget* widget);

    /// Shows `words` until end(): the token tells the work to stop.
    std::stop_token begin(const QString& words);
    /// Says how far what runs has come.
    void say(const QString& words);
    /// The work of that token has answered: false where the form no longer waits for it.
    bool end(const std::stop_token& work);
    /// Stops what runs, if anything does; its answer does not matter any more.
    void abandon();

Q_SIGNALS:
    /// The operator wants to leave the form.
    void cancelled();

private:
    bool isWorking() const;
    void press();
    void wait(QWidget* widget);
    void tell(const QString& words);

    QLabel* m_words;
    QPushButton* m_cancel;
    QList<QWidget*> m_waiting;
    QList<bool> m_enabledBefore;
    QPointer<QWidget> m_focusBefore;
    std::stop_source m_stop {std::nostopstate};
};

} // namespace ui
