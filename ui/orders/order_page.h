// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/orders.h"
#include "ui/common/workspace.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QPushButton;
class QTreeView;

namespace ui {

class Banner;
class CopyMenu;
class OrderHeader;
class OrderProgressModel;
class PendingQuestion;
class RetryButtons;
class StepDetail;

/// One order while it runs, and the same view as its history afterwards.
class OrderPage : public QWidget {
    Q_OBJECT

public:
    explicit OrderPage(Workspace& workspace, QWidget* parent = nullptr);

    void show(const QString& orderId);
    const QString& orderId() const { return m_orderId; }
    /// Reads the record again: its state, its error and whether it runs.
    void readAgain();

Q_SIGNALS:
    void backWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeButtons();
    QWidget* makeTree();
    void connectAll();
    void take(const lifecycle::OrderDetails& details, bool first);
    void takeEvents(const QList<lifecycle::OrderEvent>& events);
    /// Takes in what waits, a bounded part at a time, so that the window goes on answering.
    void takeWaiting();
    void showRecord();
    void showRetry();
    void showError();
    void arrangeTree();
    QModelIndex firstFailure() const;
    void tickVisible();
    void showStep();
    void resume();
    void confirmCancel();
    void cancel();
    void deactivateAuthorizations();
    void confirmDeactivation();
    void showGivenUp(const QList<lifecycle::GivenUpAuthorization>& outcomes);
    /// Whether what came of a request belongs on this page; else it is told above all screens where it failed.
    bool belongsHere(const QString& orderId, const base::Error* error);
    void copyReport();

    Workspace& m_workspace;
    QString m_orderId;
    lifecycle::OrderDetails m_details;
    OrderProgressModel* m_model;
    OrderHeader* m_header;
    QTreeView* m_tree;
    StepDetail* m_step;
    PendingQuestion* m_why;
    Banner* m_banner;
    RetryButtons* m_retry;
    CopyMenu* m_copyAs;
    QPushButton* m_checkNow;
    QPushButton* m_cancel;
    QPushButton* m_resume;
    QPushButton* m_giveUp;
    QPushButton* m_certificate;
    QTimer m_tick;
    QList<lifecycle::OrderEvent> m_waiting; ///< events that the tree has not taken in yet
    QTimer m_taking;
    QTimer m_arranging; ///< a tree of thousands is arranged now and then
    QString m_currentStep;
    std::optional<QString> m_toldError; ///< the order's error that the banner told last
};

} // namespace ui
