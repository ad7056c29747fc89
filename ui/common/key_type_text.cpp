// SPDX-License-Identifier: Apache-2.0
#include "ui/common/key_type_text.h"

#include <QComboBox>
#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct KeyTypeTextWords {
    Q_DECLARE_TR_FUNCTIONS(ui::KeyTypeText)
};

} // namespace

QString keyTypeText(crypto::KeyType type)
{
    switch (type) {
    case crypto::KeyType::EcP256:
        return KeyTypeTextWords::tr("ECDSA P-256");
    case crypto::KeyType::EcP384:
        return KeyTypeTextWords::tr("ECDSA P-384");
    case crypto::KeyType::Ed25519:
        return KeyTypeTextWords::tr("Ed25519");
    case crypto::KeyType::Rsa2048:
        return KeyTypeTextWords::tr("RSA, 2048 bits");
    case crypto::KeyType::Rsa3072:
        return KeyTypeTextWords::tr("RSA, 3072 bits");
    case crypto::KeyType::Rsa4096:
        return KeyTypeTextWords::tr("RSA, 4096 bits");
    }
    return QString();
}

QString accountAlgorithm(crypto::KeyType type)
{
    switch (type) {
    case crypto::KeyType::EcP256:
        return u"ES256"_s;
    case crypto::KeyType::EcP384:
        return u"ES384"_s;
    case crypto::KeyType::Ed25519:
        return u"EdDSA"_s;
    default:
        return u"RS256"_s;
    }
}

void fillKeyTypes(QComboBox* box, bool withAlgorithm)
{
    for (const crypto::KeyType type : crypto::allKeyTypes()) {
        const QString text = keyTypeText(type);
        box->addItem(withAlgorithm ? u"%1 – %2"_s.arg(accountAlgorithm(type), text) : text, static_cast<int>(type));
    }
    box->setItemText(0, KeyTypeTextWords::tr("%1 (recommended)").arg(box->itemText(0)));
}

crypto::KeyType chosenKeyType(const QComboBox* box)
{
    return static_cast<crypto::KeyType>(box->currentData().toInt());
}

} // namespace ui
