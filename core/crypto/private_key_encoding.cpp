// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pem.h"
#include "crypto/private_key.h"

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
