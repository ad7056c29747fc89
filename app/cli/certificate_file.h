// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/chain.h"

#include <QString>

namespace cli {

/// The certificates of a file, whatever its kind: PEM, DER, PKCS#7 or PKCS#12 (with the password in `passwordFile`).
///
/// InvalidInput where it is none of these, WrongPassphrase, File.
base::Result<crypto::CertificateChain> chainFromFile(const QString& path, const QString& passwordFile);

} // namespace cli
