// SPDX-License-Identifier: Apache-2.0
#include "ui/common/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QByteArray iconFile(const QString& name)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The icon in one colour. Lists ask for the same few icons in each row and each time they are painted.
QPixmap tinted(const QString& name, const QColor& color, const QSize& size)
{
    const QString key = u"sealwright/%1/%2/%3x%4"_s.arg(name, color.name()).arg(size.width()).arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(iconFile(name).replace("#000", color.name().toLatin1()));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRect(QPoint(), size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class TintedIconEngine final : public QIconEngine {
public:
    TintedIconEngine(QString name, std::optional<Severity> severity)
        : m_name(std::move(name))
        , m_severity(severity)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return tinted(m_name, color(mode), size);
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
