// SPDX-License-Identifier: Apache-2.0
#include "ui/common/facts.h"

#include "ui/common/date_text.h"
#include "ui/common/mono_block.h"
#include "ui/common/widgets.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int nameWidth = 120;
constexpr int statusIcon = 16;

QLabel* makeValue(const QString& name, const QString& text)
{
    QLabel* label = makeLabel(text, QString(), true);
    label->setAccessibleName(u"%1: %2"_s.arg(name, text));
    label->setMinimumWidth(1);
    return label;
}

} // namespace

Facts::Facts(QWidget* parent)
    : QWidget(parent)
    , m_grid(nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    clear();
}

void Facts::clear()
{
    m_texts.clear();
    delete m_lines;
    m_lines = new QWidget;
    m_grid = new QGridLayout(m_lines);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(7);
    m_grid->setColumnMinimumWidth(0, nameWidth);
    m_grid->setColumnStretch(1, 1);
    layout()->addWidget(m_lines);
}

void Facts::replace(const std::function<void(Facts&)>& fill)
{
    Facts fresh;
    fill(fresh);
    if (fresh.m_texts == m_texts)
        return;
    delete m_lines;
    m_lines = fresh.m_lines;
    m_grid = fresh.m_grid;
    m_texts = fresh.m_texts;
    layout()->addWidget(m_lines); // takes it away from the other one
}

void Facts::add(const QString& name, const QString& value, const QString& toolTip)
{
    if (value.isEmpty())
        return;
    QLabel* label = makeValue(name, value);
    label->setToolTip(toolTip);
    addLine(name, label, {value, toolTip});
}

void Facts::addMono(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    auto* block = new MonoBlock(value);
    block->setAccessibleName(u"%1: %2"_s.arg(name, value));
    addLine(name, block, {value});
}

void Facts::addTime(const QString& name, const QDateTime& moment)
{
    if (moment.isValid())
        add(name, u"%1 (%2)"_s.arg(localTime(moment), relativeTime(moment)), utcTime(moment));
}

void Facts::addLink(const QString& name, const QUrl& url)
{
    if (url.isEmpty())
        return;
    QLabel* label = makeLabel(u"<a href=\"%1\">%1</a>"_s.arg(url.toString().toHtmlEscaped()));
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setOpenExternalLinks(true);
    label->setMinimumWidth(1);
    label->setAccessibleName(u"%1: %2"_s.arg(name, url.toString()));
    addLine(name, label, {url.toString()});
}

void Facts::addStatus(const QString& name, const Status& status)
{
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* icon = new QLabel;
    icon->setPixmap(status.icon().pixmap(statusIcon, statusIcon));
    layout->addWidget(icon);
    layout->addWidget(makeValue(name, status.word), 1);
    addLine(name, line, {status.word, status.iconName});
}

QString Facts::value(const QString& name) const
{
    for (int line = 0; line < m_grid->rowCount(); ++line) {
        const QLayoutItem* left = m_grid->itemAtPosition(line, 0);
        const QLayoutItem* right = m_grid->itemAtPosition(line, 1);
        if (left && right && static_cast<QLabel*>(left->widget())->text() == name) {
            const QWidget* value = right->widget();
            if (const auto* block = qobject_cast<const MonoBlock*>(value))
                return block->toPlainText();
            const auto* label = qobject_cast<const QLabel*>(value);
            return label ? label->text() : value->findChildren<QLabel*>().constLast()->text();
        }
    }
    return QString();
}

void Facts::addLine(const QString& name, QWidget* value, const QStringList& texts)
{
    const int line = m_grid->rowCount();
    auto* label = makeFaint(name);
    label->setWordWrap(false);
    m_grid->addWidget(label, line, 0, Qt::AlignTop);
    m_grid->addWidget(value, line, 1);
    m_texts += QStringList(name) + texts;
}

} // namespace ui
