// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "ui/common/screen.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace ui {

class Banner;
class CertificateDetail;
class CertificateListModel;
class TagEditor;

/// The certificates, with a detail panel beside the list.
class CertificatesScreen : public Screen {
    Q_OBJECT

public:
    explicit CertificatesScreen(Workspace& workspace);

    void refresh() override;
    QWidget* searchField() override;
    lifecycle::Changes interests() const override;
    void showCertificate(const QString& id);

private:
    QWidget* makeHead();
    QWidget* makeListSide();
    QWidget* makeDetailSide();
    void connectAll();
    void followLoad();
    void followSelection();
    void showCounts();
    void readDetails();
    void exportCurrent();
    void revokeCurrent();
    void renewSelected();
    void askForCsr(const QString& id);
    void confirmRemove();
    void removeAll(const QStringList& ids);
    void editTags(bool edit);
    void readKnownTags();
    void changeTags(const QList<lifecycle::Tag>& add, const QList<lifecycle::Tag>& remove);
    QStringList selectedTags() const;
    const lifecycle::CertificateRow* current() const;
    QStringList selectedIds() const;

    CertificateListModel* m_model;
    QLineEdit* m_search;
    QTreeView* m_list;
    QStackedWidget* m_states;
    QLabel* m_counts;
    QPushButton* m_retired;
    QPushButton* m_clear;
    QLabel* m_noMatch;
    Banner* m_banner;
    QWidget* m_side;
    CertificateDetail* m_detail;
    QPushButton* m_export;
    QPushButton* m_revoke;
    QPushButton* m_renew;
    QPushButton* m_remove;
    QPushButton* m_tags;
    TagEditor* m_tagEditor;
    QString m_wantedId;
};

} // namespace ui
