// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/options.h"

#include "base/platform.h"
#include "storage/data_directory.h"

#include <QCommandLineParser>
#include <QDir>

namespace app {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 longestPassphraseFile = 64 * 1024;

} // namespace

DesktopOptions desktopOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("app::Desktop", "Certificate manager for internal networks"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption folder(u"data-dir"_s,
                                    QCoreApplication::translate("app::Desktop", "Keep everything in <DIR>."), u"DIR"_s);
    const QCommandLineOption passphrase(
        u"passphrase-file"_s,
        QCoreApplication::translate("app::Desktop", "Open or create the vault with the first line of <FILE>."),
        u"FILE"_s);
    parser.addOptions({folder, passphrase});
    parser.process(arguments);
    const QString given = parser.value(folder);
    return {given.isEmpty() ? storage::DataDirectory::defaultPath() : QDir(given).absolutePath(),
            parser.value(passphrase)};
}

base::Result<lifecycle::SharedSecret> passphraseOf(const DesktopOptions& options)
{
    if (options.passphraseFile.isEmpty())
        return nullptr;
    auto bytes = base::platform::readFile(options.passphraseFile, longestPassphraseFile);
    if (!bytes)
        return base::failed(std::move(bytes), u"reading the passphrase file");
    const qsizetype end = bytes->indexOf('\n');
    auto secret = std::make_shared<const base::Secret>(QByteArrayView(*bytes).first(end < 0 ? bytes->size() : end));
    base::wipe(*bytes);
    if (secret->isEmpty())
        return base::invalid(u"passphrase-file"_s, u"the passphrase file is empty"_s);
    return lifecycle::SharedSecret(std::move(secret));
}

} // namespace app
