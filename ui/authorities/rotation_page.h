// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/root_rotation.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStringListModel;
class QTreeWidget;

namespace ui {

class Banner;

/// Which certificates and accounts of an authority hang on which root, what expires first, and issuing it again by
/// choice or by tag.
class RotationPage : public QWidget {
    Q_OBJECT

public:
    explicit RotationPage(Workspace& workspace, QWidget* parent = nullptr);

    void show(const lifecycle::Authority& authority);
    /// Reads again what it shows.
    void refresh();

Q_SIGNALS:
    void closed();

private:
    QWidget* makeRoots();
    QWidget* makeCertificates();
    void completeTags();
    void fillRoots(const QList<lifecycle::RootUse>& roots);
    void showCertificates();
    void fillCertificates(const lifecycle::RootPage& page);
    void allowReissuing();
    lifecycle::RootQuery query() const;
    QStringList selected() const;
    void tellWorking();
    void tell(const base::Result<lifecycle::Reissue>& outcome);

    Workspace& m_workspace;
    QString m_authorityId;
    QList<lifecycle::RootUse> m_uses;
    QLabel* m_title;
    Banner* m_banner;
    QTreeWidget* m_roots;
    QTreeWidget* m_certificates;
    QLineEdit* m_tag;
    QStringListModel* m_tags;
    QLabel* m_count;
    QPushButton* m_reissue;
    QPushButton* m_reissueAll;
    int m_total = 0;
};

} // namespace ui
