// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/activity_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/activity/event_list_model.h"
#include "ui/common/banner.h"
#include "ui/common/remembered_header.h"
#include "ui/common/search_field.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

ActivityScreen::ActivityScreen(Workspace& workspace)
    : Screen(workspace)
    , m_model(new EventListModel(
          [this](lifecycle::EventQuery query, QObject* context, EventListModel::Reply reply) {
              manager().events(std::move(query), context, std::move(reply));
          },
          this))
    , m_search(makeSearchField(u"activitySearch"_s, tr("Search activity"),
                               [this](const QString& text) { m_model->setFilter(text); }))
    , m_list(new QTreeView)
    , m_count(makeFaint(QString()))
    , m_banner(new Banner(u"activityBanner"_s))
{
    prepareList(m_list, u"activityList"_s, tr("Activity"));
    m_list->setModel(m_model);
    rememberHeader(m_list, settings(), {125, 65, 95, 135, 140, 85, 120});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTitle(tr("Activity")));
    layout->addWidget(m_search);
    layout->addWidget(m_banner);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);
    connect(m_model, &EventListModel::failed, m_banner,
            [this](const base::Error& error) { m_banner->showError(error); });
    connect(m_model, &EventListModel::loaded, this, [this] {
        const int rows = m_model->rowCount();
        m_count->setText(rows == 0 ? tr("Nothing matches.") : tr("%n event(s) read", nullptr, rows));
    });
}

void ActivityScreen::refresh()
{
    m_model->reload();
}

QWidget* ActivityScreen::searchField()
{
    return m_search;
}

lifecycle::Changes ActivityScreen::interests() const
{
    using enum lifecycle::Change;
    return Authorities | Accounts | Certificates | Orders | Events | Vault;
}

} // namespace ui
