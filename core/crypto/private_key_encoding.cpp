// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pem.h"
#include "crypto/private_key.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <cstring>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

/// What OWASP recommends for PBKDF2 with HMAC-SHA-256; an exported file can be attacked at leisure.
constexpr int passphraseRounds = 600'000;

struct PassphraseRequest {
    const base::Secret* passphrase;
    bool asked;
};

int answerPassphrase(char* buffer, int size, int, void* user)
{
    auto* const request = static_cast<PassphraseRequest*>(user);
    request->asked = true;
    if (!request->passphrase || request->passphrase->size() > size)
        return -1;
    std::memcpy(buffer, request->passphrase->view().data(), static_cast<std::size_t>(request->passphrase->size()));
    return static_cast<int>(request->passphrase->size());
}

/// Copies what `bio` holds into a Secret; the BIO must be one that wipes its memory.
base::Secret secretFrom(const BioPtr& bio)
{
    return base::Secret(writtenTo(bio.get()));
}

Pkcs8Ptr pkcs8(const KeyHandle& handle)
{
    return Pkcs8Ptr(EVP_PKEY2PKCS8(handle.key.get()));
}

/// PKCS#8 of a P-256 key, written around its numbers: OpenSSL 3.0's encoder takes longer than generating the key.
base::Secret p256Pkcs8(const EVP_PKEY* key, QByteArrayView spki)
{
    constexpr qsizetype scalarLength = 32;
    constexpr qsizetype pointLength = 65;
    const QByteArray start =
        "\x30\x81\x87\x02\x01\x00"_ba + spki.sliced(2, 21).toByteArray() + "\x04\x6d\x30\x6b\x02\x01\x01\x04\x20"_ba;
    const QByteArray end = "\xa1\x44\x03\x42\x00"_ba + spki.last(pointLength).toByteArray();
    BIGNUM* scalar = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &scalar) != 1)
        return base::Secret();
    const BignumPtr owner(scalar);
    SecretBuffer der(start.size() + scalarLength + end.size());
    std::memcpy(der.data(), start.constData(), lengthOf(start));
    BN_bn2binpad(scalar, der.data() + start.size(), scalarLength);
    std::memcpy(der.data() + start.size() + scalarLength, end.constData(), lengthOf(end));
    return der.secret();
}

} // namespace

base::Result<PrivateKey> PrivateKey::fromPkcs8Der(const base::Secret& der)
{
    const auto info = readDer<Pkcs8Ptr>(d2i_PKCS8_PRIV_KEY_INFO, der.view());
    return wrapPrivate(PkeyPtr(info ? EVP_PKCS82PKEY(info.get()) : nullptr));
}

base::Result<PrivateKey> PrivateKey::fromPem(QByteArrayView pem, const base::Secret* passphrase)
{
    const BioPtr bio = readingBio(pem);
    PassphraseRequest request {passphrase, false};
    PkeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, answerPassphrase, &request));
    if (!key && request.asked)
        return refused(base::ErrorCode::WrongPassphrase,
                       passphrase ? u"the passphrase of the private key is another one"_s
                                  : u"the private key is encrypted with a passphrase"_s);
    return wrapPrivate(std::move(key));
}

base::Secret PrivateKey::toPkcs8Der() const
{
    if (type() == KeyType::EcP256)
        return p256Pkcs8(m_handle->key.get(), m_publicKey.spkiDer());
    const BioPtr bio(BIO_new(BIO_s_secmem()));
    const Pkcs8Ptr info = pkcs8(*m_handle);
    i2d_PKCS8_PRIV_KEY_INFO_bio(bio.get(), info.get());
    return secretFrom(bio);
}

base::Secret PrivateKey::toPem() const
{
    const BioPtr bio(BIO_new(BIO_s_secmem()));
    const Pkcs8Ptr info = pkcs8(*m_handle);
    PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio.get(), info.get());
    return secretFrom(bio);
}

base::Result<QByteArray> PrivateKey::toEncryptedPem(const base::Secret& passphrase) const
{
    if (passphrase.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"the passphrase is empty"_s);
    const Pkcs8Ptr info = pkcs8(*m_handle);
    const SealedPkcs8Ptr sealed(PKCS8_encrypt(-1, EVP_aes_256_cbc(), passphrase.view().data(),
                                              static_cast<int>(passphrase.size()), nullptr, 0, passphraseRounds,
                                              info.get()));
    if (!sealed)
        return opensslFailed(u"encrypting the private key"_s);
    return encodePem("ENCRYPTED PRIVATE KEY", derOf(i2d_X509_SIG, sealed.get()));
}

} // namespace crypto
