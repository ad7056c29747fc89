// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "ui/common/screen.h"

#include <QSet>

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
    void rememberSelection();
    /// Selects what was selected before, as far as it is still listed.
    void restoreSelection();
    void filter(const QString& text);
    void showRetired(bool shown);
    /// Selects the wanted certificate, or looks for it where it is not among those that were read.
    void followWanted();
    void lookForWanted();
    void searchWanted(const lifecycle::CertificateRow& wanted);
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
    /// Where the wanted certificate is looked for: as the list is, by its id, by its name.
    enum class Search { InList, ById, ByName };
    QString m_wantedId;
    Search m_wantedSearch = Search::InList;
    QSet<QString> m_selectedBefore; ///< ids
    QString m_currentBefore; ///< id
    bool m_chooseFirst = true; ///< nobody chose from this list yet
};

} // namespace ui
