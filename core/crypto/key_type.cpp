// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_type.h"

#include <algorithm>
#include <array>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

struct Entry {
    KeyType type;
    QStringView name;
};

constexpr std::array entries {
    Entry {KeyType::EcP256, u"ec-p256"},   Entry {KeyType::EcP384, u"ec-p384"},   Entry {KeyType::Ed25519, u"ed25519"},
    Entry {KeyType::Rsa2048, u"rsa-2048"}, Entry {KeyType::Rsa3072, u"rsa-3072"}, Entry {KeyType::Rsa4096, u"rsa-4096"},
};

} // namespace

QString keyTypeName(KeyType type)
{
    return std::ranges::find(entries, type, &Entry::type)->name.toString();
}

base::Result<KeyType> keyTypeFromName(QStringView name)
{
    const auto* entry = std::ranges::find(entries, name, &Entry::name);
    if (entry == entries.end())
        return base::invalid(u"key"_s,
                             u"“%1” is no kind of key; there are ec-p256, ec-p384, ed25519, rsa-2048, "_s.arg(name)
                                 + u"rsa-3072 and rsa-4096"_s);
    return entry->type;
}

QList<KeyType> allKeyTypes()
{
    QList<KeyType> types;
    for (const Entry& entry : entries)
        types.append(entry.type);
    return types;
}

} // namespace crypto
