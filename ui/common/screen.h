// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/change_feed.h"
#include "ui/common/workspace.h"

#include <QWidget>

namespace ui {

/// One of the pages behind the sidebar.
class Screen : public QWidget {
    Q_OBJECT

public:
    explicit Screen(Workspace& workspace, QWidget* parent = nullptr);

    /// Reads again what it shows.
    virtual void refresh() = 0;
    /// Where Ctrl+F puts the cursor, or null.
    virtual QWidget* searchField() { return nullptr; }
    /// The changes that make refresh() necessary.
    virtual lifecycle::Changes interests() const = 0;

protected:
    void showEvent(QShowEvent* event) override;
    lifecycle::CertificateManager& manager() const { return m_workspace.manager; }
    Navigator& navigator() const { return m_workspace.navigator; }
    Preferences& settings() const { return m_workspace.settings; }
    Workspace& workspace() const { return m_workspace; }

private:
    void noteChanges(lifecycle::Changes changes);

    Workspace& m_workspace;
    bool m_stale = true;
};

} // namespace ui
