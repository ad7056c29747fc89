// SPDX-License-Identifier: Apache-2.0
#include "ui/common/severity.h"

#include <QCoreApplication>

#include <array>

namespace ui {
namespace {

struct SeverityWords {
    Q_DECLARE_TR_FUNCTIONS(ui::Severity)
};

struct Shades {
    QRgb onLight;
    QRgb onDark;
};

constexpr std::array<Shades, 5> shades {{
    {0xff5b6470, 0xffa4adb8},
    {0xff1a7440, 0xff5fcb91},
    {0xff1d5cb3, 0xff7fb4ff},
    {0xff8f5200, 0xfff0b954},
    {0xffb3261e, 0xffff8f86},
}};

constexpr double lightText = 0.55;

} // namespace

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::WindowText).lightnessF() > lightText;
}

QColor severityColor(Severity severity, const QPalette& palette)
{
    const Shades& pair = shades.at(static_cast<std::size_t>(severity));
    return QColor::fromRgba(isDark(palette) ? pair.onDark : pair.onLight);
}

QColor severityTint(Severity severity, const QPalette& palette)
{
    const QColor strong = severityColor(severity, palette);
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    const float part = isDark(palette) ? 0.16F : 0.09F;
    return QColor::fromRgbF(strong.redF() * part + base.redF() * (1 - part),
                            strong.greenF() * part + base.greenF() * (1 - part),
                            strong.blueF() * part + base.blueF() * (1 - part));
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Neutral:
        return SeverityWords::tr("Note");
    case Severity::Good:
        return SeverityWords::tr("Done");
    case Severity::Working:
        return SeverityWords::tr("Working");
    case Severity::Attention:
        return SeverityWords::tr("Attention");
    case Severity::Bad:
        return SeverityWords::tr("Failed");
    }
    return QString();
}

} // namespace ui
