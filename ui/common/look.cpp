// SPDX-License-Identifier: Apache-2.0
#include "ui/common/look.h"

#include "ui/common/severity.h"

#include <QApplication>
#include <QFile>
#include <QStyleFactory>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Tones {
    QRgb window, base, alternate, text, button, border, highlight, link, faint;
};

constexpr Tones lightTones {0xfff4f5f7, 0xffffffff, 0xfff8f9fb, 0xff1c2128, 0xffffffff,
                            0xffd3d8df, 0xff2a66c4, 0xff1d5cb3, 0xff67707c};
constexpr Tones darkTones {0xff1b1e23, 0xff23272d, 0xff282c33, 0xffe4e7eb, 0xff2d3239,
                           0xff3f4650, 0xff3a76d1, 0xff7fb4ff, 0xff98a1ac};

QPalette paletteOf(const Tones& tones)
{
    const QColor text = QColor::fromRgba(tones.text);
    const QColor faint = QColor::fromRgba(tones.faint);
    const QColor border = QColor::fromRgba(tones.border);
    QPalette palette(text, QColor::fromRgba(tones.button), QColor::fromRgba(tones.button).lighter(120),
                     border.darker(120), border, text, Qt::white, QColor::fromRgba(tones.base),
                     QColor::fromRgba(tones.window));
    palette.setColor(QPalette::AlternateBase, QColor::fromRgba(tones.alternate));
    palette.setColor(QPalette::Highlight, QColor::fromRgba(tones.highlight));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor::fromRgba(tones.link));
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::ToolTipBase, QColor::fromRgba(tones.base));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Disabled, QPalette::Text, faint);
    palette.setColor(QPalette::Disabled, QPalette::WindowText, faint);
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, faint);
    return palette;
}

QPalette chosenPalette(Appearance appearance, const QPalette& desktop)
{
    if (appearance == Appearance::FollowDesktop)
        return isDark(desktop) ? darkPalette() : lightPalette();
    return appearance == Appearance::Dark ? darkPalette() : lightPalette();
}

QString sheetFor(const QPalette& palette)
{
    QFile file(u":/look.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return QString();
    QString sheet = QString::fromUtf8(file.readAll());
    const Tones& tones = isDark(palette) ? darkTones : lightTones;
    const std::initializer_list<std::pair<QString, QColor>> names {
        {u"@border"_s, QColor::fromRgba(tones.border)},
        {u"@faint"_s, QColor::fromRgba(tones.faint)},
        {u"@hover"_s, severityTint(Severity::Neutral, palette)},
        {u"@accentTint"_s, severityTint(Severity::Working, palette)},
        {u"@accent"_s, QColor::fromRgba(tones.highlight)},
        {u"@bad"_s, severityColor(Severity::Bad, palette)},
        {u"@base"_s, palette.color(QPalette::Base)},
        {u"@window"_s, palette.color(QPalette::Window)},
        {u"@button"_s, palette.color(QPalette::Button)},
        {u"@text"_s, palette.color(QPalette::WindowText)},
    };
    for (const auto& [name, color] : names)
        sheet.replace(name, color.name());
    return sheet.replace(u"@theme"_s, isDark(palette) ? u"dark"_s : u"light"_s);
}

} // namespace

QString appearanceName(Appearance appearance)
{
    switch (appearance) {
    case Appearance::FollowDesktop:
        return u"desktop"_s;
    case Appearance::Light:
        return u"light"_s;
    case Appearance::Dark:
        return u"dark"_s;
    }
    return QString();
}

Appearance appearanceFromName(const QString& name)
{
    if (name == u"light")
        return Appearance::Light;
    return name == u"dark" ? Appearance::Dark : Appearance::FollowDesktop;
}

QPalette lightPalette()
{
    return paletteOf(lightTones);
}

QPalette darkPalette()
{
    return paletteOf(darkTones);
}

void applyLook(QApplication& application, Appearance appearance)
{
    static const QPalette desktop = QApplication::palette();
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    const QPalette palette = chosenPalette(appearance, desktop);
    QApplication::setPalette(palette);
    application.setStyleSheet(sheetFor(palette));
}

} // namespace ui
