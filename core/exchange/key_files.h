// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exchange/exporter.h"

/// The formats with a key; each has the signature that FormatDescription::write asks for. `key` must not be null, the
/// password only for an unencrypted key.
namespace exchange {

base::Result<base::Secret> writePkcs12(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                       const ExportOptions& options);
base::Result<base::Secret> writePkcs12Legacy(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                             const ExportOptions& options);
base::Result<base::Secret> writeKey(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                    const ExportOptions& options);

} // namespace exchange
