// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/overview_lines.h"

#include "ui/common/widgets.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr int lineIcon = 16;
constexpr int wordWidth = 110;

QPushButton* makeLineButton(const OverviewLine& line)
{
    QPushButton* button = makeButton(line.button, line.buttonName);
    button->setAccessibleName(line.buttonSays);
    QObject::connect(button, &QPushButton::clicked, button, line.act);
    return button;
}

QLayout* makeTexts(const OverviewLine& line)
{
    auto* texts = new QVBoxLayout; // below each other: beside each other they are too wide for a small window
    texts->setSpacing(2);
    texts->addWidget(makeLabel(line.text));
    if (!line.faint.isEmpty())
        texts->addWidget(makeFaint(line.faint));
    return texts;
}

QWidget* makeLine(const OverviewLine& line)
{
    auto* widget = new QWidget;
    widget->setToolTip(line.toolTip);
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 3, 0, 3);
    layout->setSpacing(10);
    auto* icon = new QLabel;
    icon->setPixmap(line.status.icon().pixmap(lineIcon, lineIcon));
    auto* word = new QLabel(line.status.word);
    word->setMinimumWidth(wordWidth);
    layout->addWidget(icon);
    layout->addWidget(word);
    layout->addLayout(makeTexts(line), 1);
    if (!line.button.isEmpty())
        layout->addWidget(makeLineButton(line));
    return widget;
}

} // namespace

bool OverviewLine::looksLike(const OverviewLine& other) const
{
    const auto read = [](const OverviewLine& line) {
        return QStringList {line.status.word, line.status.iconName, line.text,       line.faint,
                            line.toolTip,     line.button,          line.buttonName, line.buttonSays};
    };
    return read(*this) == read(other) && status.severity == other.status.severity;
}

OverviewLines::OverviewLines(const QString& none, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_none(makeFaint(none))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_none);
}

void OverviewLines::showLines(const QList<OverviewLine>& lines)
{
    QList<Shown> shown;
    for (const OverviewLine& line : lines)
        shown += {line, take(line)};
    for (const Shown& gone : std::as_const(m_shown))
        delete gone.widget;
    m_shown = shown;
    for (int row = 0; row < m_shown.size(); ++row)
        if (m_layout->indexOf(m_shown[row].widget) != row)
            m_layout->insertWidget(row, m_shown[row].widget);
    m_none->setVisible(lines.isEmpty());
}

QWidget* OverviewLines::take(const OverviewLine& line)
{
    const auto same = std::find_if(m_shown.begin(), m_shown.end(),
                                   [&line](const Shown& shown) { return shown.line.looksLike(line); });
    if (same == m_shown.end())
        return makeLine(line);
    QWidget* widget = same->widget;
    m_shown.erase(same);
    return widget;
}

} // namespace ui
