// SPDX-License-Identifier: Apache-2.0
#include "exchange/account_files.h"

#include "base/name_table.h"
#include "base/platform.h"
#include "exchange/client_accounts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace exchange {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

constexpr qint64 longestFile = 65536;
constexpr int deepestFolder = 6;
constexpr qsizetype mostAccounts = 1000;
constexpr qsizetype mostEntries = 5000; // of one folder

constexpr std::array accountFormatNames {
    base::Named {AccountFormat::Certbot, u"certbot"}, base::Named {AccountFormat::Lego, u"lego"},
    base::Named {AccountFormat::AcmeSh, u"acme.sh"},  base::Named {AccountFormat::Pem, u"pem"},
    base::Named {AccountFormat::Jwk, u"jwk"},
};

/// A file that may hold a key; empty where there is none, or none that can be read.
base::Secret contentsOf(const QString& path)
{
    return base::platform::readSecret(path, longestFile).value_or(base::Secret());
}

/// Looks through folders and collects what it finds.
class Search {
public:
    explicit Search(std::optional<AccountFormat> format)
        : m_format(format)
    {
    }

    void lookInFolder(const QDir& folder, int depth);
    void lookAtFile(const QString& path);
    AccountFiles found() && { return std::move(m_found); }
    /// The first folder that this user may not look into; empty where there was none.
    const QString& closedFolder() const { return m_closedFolder; }

private:
    bool isWanted(AccountFormat format) const { return !m_format || *m_format == format; }
    bool canRead(const QString& keyFile);
    void lookForAccount(const QDir& folder);
    void keep(const QString& path, Result<AccountFile> account);

    std::optional<AccountFormat> m_format;
    AccountFiles m_found;
    QList<QByteArray> m_keys;
    QString m_closedFolder;
};

bool Search::canRead(const QString& keyFile)
{
    const bool readable = QFileInfo(keyFile).isReadable();
    if (!readable)
        m_found.problems.append(u"%1: cannot be read"_s.arg(keyFile));
    return readable;
}

void Search::keep(const QString& path, Result<AccountFile> account)
{
    if (!account) {
        m_found.problems.append(u"%1: %2"_s.arg(path, account.error().detail()));
        return;
    }
    // certbot links the folders of servers that were renamed to one another
    if (m_keys.contains(account->key.publicKey().spkiDer()))
        return;
    m_keys.append(account->key.publicKey().spkiDer());
    account->path = path;
    m_found.accounts.append(*std::move(account));
}

void Search::lookForAccount(const QDir& folder)
{
    const auto path = [&folder](const QString& name) { return folder.filePath(name); };
    const QString certbotKey = path(u"private_key.json"_s);
    if (isWanted(AccountFormat::Certbot) && QFileInfo::exists(certbotKey) && canRead(certbotKey)) {
        const base::Secret key = contentsOf(certbotKey);
        const base::Secret registration = contentsOf(path(u"regr.json"_s));
        keep(certbotKey, certbotAccount(key.view(), registration.view()));
    }
    const QString acmeShKey = path(u"account.key"_s);
    if (isWanted(AccountFormat::AcmeSh) && QFileInfo::exists(acmeShKey) && canRead(acmeShKey)) {
        const base::Secret key = contentsOf(acmeShKey);
        const base::Secret configuration = contentsOf(path(u"ca.conf"_s));
        const base::Secret json = contentsOf(path(u"account.json"_s));
        keep(acmeShKey, acmeShAccount(key.view(), configuration.view(), json.view()));
    }
    const QStringList legoKeys = QDir(path(u"keys"_s)).entryList({u"*.key"_s}, QDir::Files);
    if (isWanted(AccountFormat::Lego) && QFileInfo::exists(path(u"account.json"_s)) && !legoKeys.isEmpty()) {
        const QString legoKey = path(u"keys/"_s + legoKeys.constFirst());
        if (!canRead(legoKey))
            return;
        const base::Secret key = contentsOf(legoKey);
        const base::Secret json = contentsOf(path(u"account.json"_s));
        keep(legoKey, legoAccount(json.view(), key.view()));
    }
}

void Search::lookInFolder(const QDir& folder, int depth)
{
    if (!folder.isReadable()) { // certbot's are root's
        m_closedFolder = m_closedFolder.isEmpty() ? folder.path() : m_closedFolder;
        return;
    }
    lookForAccount(folder);
    if (depth == 0)
        return;
    const QStringList children = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name);
    for (const QString& child : children.first(std::min(children.size(), mostEntries)))
        if (m_found.accounts.size() + m_found.problems.size() < mostAccounts)
            lookInFolder(QDir(folder.filePath(child)), depth - 1);
}

void Search::lookAtFile(const QString& path)
{
    const QFileInfo file(path);
    const base::Secret bytes = contentsOf(path);
    const bool json = bytes.view().trimmed().startsWith('{');
    const bool ofClient = file.fileName() == u"private_key.json" || file.fileName() == u"account.key"
        || (file.fileName() == u"account.json" && !m_format);
    if (ofClient && (!m_format || (*m_format != AccountFormat::Pem && *m_format != AccountFormat::Jwk)))
        return lookForAccount(file.dir());
    if (isWanted(AccountFormat::Jwk) && (json || m_format))
        return keep(path, jwkAccount(bytes.view()));
    if (isWanted(AccountFormat::Pem))
        keep(path, pemAccount(bytes.view()));
}

} // namespace

QString accountFormatName(AccountFormat format)
{
    return base::nameIn(accountFormatNames, format);
}

Result<AccountFormat> accountFormatFromName(QStringView name)
{
    if (const auto format = base::valueIn(accountFormatNames, name))
        return *format;
    return base::invalid(u"format"_s, u"“%1” is none of certbot, lego, acme.sh, pem, jwk"_s.arg(name));
}

Result<AccountFiles> readAccountFiles(const QString& path, std::optional<AccountFormat> format)
{
    const QFileInfo place(path);
    if (!place.exists())
        return tl::unexpected(base::Error(ErrorCode::File, u"there is no “%1”"_s.arg(path)).about(u"path"_s));
    if (!place.isReadable())
        return tl::unexpected(base::Error(ErrorCode::File, u"“%1” cannot be read"_s.arg(path)).about(u"path"_s));
    Search search(format);
    if (place.isDir())
        search.lookInFolder(QDir(path), deepestFolder);
    else
        search.lookAtFile(path);
    const QString closed = search.closedFolder();
    AccountFiles files = std::move(search).found();
    if (files.accounts.isEmpty() && files.problems.isEmpty() && !closed.isEmpty())
        return tl::unexpected(base::Error(ErrorCode::File, u"“%1” cannot be read"_s.arg(closed)).about(u"path"_s));
    if (files.accounts.isEmpty() && files.problems.isEmpty())
        return tl::unexpected(
            base::Error(ErrorCode::NotFound,
                        u"no account of certbot, lego or acme.sh and no private key was found in “%1”"_s.arg(path))
                .about(u"path"_s));
    return files;
}

} // namespace exchange
