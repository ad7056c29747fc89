// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/certificate_manager.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

namespace ui {

/// The worst state in the tray, the next renewal, and the way to renew now, open and quit.
class TrayIcon : public QObject {
    Q_OBJECT

public:
    explicit TrayIcon(lifecycle::CertificateManager& manager, QObject* parent = nullptr);

    /// Looks for a tray, several times where it appears late; says by availabilityKnown() how that ended.
    void begin();

Q_SIGNALS:
    void availabilityKnown(bool available);
    void openWanted();
    void quitWanted();
    /// What an action from the menu ended in.
    void told(const QString& words);
    void failed(const base::Error& error);

private:
    void lookForTray();
    void refresh();
    void show(const lifecycle::Overview& overview);
    void renewDue();
    void renew(const QList<lifecycle::CertificateRow>& due);

    lifecycle::CertificateManager& m_manager;
    QMenu m_menu;
    QAction* m_next;
    QAction* m_renew;
    QSystemTrayIcon m_icon;
    QTimer m_retry;
    QTimer m_refresh;
    int m_attempts = 0;
};

} // namespace ui
