// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/root_use.h"

#include "crypto/certificate.h"

namespace lifecycle {

ChainRoot chainRootOf(const QByteArray& chainPem)
{
    const auto chain = crypto::certificatesFromPem(chainPem);
    if (!chain)
        return {};
    const crypto::Certificate& top = chain->last();
    const QByteArray keyId = top.isSelfIssued() ? top.subjectKeyId() : top.authorityKeyId();
    return {QString::fromLatin1(keyId.toHex()), top.issuer()};
}

} // namespace lifecycle
