// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/authority_condition.h"
#include "lifecycle/root_change.h"
#include "ui/common/screen.h"

#include <QHash>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QTreeWidget;

namespace ui {

class AuthorityForm;
class Banner;
class Facts;
class RebindPage;
class RootComparisonView;
class RotationPage;
class PolicyEditor;

/// The authorities, what is known about each, and the way to add one.
class AuthoritiesScreen : public Screen {
    Q_OBJECT

public:
    explicit AuthoritiesScreen(Workspace& workspace);

    void refresh() override;
    lifecycle::Changes interests() const override
    {
        return lifecycle::Change::Authorities | lifecycle::Change::Certificates;
    }
    /// The form for a new one.
    void showAdd();
    /// The rules about names of one account there.
    void showRules(const QString& authorityId, const QString& accountId);

private:
    QWidget* makeListPage();
    QWidget* makeDetail();
    QWidget* makeDetailButtons();
    void addPages();
    void fill(const QList<lifecycle::Authority>& authorities);
    void fillConditions();
    void makeRoomForComparing();
    void acceptRoot(const lifecycle::RootChange& change);
    void showCurrent();
    void checkAgain();
    void readDirectory(const QString& id);
    void confirmRemove();
    const lifecycle::Authority* current() const;

    QList<lifecycle::Authority> m_authorities;
    QHash<QString, lifecycle::AuthorityCondition> m_conditions; ///< by the authority's id
    QStackedWidget* m_pages;
    QStackedWidget* m_lists;
    QSplitter* m_splitter = nullptr;
    QTreeWidget* m_list;
    QWidget* m_detail;
    QScrollArea* m_detailArea = nullptr;
    QLabel* m_name;
    Facts* m_facts;
    RootComparisonView* m_comparison;
    PolicyEditor* m_policy;
    Banner* m_banner;
    AuthorityForm* m_form;
    RotationPage* m_rotation;
    RebindPage* m_rebind;
};

} // namespace ui
