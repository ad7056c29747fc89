// SPDX-License-Identifier: Apache-2.0
#include "storage/key_vault.h"

#include "base/platform.h"
#include "base/work_pool.h"
#include "crypto/kdf.h"
#include "crypto/random.h"
#include "storage/database.h"
#include "storage/key_slot.h"
#include "storage/keyring.h"

#include <QFile>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Secret;
using base::Task;
using lifecycle::Ring;
using lifecycle::SharedSecret;
using lifecycle::SlotKind;

constexpr int slotKeyLength = 32;
constexpr qint64 keyFileLimit = 4096;

SharedSecret shared(Secret secret)
{
    return std::make_shared<const Secret>(std::move(secret));
}

Task<Result<SharedSecret>> passphraseKey(KeySlot slot, SharedSecret passphrase)
{
    if (passphrase->isEmpty())
        co_return base::invalid(u"passphrase"_s, u"the passphrase is empty"_s);
    auto derive = [slot = std::move(slot), passphrase] { return slotKey(slot, *passphrase); };
    auto key = co_await base::inPool(std::move(derive));
    if (!key)
        co_return base::failed(std::move(key), u"deriving the key from the passphrase");
    co_return shared(std::move(*key));
}

Result<SharedSecret> fileKey(const KeySlot& slot, const Secret& content)
{
    auto key = crypto::hkdfSha256(content, slot.salt, "Sealwright key file", slotKeyLength);
    if (!key)
        return base::failed(std::move(key), u"deriving the key from the key file");
    return shared(std::move(*key));
}

tl::unexpected<base::Error> wrongPassphrase()
{
    return base::failed(ErrorCode::WrongPassphrase, u"the passphrase opens no slot of the vault"_s);
}

} // namespace

KeyVault::KeyVault(Database& database, Keyring& keyring)
    : m_database(database)
    , m_keyring(keyring)
{
}

Task<Result<lifecycle::VaultStatus>> KeyVault::status()
{
    auto keySlots = co_await allSlots();
    if (!keySlots)
        co_return base::failed(std::move(keySlots).error());
    lifecycle::VaultStatus status;
    status.exists = !m_rings.publicKey().isEmpty();
    status.operatorOpen = isOpen(Ring::Operator);
    status.renewalOpen = isOpen(Ring::Renewal);
    for (const KeySlot& slot : *keySlots)
        status.slotKinds.append(slot.kind);
    co_return status;
}

Task<Result<void>> KeyVault::create(SharedSecret passphrase)
{
    auto absent = co_await refuseIfPresent();
    if (!absent)
        co_return absent;
    KeySlot slot = KeySlot::make(SlotKind::Passphrase);
    auto key = co_await passphraseKey(slot, std::move(passphrase));
    if (!key)
        co_return base::failed(std::move(key).error());
    co_return co_await establish(std::move(*key), std::move(slot));
}

Task<Result<void>> KeyVault::createInKeyring()
{
    auto absent = co_await refuseIfPresent();
    if (!absent)
        co_return absent;
    KeySlot slot = KeySlot::make(SlotKind::Keyring);
    const QString entry = slot.id;
    SharedSecret key = shared(crypto::randomSecret(slotKeyLength));
    auto entrusted = co_await entrust(entry, key);
    if (!entrusted)
        co_return entrusted;
    auto established = co_await establish(std::move(key), std::move(slot));
    if (!established)
        (void)co_await m_keyring.remove(entry);
    co_return established;
}

Task<Result<void>> KeyVault::unlock(SharedSecret passphrase)
{
    auto keySlots = co_await slotsOf(SlotKind::Passphrase);
    if (!keySlots)
        co_return base::failed(std::move(keySlots).error());
    for (const KeySlot& slot : *keySlots) {
        auto key = co_await passphraseKey(slot, passphrase);
        if (!key)
            co_return base::failed(std::move(key).error());
        auto opened = unwrap(slot, **key, m_rings);
        if (!opened)
            co_return base::failed(std::move(opened).error());
        if (*opened)
            co_return Result<void>();
    }
    co_return wrongPassphrase();
}

Task<Result<void>> KeyVault::unlockFromKeyring()
{
    auto keySlots = co_await slotsOf(SlotKind::Keyring);
    if (!keySlots)
        co_return base::failed(std::move(keySlots).error());
    for (const KeySlot& slot : *keySlots) {
        auto key = co_await m_keyring.read(slot.id);
        if (!key && key.error().code() == ErrorCode::NotFound)
            continue;
        if (!key)
            co_return base::failed(std::move(key), u"unlocking the vault");
        auto opened = unwrap(slot, **key, m_rings);
        if (!opened)
            co_return base::failed(std::move(opened).error());
        if (*opened)
            co_return Result<void>();
    }
    co_return base::failed(ErrorCode::NotFound, u"the platform keyring holds no key of this vault"_s);
}

Task<Result<void>> KeyVault::addPassphrase(SharedSecret passphrase)
{
    if (!isOpen(Ring::Operator))
        co_return base::failed(ErrorCode::Locked, u"the vault is locked"_s);
    KeySlot slot = KeySlot::make(SlotKind::Passphrase);
    auto key = co_await passphraseKey(slot, std::move(passphrase));
    if (!key)
        co_return base::failed(std::move(key).error());
    co_return co_await addSlot(std::move(*key), std::move(slot), Reach::BothRings);
}

void KeyVault::lock()
{
    m_rings.close();
}

bool KeyVault::isOpen(Ring ring) const
{
    return m_rings.isOpen(ring);
}

Result<QByteArray> KeyVault::seal(Ring ring, const lifecycle::SecretPlace& place, const Secret& secret)
{
    return m_rings.seal(ring, place, secret);
}

Result<Secret> KeyVault::open(Ring ring, const lifecycle::SecretPlace& place, QByteArray sealed)
{
    return m_rings.open(ring, place, sealed);
}

Task<Result<void>> KeyVault::addKeyFile(QString path, Reach reach)
{
    if (!isOpen(reach == Reach::BothRings ? Ring::Operator : Ring::Renewal))
        co_return base::failed(ErrorCode::Locked, u"the vault is locked"_s);
    KeySlot slot = KeySlot::make(SlotKind::KeyFile);
    const Secret content = crypto::randomSecret(slotKeyLength);
    auto key = fileKey(slot, content);
    if (!key)
        co_return base::failed(std::move(key).error());
    auto written = base::platform::writeFile(path, content.view(), base::platform::Overwrite::No, true);
    if (!written)
        co_return written;
    auto added = co_await addSlot(std::move(*key), std::move(slot), reach);
    if (!added)
        QFile::remove(path);
    co_return added;
}

Task<Result<void>> KeyVault::unlockWithKeyFile(QString path)
{
    auto keySlots = co_await slotsOf(SlotKind::KeyFile);
    if (!keySlots)
        co_return base::failed(std::move(keySlots).error());
    auto bytes = base::platform::readFile(path, keyFileLimit);
    if (!bytes)
        co_return base::failed(std::move(bytes), u"reading the key file");
    const Secret content(*bytes);
    base::wipe(*bytes);
    for (const KeySlot& slot : *keySlots) {
        auto key = fileKey(slot, content);
        if (!key)
            co_return base::failed(std::move(key).error());
        auto opened = unwrap(slot, **key, m_rings);
        if (!opened)
            co_return base::failed(std::move(opened).error());
        if (*opened)
            co_return Result<void>();
    }
    co_return base::failed(ErrorCode::WrongPassphrase, u"the key file opens no slot of the vault"_s);
}

Task<Result<QList<KeySlot>>> KeyVault::allSlots()
{
    auto load = [](Connection& connection) -> Result<std::pair<QByteArray, QList<KeySlot>>> {
        auto publicKey = loadPublicKey(connection);
        if (!publicKey)
            return base::failed(std::move(publicKey).error());
        auto keySlots = loadSlots(connection);
        if (!keySlots)
            return base::failed(std::move(keySlots).error());
        return std::pair(*publicKey, *keySlots);
    };
    auto loaded = co_await m_database.read(std::move(load));
    if (!loaded)
        co_return base::failed(std::move(loaded).error());
    // an open ring has its own public key, which nobody could have changed
    if (!isOpen(Ring::Operator))
        m_rings.setPublicKey(loaded->first);
    co_return loaded->second;
}

Task<Result<QList<KeySlot>>> KeyVault::slotsOf(SlotKind kind)
{
    auto keySlots = co_await allSlots();
    if (!keySlots)
        co_return base::failed(std::move(keySlots).error());
    if (m_rings.publicKey().isEmpty())
        co_return base::failed(ErrorCode::NotFound, u"there is no vault yet"_s);
    keySlots->removeIf([kind](const KeySlot& slot) { return slot.kind != kind; });
    co_return std::move(*keySlots);
}

Task<Result<void>> KeyVault::refuseIfPresent()
{
    auto keySlots = co_await allSlots();
    if (!keySlots)
        co_return base::failed(std::move(keySlots).error());
    if (!m_rings.publicKey().isEmpty())
        co_return base::failed(ErrorCode::AlreadyExists, u"there is a vault already"_s);
    co_return Result<void>();
}

Task<Result<void>> KeyVault::establish(SharedSecret key, KeySlot slot)
{
    KeyRings rings = KeyRings::generate();
    auto wrapped = wrap(slot, *key, rings, true);
    if (!wrapped)
        co_return wrapped;
    auto insert = [publicKey = rings.publicKey(), slot = std::move(slot)](Connection& connection) {
        return insertVault(connection, publicKey, slot);
    };
    auto inserted = co_await m_database.run(std::move(insert));
    if (inserted)
        m_rings = std::move(rings);
    co_return inserted;
}

Task<Result<void>> KeyVault::addSlot(SharedSecret key, KeySlot slot, Reach reach)
{
    auto wrapped = wrap(slot, *key, m_rings, reach == Reach::BothRings);
    if (!wrapped)
        co_return wrapped;
    auto insert = [slot = std::move(slot)](Connection& connection) { return insertSlot(connection, slot); };
    co_return co_await m_database.run(std::move(insert));
}

Task<Result<void>> KeyVault::entrust(QString entry, SharedSecret key)
{
    auto written = co_await m_keyring.write(entry, key);
    if (!written)
        co_return written;
    auto kept = co_await m_keyring.read(entry);
    if (kept && **kept == *key)
        co_return Result<void>();
    (void)co_await m_keyring.remove(entry);
    co_return base::failed(ErrorCode::Unsupported, u"the platform keyring does not give back what it was given"_s);
}

} // namespace storage
