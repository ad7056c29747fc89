// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/private_key.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace exchange {

/// Who wrote an ACME account down.
enum class AccountFormat { Certbot, Lego, AcmeSh, Pem, Jwk };

/// "certbot", "lego", "acme.sh", "pem", "jwk".
QString accountFormatName(AccountFormat format);
/// The inverse; InvalidInput for any other text.
base::Result<AccountFormat> accountFormatFromName(QStringView name);

/// An ACME account as another client keeps it. Whether the CA still knows it, only the CA can tell.
struct AccountFile {
    AccountFormat format = AccountFormat::Pem;
    QString path; ///< of the file that holds the key
    crypto::PrivateKey key;
    QUrl url = {}; ///< the account's URL as the client noted it; empty where it did not
    QStringList contacts = {}; ///< URIs, as noted
};

/// What is below a path.
struct AccountFiles {
    QList<AccountFile> accounts; ///< each key once
    QStringList problems; ///< one sentence for each account that could not be read; never with a secret
};

/// Reads the accounts at `path`: a client's whole folder, one account's folder, or a file with a key (PEM or JWK).
///
/// What it is, is recognised by the names of the files, unless `format` says which one to look for. Only reads: never
/// more than 64 KiB a file, six folders deep, a thousand accounts. NotFound where nothing looks like an account, File
/// where the path cannot be read. May take long: call it in the pool.
base::Result<AccountFiles> readAccountFiles(const QString& path, std::optional<AccountFormat> format);

} // namespace exchange
