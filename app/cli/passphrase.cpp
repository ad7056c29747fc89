// SPDX-License-Identifier: Apache-2.0
#include "app/cli/passphrase.h"

#include "app/cli/command.h"
#include "base/platform.h"

#include <QFileInfo>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using lifecycle::SharedSecret;

constexpr qint64 secretLimit = 64 * 1024;

SharedSecret shared(base::Secret secret)
{
    return std::make_shared<const base::Secret>(std::move(secret));
}

Result<SharedSecret> sharedFromFile(const QString& path)
{
    auto secret = secretFromFile(path, u"passphrase-file"_s);
    if (!secret)
        return base::failed(std::move(secret).error());
    return shared(*std::move(secret));
}

} // namespace

Result<base::Secret> secretFromFile(const QString& path, const QString& option)
{
    auto bytes = base::platform::readFile(path, secretLimit);
    if (!bytes)
        return base::failed(std::move(bytes), u"reading --"_s + option);
    const QByteArrayView all(*bytes);
    const qsizetype end = all.indexOf('\n');
    QByteArrayView line = end < 0 ? all : all.first(end);
    if (line.endsWith('\r'))
        line.chop(1);
    base::Secret secret(line);
    base::wipe(*bytes);
    if (secret.isEmpty())
        return badOption(option, u"the first line of %1 is empty"_s.arg(path));
    return secret;
}

Result<SharedSecret> passphraseFromFile(const QString& passphraseFile)
{
    if (!passphraseFile.isEmpty())
        return sharedFromFile(passphraseFile);
    const QString credentials = qEnvironmentVariable("CREDENTIALS_DIRECTORY");
    const QString path = credentials + u"/sealwright"_s;
    if (!credentials.isEmpty() && QFileInfo::exists(path))
        return sharedFromFile(path);
    return SharedSecret();
}

Result<SharedSecret> passphraseFromTerminal(bool forNewVault)
{
    auto typed = base::platform::askPassphrase(forNewVault ? u"New vault passphrase: "_s : u"Vault passphrase: "_s);
    if (!typed)
        return base::failed(ErrorCode::Locked,
                            u"the vault is locked: give its passphrase with --passphrase-file, as the credential "
                            "“sealwright”, or on a terminal"_s);
    if (typed->isEmpty())
        return base::failed(ErrorCode::Locked, u"no passphrase was typed"_s);
    if (forNewVault) {
        const auto repeated = base::platform::askPassphrase(u"The same again: "_s);
        if (!repeated || !(*repeated == *typed))
            return base::failed(ErrorCode::Locked, u"the two passphrases differ; no vault was made"_s);
    }
    return shared(std::move(*typed));
}

} // namespace cli
