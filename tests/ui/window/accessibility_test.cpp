// SPDX-License-Identifier: Apache-2.0
#include "ui/window/accessibility_test.h"

#include "ui/common/look.h"
#include "ui/common/translation.h"
#include "ui/support/visible_controls.h"

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr QSize smallest(720, 480);

// Other colours run the same code, slowly: sanitized, one page has them, and all of them in the optimized build.
#ifdef __SANITIZE_ADDRESS__
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

} // namespace

void AccessibilityTest::initTestCase()
{
    ui::installTranslation(*qApp);
}

void AccessibilityTest::everyPageCanBeUsedByKeyboardAndReadAloud_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("dark");
    for (int index = 0; index < m_pages.size(); ++index) {
        QTest::addRow("%s-light", qPrintable(m_pages[index].name)) << index << false;
        if (!sanitized || index == 0)
            QTest::addRow("%s-dark", qPrintable(m_pages[index].name)) << index << true;
    }
}

void AccessibilityTest::everyPageCanBeUsedByKeyboardAndReadAloud()
{
    QFETCH(int, index);
    QFETCH(bool, dark);
    ui::applyLook(*qApp, dark ? ui::Appearance::Dark : ui::Appearance::Light);
    m_fixture.show(m_pages[index].played());
    m_pages[index].open(m_fixture);
    WindowFixture::settle();
    QWidget* shown = QApplication::activeModalWidget();
    if (!shown)
        shown = &m_fixture.window();
    m_fixture.picture(QString::fromLatin1(QTest::currentDataTag()), shown);
    QVERIFY(tabStops(shown).size() >= 2);
    QCOMPARE(nameless(shown).join(u'\n'), QString());
    QCOMPARE(clipped(shown).join(u'\n'), QString());
    QCOMPARE(scrolledTwice(shown).join(u'\n'), QString());
    QCOMPARE(overlapping(shown).join(u'\n'), QString());
    if (!dark)
        QCOMPARE(unreachable(shown).join(u'\n'), QString());
    QCOMPARE(m_fixture.window().size(), QSize(1024, 700));
}

void AccessibilityTest::everyPageFitsTheSmallestWindow_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < m_pages.size(); ++index)
        QTest::addRow("%s-small", qPrintable(m_pages[index].name)) << index;
}

void AccessibilityTest::everyPageFitsTheSmallestWindow()
{
    QFETCH(int, index);
    ui::applyLook(*qApp, ui::Appearance::Light);
    m_fixture.show(m_pages[index].played());
    m_fixture.window().resize(smallest);
    WindowFixture::settle();
    m_pages[index].open(m_fixture);
    WindowFixture::settle();
    QWidget* shown = QApplication::activeModalWidget();
    if (!shown)
        shown = &m_fixture.window();
    m_fixture.picture(QString::fromLatin1(QTest::currentDataTag()), shown);
    QCOMPARE(cut(shown).join(u'\n'), QString());
    QCOMPARE(overlapping(shown).join(u'\n'), QString());
    QCOMPARE(clipped(shown).join(u'\n'), QString());
    QCOMPARE(m_fixture.window().size(), smallest);
    // a window may be told to be smaller than what is in it needs
    QWidget* screens = m_fixture.find("screens");
    QCOMPARE(tooWide(screens, screens->width()).join(u'\n'), QString());
    QVERIFY(m_fixture.window().centralWidget()->minimumSizeHint().height()
            <= m_fixture.window().centralWidget()->height());
}

int checkPages(int argc, char** argv, QList<Page> pages)
{
    QApplication application(argc, argv);
    AccessibilityTest test(std::move(pages));
    return QTest::qExec(&test, argc, argv);
}

} // namespace support
