// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "ui/common/screen.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace ui {

class AuthorityForm;
class Banner;
class Facts;

/// The authorities, what is known about each, and the way to add one.
class AuthoritiesScreen : public Screen {
    Q_OBJECT

public:
    explicit AuthoritiesScreen(Workspace& workspace);

    void refresh() override;
    lifecycle::Changes interests() const override { return lifecycle::Change::Authorities; }
    /// The form for a new one.
    void showAdd();

private:
    QWidget* makeListPage();
    QWidget* makeDetail();
    void fill(const QList<lifecycle::Authority>& authorities);
    void showCurrent();
    void checkAgain();
    void confirmRemove();
    const lifecycle::Authority* current() const;

    QList<lifecycle::Authority> m_authorities;
    QStackedWidget* m_pages;
    QStackedWidget* m_lists;
    QTreeWidget* m_list;
    QWidget* m_detail;
    QLabel* m_name;
    Facts* m_facts;
    Banner* m_banner;
    AuthorityForm* m_form;
};

} // namespace ui
