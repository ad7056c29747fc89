// SPDX-License-Identifier: Apache-2.0
#include "storage/key_slot.h"

#include "crypto/aead.h"
#include "crypto/kdf.h"
#include "crypto/random.h"

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Secret;
using lifecycle::Ring;
using lifecycle::SlotKind;

SlotKind slotKindFromName(QStringView name)
{
    if (name == slotKindName(SlotKind::Keyring))
        return SlotKind::Keyring;
    return name == slotKindName(SlotKind::KeyFile) ? SlotKind::KeyFile : SlotKind::Passphrase;
}

QByteArray associatedData(const KeySlot& slot, Ring ring)
{
    return unambiguous({"key_slot", slot.id.toUtf8(), slotKindName(slot.kind).toUtf8(), ringName(ring).toUtf8(),
                        slot.salt, QByteArray::number(slot.logN), QByteArray::number(slot.r),
                        QByteArray::number(slot.p)});
}

Result<QByteArray> wrapped(const KeySlot& slot, const Secret& key, const KeyRings& rings, Ring ring)
{
    auto exported = rings.exported(ring);
    if (!exported)
        return base::failed(std::move(exported).error());
    return crypto::encrypt(key, exported->view(), associatedData(slot, ring));
}

KeySlot readSlot(Row& row)
{
    KeySlot slot;
    slot.id = row.text();
    slot.kind = slotKindFromName(row.text());
    slot.salt = row.bytes();
    slot.logN = row.integer();
    slot.r = row.integer();
    slot.p = row.integer();
    slot.operatorRing = row.bytes();
    slot.renewalRing = row.bytes();
    slot.createdAt = row.time();
    return slot;
}

} // namespace

KeySlot KeySlot::make(SlotKind kind)
{
    KeySlot slot;
    slot.id = QString::fromLatin1(crypto::randomBytes(16).toHex());
    slot.kind = kind;
    slot.salt = crypto::randomBytes(16);
    slot.createdAt = QDateTime::currentDateTimeUtc();
    return slot;
}

QString slotKindName(SlotKind kind)
{
    switch (kind) {
    case SlotKind::Passphrase:
        return u"passphrase"_s;
    case SlotKind::Keyring:
        return u"keyring"_s;
    case SlotKind::KeyFile:
        return u"key-file"_s;
    }
    return QString();
}

Result<Secret> slotKey(const KeySlot& slot, const Secret& passphrase)
{
    return crypto::scrypt(passphrase, slot.salt, slot.logN, slot.r, slot.p, crypto::AeadKeyLength);
}

Result<void> wrap(KeySlot& slot, const Secret& key, const KeyRings& rings, bool withOperatorRing)
{
    auto renewal = wrapped(slot, key, rings, Ring::Renewal);
    if (!renewal)
        return base::failed(std::move(renewal).error());
    slot.renewalRing = *renewal;
    if (!withOperatorRing)
        return {};
    auto forOperator = wrapped(slot, key, rings, Ring::Operator);
    if (!forOperator)
        return base::failed(std::move(forOperator).error());
    slot.operatorRing = *forOperator;
    return {};
}

Result<bool> unwrap(const KeySlot& slot, const Secret& key, KeyRings& rings)
{
    auto renewal = crypto::decrypt(key, slot.renewalRing, associatedData(slot, Ring::Renewal));
    if (!renewal)
        return false;
    if (!slot.operatorRing.isEmpty()) {
        auto forOperator = crypto::decrypt(key, slot.operatorRing, associatedData(slot, Ring::Operator));
        auto imported =
            forOperator ? rings.import(Ring::Operator, *forOperator) : base::failed(std::move(forOperator).error());
        if (!imported)
            return base::failed(std::move(imported), u"opening the vault");
    }
    auto imported = rings.import(Ring::Renewal, *renewal);
    if (!imported)
        return base::failed(std::move(imported), u"opening the vault");
    return true;
}

Result<QList<KeySlot>> loadSlots(Connection& connection)
{
    return connection.list(u"SELECT id, kind, salt, log_n, r, p, operator_ring, renewal_ring, created_at FROM key_slot "
                           "ORDER BY created_at, id"_s,
                           readSlot);
}

Result<void> insertSlot(Connection& connection, const KeySlot& slot)
{
    return required(
        connection.run(u"INSERT INTO key_slot (id, kind, salt, log_n, r, p, operator_ring, renewal_ring, created_at) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                       slot.id, slotKindName(slot.kind), slot.salt, slot.logN, slot.r, slot.p,
                       orNull(slot.operatorRing), slot.renewalRing, slot.createdAt),
        u"the slot was not stored"_s);
}

Result<QByteArray> loadPublicKey(Connection& connection)
{
    auto key = connection.first(
        u"SELECT public_key FROM key_ring WHERE ring = ?"_s, [](Row& row) { return row.bytes(); },
        ringName(Ring::Operator));
    if (!key)
        return base::failed(std::move(key).error());
    return key->value_or(QByteArray());
}

Result<void> insertVault(Connection& connection, const QByteArray& publicKey, const KeySlot& slot)
{
    auto known = loadPublicKey(connection);
    if (!known)
        return base::failed(std::move(known).error());
    if (!known->isEmpty())
        return base::failed(ErrorCode::AlreadyExists, u"there is a vault already"_s);
    auto inserted =
        connection.run(u"INSERT INTO key_ring (ring, public_key) VALUES (?, ?)"_s, ringName(Ring::Operator), publicKey);
    if (!inserted)
        return base::failed(std::move(inserted).error());
    return insertSlot(connection, slot);
}

} // namespace storage
