// SPDX-License-Identifier: Apache-2.0
#include "ui/common/passphrase_field.h"

#include <QLineEdit>

namespace ui {

QLineEdit* makePassphraseField(const QString& objectName)
{
    auto* field = new QLineEdit;
    field->setObjectName(objectName);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    return field;
}

lifecycle::SharedSecret takeSecret(QLineEdit* field)
{
    const lifecycle::SharedSecret secret = secretOf(field->text());
    field->clear();
    return secret;
}

lifecycle::SharedSecret secretOf(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    auto secret = std::make_shared<const base::Secret>(bytes);
    base::wipe(bytes);
    return secret;
}

} // namespace ui
