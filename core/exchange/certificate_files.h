// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exchange/exporter.h"

/// The formats without a key; each has the signature that FormatDescription::write asks for.
namespace exchange {

base::Result<base::Secret> writePem(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                    const ExportOptions& options);
base::Result<base::Secret> writeFullChain(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                          const ExportOptions& options);
base::Result<base::Secret> writeDer(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                    const ExportOptions& options);
base::Result<base::Secret> writePkcs7(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                      const ExportOptions& options);

} // namespace exchange
