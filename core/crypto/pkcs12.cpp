// SPDX-License-Identifier: Apache-2.0
#include "crypto/pkcs12.h"

#include "crypto/certificate_handle.h"
#include "crypto/certificate_stack.h"
#include "crypto/digest_handle.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

struct Scheme {
    int encryption;
    DigestAlgorithm mac;
    int rounds;
};

Scheme schemeOf(Pkcs12Encryption encryption)
{
    if (encryption == Pkcs12Encryption::Legacy)
        return Scheme {NID_pbe_WithSHA1And3_Key_TripleDES_CBC, DigestAlgorithm::Sha1, 2048};
    return Scheme {NID_aes_256_cbc, DigestAlgorithm::Sha256, 100'000};
}

} // namespace

base::Result<QByteArray> pkcs12(const PrivateKey& key, const CertificateChain& chain, const base::Secret& password,
                                Pkcs12Encryption encryption, const QString& friendlyName)
{
    if (chain.leaf.spkiDer() != key.publicKey().spkiDer())
        return base::failed(base::ErrorCode::InvalidInput, u"the private key is not that of the certificate"_s);
    if (password.view().contains('\0'))
        return base::failed(base::ErrorCode::InvalidInput, u"the password has a zero byte"_s);
    const Scheme scheme = schemeOf(encryption);
    const TerminatedSecret text(password);
    const X509StackPtr others = stackOf(chain.intermediates);
    // No MAC yet (-1): PKCS12_create() would choose its digest itself.
    const Pkcs12Ptr file(PKCS12_create(text.data(), friendlyName.toUtf8().constData(), key.handle().key.get(),
                                       x509Of(chain.leaf), others.get(), scheme.encryption, scheme.encryption,
                                       scheme.rounds, -1, 0));
    if (!file || PKCS12_set_mac(file.get(), text.data(), -1, nullptr, 0, scheme.rounds, digestHandle(scheme.mac)) != 1)
        return opensslFailed(u"making a PKCS#12 file"_s);
    return derOf(i2d_PKCS12, static_cast<const PKCS12*>(file.get()));
}

} // namespace crypto
