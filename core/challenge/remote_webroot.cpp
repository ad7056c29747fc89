// SPDX-License-Identifier: Apache-2.0
#include "challenge/remote_webroot.h"

#include <algorithm>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;

constexpr qsizetype longestFolder = 900; // bytes: sftp takes lines apart that are longer than 2047, quotes included
constexpr QByteArrayView answers(".well-known/acme-challenge");

/// Outermost first.
QByteArrayList challengeFolders()
{
    return {".well-known", answers.toByteArray()};
}

QByteArray fileOf(const QString& token)
{
    return answers.toByteArray() + '/' + token.toLatin1();
}

/// What could end a line of the batch, or be a pattern: sftp has no way to remove a file that does not look for
/// patterns, and OpenSSH 9.2 takes braces for one, and crashes, even in the folder that it is in.
bool isUnusable(QChar c)
{
    return c.category() == QChar::Other_Control || u"*?[]{}\\"_s.contains(c);
}

void appendRemovals(SftpJob& job, const QStringList& folders)
{
    const QByteArrayList known = challengeFolders();
    for (auto folder = known.crbegin(); folder != known.crend(); ++folder)
        if (folders.contains(QString::fromLatin1(*folder)))
            job.append({"-rmdir", *folder, {}}); // fails where somebody's files are in it, as it should
}

/// The arguments of those commands with `verb` about which nothing was said, and so nothing went wrong.
QStringList succeeded(QByteArrayView verb, const SftpJob& job, const SftpReport& report)
{
    QStringList arguments;
    for (qsizetype at = 0; at < report.said.size(); ++at)
        if (job.at(at).verb == verb && report.said.at(at).isEmpty())
            arguments.append(QString::fromLatin1(job.at(at).argument));
    return arguments;
}

QByteArray wordsAbout(QByteArrayView verb, const SftpJob& job, const SftpReport& report)
{
    for (qsizetype at = 0; at < report.said.size(); ++at)
        if (job.at(at).verb == verb)
            return report.said.at(at);
    return {};
}

} // namespace

RemoteWebroot::RemoteWebroot(SshHost host, QString folder)
    : m_host(std::move(host))
    , m_folder(std::move(folder))
{
}

Result<RemoteWebroot> RemoteWebroot::parse(const QString& host, const QString& folder)
{
    auto where = SshHost::parse(host);
    if (!where)
        return base::failed(std::move(where).error());
    QString path = folder;
    while (path.size() > 1 && path.endsWith(u'/'))
        path.chop(1);
    const bool plain = std::none_of(path.cbegin(), path.cend(), isUnusable) && path.toUtf8().size() <= longestFolder;
    if (!path.startsWith(u'/') || !plain)
        return base::invalid(
            u"webroot"_s,
            u"\"%1\" is no folder on another host: give the absolute path of the folder that the web "
            "server of the names serves there, without * ? [ ] { } and backslash"_s.arg(folder.simplified().left(100)));
    return RemoteWebroot(*std::move(where), path);
}

QString RemoteWebroot::place() const
{
    return m_host.toString() + u' ' + m_folder;
}

SftpJob RemoteWebroot::probing() const
{
    // always the same file, so that the next look also removes what a killed process has left
    const QString token = u"sealwright-probe"_s;
    SftpJob job = writing(token, "sealwright", {});
    job.append({"-rm", fileOf(token), {}});
    return job;
}

SftpJob RemoteWebroot::writing(const QString& token, const QByteArray& answer, const QStringList& madeFolders) const
{
    // only "cd" sees the folder, and without it nothing else is done
    SftpJob job {{"cd", sftpQuoted(m_folder), {}}};
    for (const QByteArray& folder : challengeFolders()) {
        job.append({"-mkdir", folder, {}});
        if (madeFolders.contains(QString::fromLatin1(folder)))
            job.append({"-chmod 755", folder, {}});
    }
    job.append({"put", fileOf(token), answer});
    job.append({"-chmod 644", fileOf(token), {}});
    return job;
}

SftpJob RemoteWebroot::removing(const QString& token, const QStringList& madeFolders) const
{
    SftpJob job {{"cd", sftpQuoted(m_folder), {}}, {"-rm", fileOf(token), {}}, {"-ls -1", fileOf(token), {}}};
    appendRemovals(job, madeFolders);
    return job;
}

SftpJob RemoteWebroot::tidying(const QStringList& madeFolders) const
{
    SftpJob job {{"cd", sftpQuoted(m_folder), {}}};
    appendRemovals(job, madeFolders);
    return job;
}

base::Error RemoteWebroot::refusal(const QByteArray& words) const
{
    const QString where = u"%1 on %2"_s.arg(m_folder, m_host.toString());
    if (words.contains("Permission denied"))
        return {ErrorCode::File, u"%1 cannot be written: permission denied to the login that ssh uses"_s.arg(where)};
    return {ErrorCode::File, u"%1 cannot be written: %2"_s.arg(where, QString::fromUtf8(words).simplified().left(300))};
}

Result<void> RemoteWebroot::written(const SftpJob& job, const SftpReport& report) const
{
    if (!report.failed)
        return {};
    if (report.said.size() == 1)
        return base::invalid(u"webroot"_s,
                             u"%1 is no folder on %2 (%3)"_s.arg(
                                 m_folder, m_host.toString(), QString::fromUtf8(report.said.constFirst()).left(300)));
    // what kept a folder from being made says more than that it is missing
    const QByteArray folders = wordsAbout("-mkdir", job, report);
    return base::failed(refusal(folders.contains("Permission denied") ? folders : report.said.constLast()));
}

Result<void> RemoteWebroot::removed(const SftpJob& job, const SftpReport& report) const
{
    if (report.failed) { // there is no such folder any more, and so no answer in it
        if (report.said.constFirst().contains("No such file"))
            return {};
        return base::failed(refusal(report.said.constLast()));
    }
    const QByteArray words = wordsAbout("-rm", job, report);
    const bool there = wordsAbout("-ls -1", job, report) == job.at(2).argument;
    if (!there && !words.contains("Permission denied"))
        return {};
    return base::failed(refusal(words));
}

QStringList RemoteWebroot::foldersMadeBy(const SftpJob& job, const SftpReport& report)
{
    return succeeded("-mkdir", job, report);
}

QStringList RemoteWebroot::foldersRemovedBy(const SftpJob& job, const SftpReport& report)
{
    QStringList gone = succeeded("-rmdir", job, report);
    for (qsizetype at = 0; at < report.said.size(); ++at)
        if (job.at(at).verb == "-rmdir" && report.said.at(at).contains("No such file"))
            gone.append(QString::fromLatin1(job.at(at).argument));
    return gone;
}

} // namespace challenge
