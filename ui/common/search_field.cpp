// SPDX-License-Identifier: Apache-2.0
#include "ui/common/search_field.h"

#include "ui/common/icons.h"

#include <QLineEdit>
#include <QTimer>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int pauseMillis = 150;
constexpr int widest = 420;

} // namespace

QLineEdit* makeSearchField(const QString& objectName, const QString& placeholder,
                           std::function<void(const QString&)> search)
{
    auto* field = new QLineEdit;
    field->setObjectName(objectName);
    field->setPlaceholderText(placeholder);
    field->setAccessibleName(placeholder);
    field->setClearButtonEnabled(true);
    field->setMaximumWidth(widest);
    field->addAction(themedIcon(u"search"_s, Severity::Neutral), QLineEdit::LeadingPosition);
    auto* pause = new QTimer(field);
    pause->setSingleShot(true);
    pause->setInterval(pauseMillis);
    QObject::connect(field, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    QObject::connect(field, &QLineEdit::returnPressed, pause, [pause] { pause->start(0); });
    QObject::connect(pause, &QTimer::timeout, field, [field, search = std::move(search)] { search(field->text()); });
    return field;
}

} // namespace ui
