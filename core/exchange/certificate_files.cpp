// SPDX-License-Identifier: Apache-2.0
#include "exchange/certificate_files.h"

#include "crypto/pkcs7.h"

namespace exchange {

base::Result<base::Secret> writePem(const crypto::CertificateChain& chain, const crypto::PrivateKey*,
                                    const ExportOptions&)
{
    return base::Secret(chain.leaf.pem());
}

base::Result<base::Secret> writeFullChain(const crypto::CertificateChain& chain, const crypto::PrivateKey*,
                                          const ExportOptions&)
{
    return base::Secret(crypto::chainPem(chain));
}

base::Result<base::Secret> writeDer(const crypto::CertificateChain& chain, const crypto::PrivateKey*,
                                    const ExportOptions&)
{
    return base::Secret(chain.leaf.der());
}

base::Result<base::Secret> writePkcs7(const crypto::CertificateChain& chain, const crypto::PrivateKey*,
                                      const ExportOptions&)
{
    return crypto::pkcs7(chain).map([](const QByteArray& der) { return base::Secret(der); });
}

} // namespace exchange
