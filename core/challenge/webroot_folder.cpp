// SPDX-License-Identifier: Apache-2.0
#include "challenge/webroot_folder.h"

#include "base/platform.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

constexpr auto readableByAll = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup
    | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;

/// Outermost first.
QStringList challengeFolders()
{
    return {u".well-known"_s, u".well-known/acme-challenge"_s};
}

} // namespace

WebrootFolder::WebrootFolder(QString webroot)
    : m_webroot(std::move(webroot))
{
}

QString WebrootFolder::fileOf(const QString& token) const
{
    return u"%1/%2/%3"_s.arg(m_webroot, challengeFolders().constLast(), token);
}

QStringList WebrootFolder::missingFolders() const
{
    QStringList missing = challengeFolders();
    missing.removeIf([this](const QString& folder) { return QFileInfo::exists(QDir(m_webroot).filePath(folder)); });
    return missing;
}

void WebrootFolder::makeFolders() const
{
    const QDir webroot(m_webroot);
    for (const QString& folder : missingFolders())
        if (webroot.mkdir(folder))
            QFile::setPermissions(webroot.filePath(folder), readableByAll); // whatever our umask is
}

base::Result<void> WebrootFolder::write(const QString& token, const QByteArray& answer) const
{
    // twice, since another order may remove the folders that it made between our two steps
    constexpr int attempts = 2;
    base::Result<void> written;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        makeFolders();
        written = base::platform::writeFile(fileOf(token), answer, base::platform::Overwrite::Yes, false);
        if (written)
            return written;
    }
    return base::failed(std::move(written), u"writing the http-01 answer");
}

base::Result<void> WebrootFolder::remove(const QString& token, const QStringList& madeFolders) const
{
    QFile file(fileOf(token));
    if (!file.remove() && file.exists())
        return base::failed(base::ErrorCode::File, u"%1: %2"_s.arg(file.fileName(), file.errorString()));
    const QDir webroot(m_webroot);
    const QStringList known = challengeFolders();
    for (auto folder = known.crbegin(); folder != known.crend(); ++folder)
        if (madeFolders.contains(*folder))
            webroot.rmdir(*folder); // fails where somebody's files are in it, as it should
    return {};
}

base::Result<void> WebrootFolder::probe() const
{
    const QFileInfo webroot(m_webroot);
    if (!webroot.isAbsolute() || !webroot.isDir())
        return base::invalid(u"webroot"_s,
                             u"\"%1\" is no folder: give the absolute path of the folder that the web server "
                             "of the names serves"_s.arg(m_webroot));
    const QString token = u"probe-"_s + QUuid::createUuid().toString(QUuid::Id128);
    const QStringList missing = missingFolders();
    auto written = write(token, "sealwright");
    auto removed = remove(token, missing);
    return written ? removed : written;
}

} // namespace challenge
