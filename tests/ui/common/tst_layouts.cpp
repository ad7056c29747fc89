// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/common/fitting_scroll_area.h"
#include "ui/common/flow_layout.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace tst_layouts {

namespace {

QWidget* makeBlock(int width, int height)
{
    auto* block = new QWidget;
    block->setFixedSize(width, height);
    return block;
}

} // namespace

/// What makes pages usable in narrow and low windows.
class LayoutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putsIntoTheNextRowWhatDoesNotFit();
    void leavesNoRoomForWhatIsHidden();
    void fillsTheRowWithWhatMayGrow();
    void fillsTheRoomThereIs();
    void scrollsOnlyBelowTheLeastThatIsNeeded();
    void followsWhatAppears();
};

void LayoutsTest::putsIntoTheNextRowWhatDoesNotFit()
{
    QWidget window;
    auto* layout = new ui::FlowLayout(&window);
    layout->setSpacing(10);
    QWidget* first = makeBlock(100, 20);
    QWidget* second = makeBlock(100, 30);
    QWidget* third = makeBlock(100, 20);
    for (QWidget* block : {first, second, third})
        layout->addWidget(block);
    QCOMPARE(layout->heightForWidth(320), 30);
    QCOMPARE(layout->heightForWidth(319), 30 + 10 + 20);
    QCOMPARE(layout->heightForWidth(210), 30 + 10 + 20);
    QCOMPARE(layout->heightForWidth(150), 20 + 10 + 30 + 10 + 20);
    layout->setGeometry(QRect(0, 0, 230, 60));
    QCOMPARE(first->x(), 0);
    QCOMPARE(second->x(), 110);
    QCOMPARE(third->x(), 0);
    QCOMPARE(third->y(), 40);
}

void LayoutsTest::leavesNoRoomForWhatIsHidden()
{
    QWidget window;
    auto* layout = new ui::FlowLayout(&window);
    layout->setSpacing(10);
    QWidget* hidden = makeBlock(100, 90);
    layout->addWidget(hidden);
    layout->addWidget(makeBlock(100, 20));
    hidden->hide();
    QCOMPARE(layout->heightForWidth(100), 20);
    QCOMPARE(layout->sizeHint(), QSize(100, 20));
}

void LayoutsTest::fillsTheRowWithWhatMayGrow()
{
    QWidget window;
    auto* layout = new ui::FlowLayout(&window);
    layout->setSpacing(10);
    auto* growing = new QWidget;
    growing->setMinimumSize(50, 20);
    growing->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QWidget* last = makeBlock(100, 20);
    layout->addWidget(growing);
    layout->addWidget(last);
    layout->setGeometry(QRect(0, 0, 400, 20));
    QCOMPARE(growing->width(), 290);
    QCOMPARE(last->x(), 300);
}

void LayoutsTest::fillsTheRoomThereIs()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* list = new QWidget;
    list->setMinimumHeight(150);
    layout->addWidget(list);
    ui::FittingScrollArea area(content);
    area.resize(300, 400);
    area.show();
    QCOMPARE(content->size(), QSize(300, 400));
    QCOMPARE(area.verticalScrollBar()->maximum(), 0);
}

void LayoutsTest::scrollsOnlyBelowTheLeastThatIsNeeded()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* list = new QWidget;
    list->setMinimumHeight(150);
    layout->addWidget(list);
    ui::FittingScrollArea area(content);
    area.resize(300, 150);
    area.show();
    QCOMPARE(area.verticalScrollBar()->maximum(), 0);
    area.resize(300, 100);
    QCOMPARE(content->height(), 150);
    QVERIFY(content->width() < 300);
    QCOMPARE(area.verticalScrollBar()->maximum(), 50);
}

void LayoutsTest::followsWhatAppears()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBlock(100, 80));
    QWidget* later = makeBlock(100, 80);
    layout->addWidget(later);
    later->hide();
    ui::FittingScrollArea area(content);
    area.resize(300, 100);
    area.show();
    QCOMPARE(area.verticalScrollBar()->maximum(), 0);
    later->show();
    QTRY_COMPARE(content->height(), 160);
    QCOMPARE(area.verticalScrollBar()->maximum(), 60);
}

SEALWRIGHT_WINDOW_TEST(LayoutsTest)

} // namespace tst_layouts

#include "tst_layouts.moc"
