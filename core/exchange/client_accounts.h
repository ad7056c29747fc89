// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "exchange/account_files.h"

#include <QByteArrayView>

/// What each client writes, from bytes to an account; no files here. Whatever the bytes are, the answer is an account
/// (without a path) or InvalidInput with one sentence that quotes nothing of them.
namespace exchange {

/// certbot: `private_key.json` is a JWK, `regr.json` has the account's URL and, of older versions, its body.
base::Result<AccountFile> certbotAccount(QByteArrayView privateKeyJson, QByteArrayView regrJson);
/// lego: `account.json` has mail address and registration, `keys/<email>.key` the key as PEM.
base::Result<AccountFile> legoAccount(QByteArrayView accountJson, QByteArrayView keyPem);
/// acme.sh: `account.key` is PEM, `ca.conf` a shell's assignments, `account.json` the CA's last answer.
base::Result<AccountFile> acmeShAccount(QByteArrayView keyPem, QByteArrayView caConf, QByteArrayView accountJson);
/// A private key as PEM: PKCS #8, SEC1 or PKCS #1.
base::Result<AccountFile> pemAccount(QByteArrayView keyPem);
/// A private key as JWK.
base::Result<AccountFile> jwkAccount(QByteArrayView jwk);

} // namespace exchange
