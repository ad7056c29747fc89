// SPDX-License-Identifier: Apache-2.0
#include "crypto/ecdsa_signature.h"

#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"

namespace crypto {

using namespace Qt::StringLiterals;

base::Result<QByteArray> ecdsaSideBySide(QByteArrayView der, int width)
{
    const auto signature = readDer<EcdsaSignaturePtr>(d2i_ECDSA_SIG, der);
    QByteArray joined(2 * width, Qt::Uninitialized);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytesOf(joined), width) != width
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytesOf(joined) + width, width) != width)
        return opensslFailed(u"signing"_s);
    return joined;
}

QByteArray ecdsaDer(QByteArrayView joined)
{
    const int width = int(joined.size() / 2);
    const EcdsaSignaturePtr signature(ECDSA_SIG_new());
    BignumPtr r(BN_bin2bn(bytesOf(joined), width, nullptr));
    BignumPtr s(BN_bin2bn(bytesOf(joined) + width, width, nullptr));
    if (!signature || !r || !s)
        return QByteArray();
    ECDSA_SIG_set0(signature.get(), r.release(), s.release());
    return derOf(i2d_ECDSA_SIG, signature.get());
}

int coordinateWidth(int bits)
{
    return (bits + 7) / 8;
}

} // namespace crypto
