// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/order_record.h"

#include <QWidget>

#include <tuple>

class QPushButton;
class QLabel;
class QPlainTextEdit;
class QTabWidget;

namespace ui {

class Facts;

/// What is known about one step of an order: what to look at, what the authority said, and the redacted exchange.
class StepDetail : public QWidget {
    Q_OBJECT

public:
    explicit StepDetail(QWidget* parent = nullptr);

    /// Null clears the step.
    void showStep(const QString& title, const lifecycle::OrderEvent* event);
    void showExchanges(const QList<lifecycle::OrderEvent>& exchanges);

Q_SIGNALS:
    /// Somebody wants to know why this name is not proved.
    void whyWanted(const QString& name);

private:
    void renderExchanges();
    void showProblem(const lifecycle::OrderEvent& event);

    QLabel* m_title;
    Facts* m_facts;
    QPushButton* m_copyValue;
    QPushButton* m_why;
    QPlainTextEdit* m_problem;
    QLabel* m_problemTitle;
    QPlainTextEdit* m_exchange;
    QTabWidget* m_tabs;
    QString m_value;
    QString m_name; ///< that the step is about
    QList<lifecycle::OrderEvent> m_exchanges;
    std::tuple<QString, QString, int, QString> m_shown; ///< title, order, sequence and state of the event
    int m_lastShown = 0; ///< sequence of the newest exchange that is written
};

} // namespace ui
