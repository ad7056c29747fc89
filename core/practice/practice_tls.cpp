// SPDX-License-Identifier: Apache-2.0
#include "practice/practice_tls.h"

#include "base/platform.h"
#include "crypto/certificate_builder.h"
#include "crypto/chain.h"

#include <QDir>

namespace practice {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

constexpr int lifetimeDays = 365;
constexpr int marginDays = 7;
constexpr qint64 fileLimit = 64 * 1024;

PracticeTls filesIn(const QString& folder)
{
    const QDir directory(QDir(folder).absolutePath());
    return {{}, directory.filePath(u"root.pem"_s), directory.filePath(u"cert.pem"_s), directory.filePath(u"key.pem"_s)};
}

/// What is there, where it is of use until `moment`.
Result<PracticeTls> readUsable(PracticeTls files, const QDateTime& moment)
{
    auto root = base::platform::readFile(files.rootFile, fileLimit);
    auto certificate = base::platform::readFile(files.certificateFile, fileLimit);
    auto keyPem = base::platform::readFile(files.keyFile, fileLimit);
    if (!root || !certificate || !keyPem)
        return base::failed(base::ErrorCode::NotFound, u"TLS files are missing"_s);
    const auto roots = crypto::certificatesFromPem(*root);
    const auto chain = crypto::chainFromPem(*certificate);
    const auto key = crypto::PrivateKey::fromPem(*keyPem);
    base::wipe(*keyPem);
    const bool usable = roots && chain && key && chain->leaf.publicKey() == key->publicKey()
        && crypto::verifyAgainstRoots(*chain, *roots, moment);
    if (!usable)
        return base::failed(base::ErrorCode::InvalidInput, u"TLS files are of no use"_s);
    files.rootPem = *root;
    return files;
}

Result<crypto::Identity> makeServer(const crypto::Identity& root, const QDateTime& from, const QDateTime& until)
{
    auto names = base::parseIdentifiers({u"localhost"_s, u"127.0.0.1"_s});
    if (!names)
        return base::failed(std::move(names).error());
    return crypto::issueServerCertificate(root, *names, crypto::KeyType::EcP256, from, until);
}

Result<PracticeTls> make(PracticeTls files, const QDateTime& from, const QDateTime& until)
{
    const auto root = crypto::makeRoot(u"Sealwright practice TLS root"_s, crypto::KeyType::EcP256, from, until);
    if (!root)
        return base::failed(root.error());
    const auto server = makeServer(*root, from, until);
    if (!server)
        return base::failed(server.error());
    files.rootPem = root->certificate.pem();
    constexpr auto replace = base::platform::Overwrite::Yes;
    const base::Secret key = server->key.toPem();
    auto written = base::platform::writeFile(files.keyFile, key.view(), replace, true);
    if (written)
        written = base::platform::writeFile(files.certificateFile, server->certificate.pem(), replace, false);
    if (written)
        written = base::platform::writeFile(files.rootFile, files.rootPem, replace, false);
    if (!written)
        return base::failed(std::move(written).error());
    return files;
}

} // namespace

Result<PracticeTls> practiceTls(const QString& folder, const QDateTime& now)
{
    if (auto made = base::platform::makePrivateFolder(QDir(folder).absolutePath()); !made)
        return base::failed(std::move(made), u"making the practice CA's folder");
    if (auto present = readUsable(filesIn(folder), now.addDays(marginDays)))
        return present;
    auto files = make(filesIn(folder), now.addDays(-1), now.addDays(lifetimeDays));
    if (!files)
        return base::failed(std::move(files), u"making the practice CA's TLS certificate");
    return files;
}

} // namespace practice
