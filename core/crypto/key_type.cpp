// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_type.h"

#include "base/name_table.h"

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array keyTypeNames {
    base::Named {KeyType::EcP256, u"ec-p256"},   base::Named {KeyType::EcP384, u"ec-p384"},
    base::Named {KeyType::Ed25519, u"ed25519"},  base::Named {KeyType::Rsa2048, u"rsa-2048"},
    base::Named {KeyType::Rsa3072, u"rsa-3072"}, base::Named {KeyType::Rsa4096, u"rsa-4096"},
};

} // namespace

QString keyTypeName(KeyType type)
{
    return base::nameIn(keyTypeNames, type);
}

base::Result<KeyType> keyTypeFromName(QStringView name)
{
    if (const auto type = base::valueIn(keyTypeNames, name))
        return *type;
    return base::invalid(u"key"_s,
                         u"“%1” is no kind of key; there are ec-p256, ec-p384, ed25519, rsa-2048, "_s.arg(name)
                             + u"rsa-3072 and rsa-4096"_s);
}

QList<KeyType> allKeyTypes()
{
    QList<KeyType> types;
    for (const base::Named<KeyType>& entry : keyTypeNames)
        types.append(entry.value);
    return types;
}

} // namespace crypto
