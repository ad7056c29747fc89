// SPDX-License-Identifier: Apache-2.0
#include "ui/common/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QByteArray iconFile(const QString& name)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class TintedIconEngine final : public QIconEngine {
public:
    TintedIconEngine(QString name, std::optional<Severity> severity)
        : m_name(std::move(name))
        , m_severity(severity)
        , m_svg(iconFile(m_name))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        svg.replace("#000", color(mode).name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(painter, rect);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new TintedIconEngine(m_name, m_severity); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::Text);
        if (m_severity)
            return severityColor(*m_severity, palette);
        return palette.color(QPalette::Active, QPalette::Text);
    }

    QString m_name;
    std::optional<Severity> m_severity;
    QByteArray m_svg;
};

} // namespace

QIcon themedIcon(const QString& name)
{
    return QIcon(new TintedIconEngine(name, std::nullopt));
}

QIcon themedIcon(const QString& name, Severity severity)
{
    return QIcon(new TintedIconEngine(name, severity));
}

QIcon applicationIcon()
{
    return QIcon(u":/icons/sealwright.svg"_s);
}

QIcon badgedApplicationIcon(const QString& badge, Severity severity)
{
    constexpr int side = 64;
    constexpr int badgeSide = 38;
    QPixmap pixmap = applicationIcon().pixmap(side, side);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect corner(side - badgeSide, side - badgeSide, badgeSide, badgeSide);
    painter.setBrush(Qt::white);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(corner);
    QByteArray svg = iconFile(badge);
    svg.replace("#000", severityColor(severity, QPalette(Qt::white)).name().toLatin1());
    QSvgRenderer(svg).render(&painter, corner.adjusted(3, 3, -3, -3));
    return QIcon(pixmap);
}

} // namespace ui
