// SPDX-License-Identifier: Apache-2.0
#include "ui/common/mono_block.h"

#include <QAbstractTextDocumentLayout>
#include <QFontDatabase>

#include <cmath>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

MonoBlock::MonoBlock(const QString& text, QWidget* parent)
    : QTextEdit(parent)
{
    setProperty("role", u"mono"_s);
    setReadOnly(true);
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &MonoBlock::fitHeight);
    setPlainText(text);
    setMinimumWidth(1);
    fitHeight();
}

void MonoBlock::resizeEvent(QResizeEvent* event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void MonoBlock::fitHeight()
{
    const int frame = height() - viewport()->height();
    const int wanted = static_cast<int>(std::ceil(document()->size().height())) + std::max(0, frame);
    if (minimumHeight() != wanted || maximumHeight() != wanted)
        setFixedHeight(wanted);
}

} // namespace ui
