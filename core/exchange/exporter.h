// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/platform.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/chain.h"
#include "crypto/private_key.h"

#include <QList>
#include <QString>

namespace exchange {

/// The kinds of file that a certificate is exported as.
enum class ExportFormat {
    Pem, ///< the leaf (RFC 7468)
    FullChain, ///< leaf and intermediates as PEM
    Der, ///< the leaf, binary
    Pkcs12, ///< key and chain (RFC 7292), AES-256 and SHA-256
    Pkcs12Legacy, ///< the same for readers that know only 3DES and SHA-1
    Pkcs7, ///< the chain without a key, DER
    Key, ///< the private key as PKCS#8 PEM, encrypted unless told otherwise
};

/// What the operator chose.
struct ExportOptions {
    ExportFormat format = ExportFormat::Pem;
    const base::Secret* password = nullptr; ///< for PKCS#12 and encrypted keys
    bool unencryptedKey = false; ///< ExportFormat::Key only: PKCS#8 in the clear
    QString friendlyName; ///< PKCS#12 only
};

/// A file ready to be written.
struct ExportedFile {
    base::Secret bytes;
    bool containsKey = false; ///< written with mode 0600
    QString suggestedSuffix; ///< with its dot: ".p12"
};

/// One format as the command line, the export dialog and the writer know it.
struct FormatDescription {
    ExportFormat format;
    QString name; ///< "pem", "fullchain", "der", "p12", "p12-legacy", "p7b", "key"
    QString suffix; ///< ".pem"
    bool needsKey;
    bool needsPassword; ///< always; ExportFormat::Key only unless `unencryptedKey`
    base::Result<base::Secret> (*write)(const crypto::CertificateChain&, const crypto::PrivateKey*,
                                        const ExportOptions&);
};

/// Every format: the place to add one is a line of this table and its writer.
const QList<FormatDescription>& formats();
const FormatDescription& describe(ExportFormat format);
/// InvalidInput about "format" for text that names none; the error lists them.
base::Result<ExportFormat> formatFromName(QStringView name);

/// The file for `options`. `key` may be null for formats that need none.
///
/// InvalidInput about "password" where a needed one is missing or empty, about "key" where the key is missing or is
/// not that of the leaf.
base::Result<ExportedFile> exportCertificate(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                             const ExportOptions& options);

/// Writes by temporary file and rename; mode 0600 where a key is inside. AlreadyExists unless `overwrite` is Yes.
base::Result<void> writeExport(const QString& path, const ExportedFile& file, base::platform::Overwrite overwrite);

} // namespace exchange
