// SPDX-License-Identifier: Apache-2.0
#include "ui/common/banner.h"

#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int iconSide = 20;
constexpr int lineHeight = 30;
constexpr qreal cornerRadius = 6;

QString iconName(Severity severity)
{
    static constexpr std::array names {u"info", u"ok", u"working", u"attention", u"bad"};
    return QString::fromUtf16(names.at(static_cast<std::size_t>(severity)));
}

} // namespace

Banner::Banner(const QString& objectName, QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(makeLabel(QString(), QString(), true))
    , m_button(makeButton(QString(), objectName + u"Action"_s))
    , m_close(new QToolButton)
{
    setObjectName(objectName);
    m_text->setObjectName(objectName + u"Text"_s);
    m_icon->setMinimumHeight(lineHeight);
    m_text->setMinimumHeight(lineHeight);
    m_close->setObjectName(objectName + u"Close"_s);
    m_close->setIcon(themedIcon(u"close"_s));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto run = m_run)
            run();
    });
    hide();
}

void Banner::showMessage(Severity severity, const QString& text, Action action)
{
    m_severity = severity;
    m_text->setText(u"%1: %2"_s.arg(severityWord(severity), text));
    setAccessibleName(m_text->text());
    m_text->setAccessibleName(m_text->text());
    m_run = std::move(action.run);
    m_button->setText(action.text);
    m_button->setAccessibleName(QString(action.text).remove(u'&'));
    m_button->setVisible(!action.text.isEmpty());
    tint();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::showError(const base::Error& error, Action action)
{
    const bool milder = error.code() == base::ErrorCode::Cancelled || error.code() == base::ErrorCode::InProgress;
    showMessage(milder ? Severity::Attention : Severity::Bad, explain(error).paragraph(), std::move(action));
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        tint();
    QFrame::changeEvent(event);
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(severityColor(m_severity, palette()));
    painter.setBrush(severityTint(m_severity, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius, cornerRadius);
}

void Banner::tint()
{
    m_icon->setPixmap(themedIcon(iconName(m_severity), m_severity).pixmap(iconSide, iconSide));
    update();
}

} // namespace ui
