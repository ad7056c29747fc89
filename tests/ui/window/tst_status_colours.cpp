// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/common/look.h"
#include "ui/common/severity.h"

#include <QTest>

#include <cmath>

namespace tst_status_colours {

namespace {

double linear(double part)
{
    return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// The contrast ratio of WCAG 2.1.
double contrast(const QColor& left, const QColor& right)
{
    const double a = luminance(left);
    const double b = luminance(right);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class StatusColoursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areReadable_data();
    void areReadable();
};

void StatusColoursTest::areReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void StatusColoursTest::areReadable()
{
    QFETCH(bool, dark);
    constexpr double readable = 4.5; // WCAG 2.1, success criterion 1.4.3
    const QPalette palette = dark ? ui::darkPalette() : ui::lightPalette();
    QCOMPARE(ui::isDark(palette), dark);
    for (int severity = 0; severity <= static_cast<int>(ui::Severity::Bad); ++severity) {
        const auto level = static_cast<ui::Severity>(severity);
        QVERIFY(contrast(ui::severityColor(level, palette), palette.color(QPalette::Base)) >= readable);
        QVERIFY(contrast(palette.color(QPalette::Text), ui::severityTint(level, palette)) >= readable);
    }
    QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= readable);
    QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= readable);
}

SEALWRIGHT_WINDOW_TEST(StatusColoursTest)

} // namespace tst_status_colours

#include "tst_status_colours.moc"
