// SPDX-License-Identifier: Apache-2.0
#include "ui/start_window.h"

#include "ui/common/banner.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QCloseEvent>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr QSize windowSize(640, 260);

} // namespace

StartWindow::StartWindow(const QString& dataFolder)
    : m_banner(new Banner(u"startBanner"_s))
{
    setObjectName(u"startWindow"_s);
    setWindowTitle(tr("Sealwright"));
    setWindowIcon(applicationIcon());
    QPushButton* again = makePrimaryButton(tr("&Try again"), u"startAgain"_s);
    QPushButton* quit = makeButton(tr("&Quit"), u"startQuit"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(quit);
    buttons->addWidget(again);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(makeTitle(tr("The data folder cannot be opened")));
    layout->addWidget(makeLabel(dataFolder, u"mono"_s, true));
    layout->addWidget(m_banner);
    layout->addStretch(1);
    layout->addLayout(buttons);
    connect(again, &QPushButton::clicked, this, &StartWindow::againWanted);
    connect(quit, &QPushButton::clicked, this, &StartWindow::quitWanted);
    resize(windowSize);
}

void StartWindow::showError(const base::Error& error)
{
    m_banner->showError(error);
    show();
}

void StartWindow::closeEvent(QCloseEvent* event)
{
    event->ignore();
    Q_EMIT quitWanted();
}

} // namespace ui
