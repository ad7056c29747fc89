// SPDX-License-Identifier: Apache-2.0
#include "ui/common/empty_state.h"

#include "ui/common/fitting_scroll_area.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int cardIcon = 30;
constexpr int cardWidth = 190;
constexpr int widestCard = 330;
constexpr int cardShare = 20; // of the width; the edges have one each

} // namespace

EmptyState::EmptyState(const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_text(makeFaint(text))
    , m_cards(new QHBoxLayout)
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    QLabel* heading = makeHeading(title);
    heading->setAlignment(Qt::AlignHCenter);
    m_text->setAlignment(Qt::AlignHCenter);
    layout->addStretch(2);
    layout->addWidget(heading);
    layout->addWidget(m_text);
    layout->addSpacing(pageSpacing);
    m_cards->setSpacing(16);
    m_cards->addStretch(1);
    m_cards->addStretch(1);
    layout->addLayout(m_cards);
    layout->addStretch(3);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(new FittingScrollArea(content));
}

QPushButton* EmptyState::addCard(const QString& icon, const QString& title, const QString& text,
                                 const QString& buttonText, const QString& objectName)
{
    QFrame* card = makeCard();
    card->setMinimumWidth(cardWidth);
    card->setMaximumWidth(widestCard);
    auto* picture = new QLabel;
    picture->setPixmap(themedIcon(icon, Severity::Working).pixmap(cardIcon, cardIcon));
    QPushButton* button = makePrimaryButton(buttonText, objectName);
    button->setAccessibleDescription(text);
    QVBoxLayout* layout = cardLayout(card);
    layout->addWidget(picture);
    layout->addWidget(makeHeading(title));
    QLabel* words = makeFaint(text);
    words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(words, 1);
    layout->addSpacing(4);
    layout->addWidget(button, 0, Qt::AlignLeft);
    m_cards->insertWidget(m_cards->count() - 1, card, cardShare);
    return button;
}

void EmptyState::setText(const QString& text)
{
    m_text->setText(text);
}

} // namespace ui
