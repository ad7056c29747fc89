// SPDX-License-Identifier: Apache-2.0
#include "storage/key_rings.h"

#include "crypto/aead.h"
#include "crypto/random.h"
#include "crypto/sealed_box.h"

#include <QtEndian>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Secret;
using lifecycle::Ring;
using lifecycle::SecretPlace;

constexpr char byRingKey = 1;
constexpr char toPublicKey = 2;
constexpr int sealingKeyLength = 32;

QByteArray associatedData(Ring ring, const SecretPlace& place)
{
    return unambiguous({ringName(ring).toUtf8(), place.table.toUtf8(), place.rowId.toUtf8(), place.column.toUtf8()});
}

Secret part(const Secret& secret, int from, int length)
{
    return Secret(secret.view().sliced(from, length));
}

Result<QByteArray> marked(char how, Result<QByteArray>&& sealed)
{
    if (sealed)
        sealed->prepend(how);
    return std::move(sealed);
}

tl::unexpected<base::Error> locked(Ring ring)
{
    return base::failed(ErrorCode::Locked, u"the %1 ring of the vault is locked"_s.arg(ringName(ring)));
}

} // namespace

QString ringName(Ring ring)
{
    return ring == Ring::Operator ? u"operator"_s : u"renewal"_s;
}

QByteArray unambiguous(const QList<QByteArray>& parts)
{
    QByteArray bytes;
    for (const QByteArray& part : parts) {
        const quint32 length = qToBigEndian(static_cast<quint32>(part.size()));
        bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
        bytes.append(part);
    }
    return bytes;
}

KeyRings KeyRings::generate()
{
    KeyRings rings;
    auto pair = crypto::generateSealingKeyPair();
    rings.m_operatorKey = crypto::randomSecret(crypto::AeadKeyLength);
    rings.m_operatorPrivateKey = std::move(pair.privateKey);
    rings.m_publicKey = pair.publicKey;
    rings.m_renewalKey = crypto::randomSecret(crypto::AeadKeyLength);
    return rings;
}

Result<Secret> KeyRings::exported(Ring ring) const
{
    if (!isOpen(ring))
        return locked(ring);
    if (ring == Ring::Renewal)
        return m_renewalKey.clone();
    QByteArray bytes;
    bytes.reserve(crypto::AeadKeyLength + 2 * sealingKeyLength); // no reallocation leaves a copy behind
    bytes.append(m_operatorKey.view()).append(m_operatorPrivateKey.view()).append(m_publicKey);
    Secret secret(bytes);
    base::wipe(bytes);
    return secret;
}

Result<void> KeyRings::import(Ring ring, const Secret& exported)
{
    const bool isOperator = ring == Ring::Operator;
    if (exported.size() != crypto::AeadKeyLength + (isOperator ? 2 * sealingKeyLength : 0))
        return base::failed(ErrorCode::Crypto, u"the slot holds no key ring"_s);
    if (!isOperator) {
        m_renewalKey = exported.clone();
        return {};
    }
    // whoever can write to the database could put a public key of their own there
    if (exported.view().last(sealingKeyLength) != m_publicKey)
        return base::failed(ErrorCode::Crypto, u"the vault's public key is not the one that it was created with"_s);
    m_operatorKey = part(exported, 0, crypto::AeadKeyLength);
    m_operatorPrivateKey = part(exported, crypto::AeadKeyLength, sealingKeyLength);
    return {};
}

bool KeyRings::isOpen(Ring ring) const
{
    return !keyOf(ring).isEmpty();
}

void KeyRings::close()
{
    m_operatorKey = Secret();
    m_operatorPrivateKey = Secret();
    m_renewalKey = Secret();
}

Result<QByteArray> KeyRings::seal(Ring ring, const SecretPlace& place, const Secret& secret) const
{
    const QByteArray context = associatedData(ring, place);
    if (isOpen(ring))
        return marked(byRingKey, crypto::encrypt(keyOf(ring), secret.view(), context));
    if (ring == Ring::Operator && !m_publicKey.isEmpty())
        return marked(toPublicKey, crypto::sealTo(m_publicKey, secret.view(), context));
    return locked(ring);
}

Result<Secret> KeyRings::open(Ring ring, const SecretPlace& place, QByteArrayView sealed) const
{
    if (!isOpen(ring))
        return locked(ring);
    const QByteArray context = associatedData(ring, place);
    if (sealed.startsWith(byRingKey))
        return crypto::decrypt(keyOf(ring), sealed.sliced(1), context);
    if (sealed.startsWith(toPublicKey) && ring == Ring::Operator)
        return crypto::unseal(m_operatorPrivateKey, m_publicKey, sealed.sliced(1), context);
    return base::failed(ErrorCode::Crypto, u"these bytes were not sealed by the vault"_s);
}

const Secret& KeyRings::keyOf(Ring ring) const
{
    return ring == Ring::Operator ? m_operatorKey : m_renewalKey;
}

} // namespace storage
