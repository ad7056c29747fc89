// SPDX-License-Identifier: Apache-2.0
#include "challenge/remote_webroot_solver.h"

#include "challenge/answer_claims.h"
#include "challenge/http01_rules.h"
#include "challenge/made_folders.h"
#include "challenge/sftp_queue.h"

#include <QJsonArray>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    for (const auto& text : value.toArray())
        texts.append(text.toString());
    return texts;
}

QStringList united(QStringList some, const QStringList& more)
{
    some += more;
    some.removeDuplicates();
    return some;
}

} // namespace

RemoteWebrootSolver::RemoteWebrootSolver(Shared shared, RemoteWebroot webroot)
    : m_shared(std::move(shared))
    , m_webroot(std::move(webroot))
{
}

RemoteWebrootSolver::~RemoteWebrootSolver()
{
    m_shared.claims->releaseAll(this);
}

QString RemoteWebrootSolver::challengeType() const
{
    return u"http-01"_s;
}

QStringList RemoteWebrootSolver::ownFolders() const
{
    return united(m_missing, m_shared.made->of(m_webroot.place()));
}

Task<Result<void>> RemoteWebrootSolver::prepare(QList<base::Identifier> names, std::stop_token stop)
{
    if (auto provable = refuseWildcards(names); !provable)
        co_return provable;
    const SftpJob job = m_webroot.probing();
    auto report = co_await m_shared.sftp->run(m_webroot.host(), job, std::move(stop));
    if (!report)
        co_return tl::unexpected(std::move(report).error());
    m_missing = RemoteWebroot::foldersMadeBy(job, *report);
    auto tidied = co_await tidy(m_missing);
    auto usable = m_webroot.written(job, *report);
    co_return usable ? tidied : usable;
}

Task<Result<void>> RemoteWebrootSolver::tidy(QStringList folders)
{
    if (folders.isEmpty())
        co_return Result<void>();
    const SftpJob job = m_webroot.tidying(folders);
    const std::stop_token never;
    auto report = co_await m_shared.sftp->run(m_webroot.host(), job, never);
    if (!report)
        co_return tl::unexpected(std::move(report).error());
    // another order's answer may be in them by now
    m_shared.made->note(m_webroot.place(), folders);
    m_shared.made->forget(m_webroot.place(), RemoteWebroot::foldersRemovedBy(job, *report));
    co_return Result<void>();
}

Expectation RemoteWebrootSolver::expectation(const Answer& answer) const
{
    return http01Expectation(answer);
}

QJsonObject RemoteWebrootSolver::placement(const Answer& answer) const
{
    return {{u"host"_s, m_webroot.host().toString()},
            {u"webroot"_s, m_webroot.folder()},
            {u"token"_s, answer.token},
            {u"folders"_s, QJsonArray::fromStringList(ownFolders())}};
}

Task<Result<void>> RemoteWebrootSolver::present(Answer answer, std::stop_token stop)
{
    if (auto usable = checkToken(answer.token); !usable)
        co_return usable;
    m_shared.claims->claim(m_webroot.place(), answer.token, this);
    const SftpJob job = m_webroot.writing(answer.token, answer.keyAuthorization.toUtf8(), ownFolders());
    auto report = co_await m_shared.sftp->run(m_webroot.host(), job, std::move(stop));
    if (!report)
        co_return tl::unexpected(std::move(report).error());
    m_shared.made->note(m_webroot.place(), RemoteWebroot::foldersMadeBy(job, *report));
    co_return m_webroot.written(job, *report);
}

Task<Result<void>> RemoteWebrootSolver::cleanUp(QJsonObject placement)
{
    const QString token = placement.value("token"_L1).toString();
    if (auto usable = checkToken(token); !usable)
        co_return usable;
    auto webroot =
        RemoteWebroot::parse(placement.value("host"_L1).toString(), placement.value("webroot"_L1).toString());
    if (!webroot)
        co_return tl::unexpected(std::move(webroot).error());
    const auto made = m_shared.claims->release(webroot->place(), token, this, textsOf(placement.value("folders"_L1)));
    if (!made)
        co_return Result<void>();
    const QStringList folders = united(*made, m_shared.made->of(webroot->place()));
    co_return co_await remove(*std::move(webroot), token, folders);
}

Task<Result<void>> RemoteWebrootSolver::remove(RemoteWebroot webroot, QString token, QStringList folders)
{
    const SftpJob job = webroot.removing(token, folders);
    const std::stop_token never;
    auto report = co_await m_shared.sftp->run(webroot.host(), job, never);
    if (!report)
        co_return tl::unexpected(std::move(report).error());
    const QStringList gone = RemoteWebroot::foldersRemovedBy(job, *report);
    m_shared.made->forget(webroot.place(), gone);
    if (webroot.place() == m_webroot.place())
        m_missing = united(m_missing, gone); // of a killed process: the next answer makes them again
    co_return webroot.removed(job, *report);
}

} // namespace challenge
