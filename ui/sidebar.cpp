// SPDX-License-Identifier: Apache-2.0
#include "ui/sidebar.h"

#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QListWidget>
#include <QVBoxLayout>

#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int sidebarWidth = 208;
constexpr int iconSide = 18;
constexpr int itemHeight = 36;
constexpr std::array iconNames {u"overview",    u"certificates", u"orders",  u"accounts",
                                u"authorities", u"activity",     u"settings"};

QWidget* makeMark()
{
    auto* mark = new QWidget;
    auto* layout = new QHBoxLayout(mark);
    layout->setContentsMargins(6, 2, 0, 10);
    auto* logo = new QLabel;
    logo->setPixmap(applicationIcon().pixmap(26, 26));
    auto* name = new QLabel(u"Sealwright"_s);
    name->setProperty("role", u"heading"_s);
    layout->addWidget(logo);
    layout->addWidget(name, 1);
    return mark;
}

} // namespace

QString screenTitle(ScreenId screen)
{
    switch (screen) {
    case ScreenId::Overview:
        return Sidebar::tr("Overview");
    case ScreenId::Certificates:
        return Sidebar::tr("Certificates");
    case ScreenId::Orders:
        return Sidebar::tr("Orders");
    case ScreenId::Accounts:
        return Sidebar::tr("Accounts and EAB");
    case ScreenId::Authorities:
        return Sidebar::tr("Authorities");
    case ScreenId::Activity:
        return Sidebar::tr("Activity");
    case ScreenId::Settings:
        return Sidebar::tr("Settings");
    }
    return QString();
}

Sidebar::Sidebar(QWidget* parent)
    : QWidget(parent)
    , m_list(new QListWidget)
{
    setObjectName(u"sidebar"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(sidebarWidth);
    m_list->setObjectName(u"sidebarList"_s);
    m_list->setAccessibleName(tr("Screens"));
    m_list->setIconSize(QSize(iconSide, iconSide));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (int index = 0; index < static_cast<int>(iconNames.size()); ++index) {
        auto* item = new QListWidgetItem(themedIcon(QString::fromUtf16(iconNames.at(index))),
                                         screenTitle(static_cast<ScreenId>(index)), m_list);
        item->setToolTip(tr("Ctrl+%1").arg(index + 1));
        item->setSizeHint(QSize(0, itemHeight));
    }
    QPushButton* add = makePrimaryButton(tr("New certificate"), u"newCertificateButton"_s);
    add->setToolTip(tr("Ctrl+N"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 14, 10, 12);
    layout->addWidget(makeMark());
    layout->addWidget(m_list, 1);
    layout->addWidget(add);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT chosen(static_cast<ScreenId>(row));
    });
    connect(add, &QPushButton::clicked, this, &Sidebar::newCertificateChosen);
}

void Sidebar::setCurrent(ScreenId screen)
{
    const QSignalBlocker blocker(m_list);
    m_list->setCurrentRow(static_cast<int>(screen));
}

void Sidebar::setCount(ScreenId screen, int count)
{
    const QString title = screenTitle(screen);
    m_list->item(static_cast<int>(screen))->setText(count > 0 ? tr("%1 (%2)").arg(title).arg(count) : title);
}

} // namespace ui
