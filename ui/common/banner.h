// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "ui/common/severity.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// A message in its place: a word for how bad it is, an icon, text, at most one action, and a way to close it.
class Banner : public QFrame {
    Q_OBJECT

public:
    /// The one thing that can be done about a message.
    struct Action {
        QString text;
        std::function<void()> run;
    };

    explicit Banner(const QString& objectName, QWidget* parent = nullptr);

    /// `text` may have several lines. The banner becomes visible and is announced to assistive technology.
    void showMessage(Severity severity, const QString& text, Action action = {});
    void showError(const base::Error& error, Action action = {});
    QString text() const;
    Severity severity() const { return m_severity; }

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void tint();

    Severity m_severity = Severity::Neutral;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_button;
    QToolButton* m_close;
    std::function<void()> m_run;
};

} // namespace ui
